import { RUN_EVENT_CODES } from '@slipway/plugin-runs-common';
import type { RunCommand } from '@slipway/plugin-runs-common';
import type { RunSnapshot } from './types';
import type { EventDraft } from './words';

/** What the history says of a person's command. */
export function commandEvents(
  { steps }: RunSnapshot,
  command: RunCommand,
  actor: string,
): EventDraft[] {
  const base = { level: 'info' as const, actor };
  if (command.type === 'signal') {
    return [
      {
        ...base,
        code: RUN_EVENT_CODES.signal,
        message: `${actor} sent '${command.signal}'`,
        data: { signal: command.signal, payload: command.payload },
      },
    ];
  }
  const stepId = 'stepId' in command ? command.stepId : undefined;
  const reason = 'reason' in command ? command.reason : undefined;
  const what = steps.find(step => step.id === stepId)?.title ?? 'the run';
  return [
    {
      ...base,
      code: RUN_EVENT_CODES.command,
      ...(stepId && { stepId }),
      message: `${actor} asked to ${command.type} ${what}${
        reason ? `: ${reason}` : ''
      }`,
      data: {
        command: command.type,
        ...(stepId && { stepId }),
        ...(reason && { reason }),
      },
    },
  ];
}
