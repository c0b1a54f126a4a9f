import type { FaultRequest } from '../faults/FaultBook';

/** An action of an experiment template, as FIS's API has it. */
interface FisAction {
  actionId: string;
  description?: string;
  parameters?: Record<string, string>;
  targets?: Record<string, string>;
  startAfter?: string[];
}

type FaultOf = Pick<FaultRequest, 'effect' | 'match' | 'probability'>;

const API_ERRORS: Record<string, FaultOf['effect']> = {
  'aws:fis:inject-api-throttle-error': { kind: 'throttle' },
  'aws:fis:inject-api-internal-error': { kind: 'error' },
  'aws:fis:inject-api-unavailable-error': {
    kind: 'dark',
    mode: 'unavailable',
  },
};
const DISRUPT_CONNECTIVITY = 'aws:network:disrupt-connectivity';

/** The actions that do something here. */
const FIS_ACTIONS = [DISRUPT_CONNECTIVITY, ...Object.keys(API_ERRORS)];

/** ISO 8601, as `PT1H30M10S`, in milliseconds; undefined for anything else. */
function durationMs(text: string | undefined): number | undefined {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text ?? '');
  if (!match || match.slice(1).every(part => part === undefined)) {
    return undefined;
  }
  const [hours, minutes, seconds] = match
    .slice(1)
    .map(part => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/**
 * The faults that an action stands for, one for each operation it names, in the region it was asked for.
 * Throws an error with a message for the caller when the action is not one of {@link FIS_ACTIONS} or lacks a parameter.
 */
export function faultsOf(
  action: FisAction,
  region: string,
): Array<FaultOf & { durationMs: number }> {
  const { duration, scope, service, operations, percentage } =
    action.parameters ?? {};
  const length = durationMs(duration);
  if (length === undefined || length === 0) {
    throw new Error(
      `The action ${action.actionId} needs the parameter duration as ISO 8601, such as PT10M.`,
    );
  }
  if (action.actionId === DISRUPT_CONNECTIVITY) {
    if (scope !== 'all') {
      throw new Error(
        `${DISRUPT_CONNECTIVITY} works with scope "all" only here: it makes the region dark.`,
      );
    }
    const effect = { kind: 'dark', mode: 'drop' } as const;
    return [{ effect, match: { region }, durationMs: length }];
  }
  const effect = API_ERRORS[action.actionId];
  if (!effect) {
    throw new Error(
      `The action ${
        action.actionId
      } is not available here. Available are: ${FIS_ACTIONS.join(', ')}.`,
    );
  }
  if (!service) {
    throw new Error(
      `The action ${action.actionId} needs the parameter service.`,
    );
  }
  return (operations ?? '*').split(',').map(operation => ({
    effect,
    match: {
      region,
      service,
      operation: operation.trim() === 'all' ? '*' : operation.trim(),
    },
    probability: Number(percentage ?? 100) / 100,
    durationMs: length,
  }));
}
