import type { Run } from '@slipway/plugin-runs-common';
import type { PersonCommand } from './types';

/** A command in the words of the list of who did what. */
export function commandActivity(
  run: Run,
  command: PersonCommand,
): { action: string; message: string } {
  const step = (id: string) =>
    run.steps.find(each => each.id === id)?.title ?? id;
  switch (command.type) {
    case 'pause':
      return { action: 'run.paused', message: `Paused: ${run.title}.` };
    case 'resume':
      return { action: 'run.resumed', message: `Resumed: ${run.title}.` };
    case 'cancel':
      return {
        action: 'run.cancel-requested',
        message: command.reason
          ? `Cancelled: ${run.title}. ${command.reason}`
          : `Cancelled: ${run.title}.`,
      };
    case 'retry':
      return {
        action: 'run.retried',
        message: `Retried "${step(command.stepId)}": ${run.title}.`,
      };
    default:
      return {
        action: 'run.step-skipped',
        message: `Skipped "${step(command.stepId)}": ${run.title}. ${
          command.reason
        }`,
      };
  }
}
