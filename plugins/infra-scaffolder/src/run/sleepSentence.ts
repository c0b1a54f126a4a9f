import { SLEEP_RUN_KINDS } from '@slipway/plugin-infra-scaffolder-common';
import type { Run, RunStep } from '@slipway/plugin-runs-common';
import { formatCount } from '@slipway/ui';

const WORDS = {
  [SLEEP_RUN_KINDS.sleep]: {
    doing: (thing: string) => `Putting ${thing} to sleep`,
    done: 'put to sleep',
    each: 'stopped',
    broken:
      'What is stopped stays so until the portal tries again or wakes it.',
  },
  [SLEEP_RUN_KINDS.wake]: {
    doing: (thing: string) => `Waking ${thing}`,
    done: 'woken',
    each: 'started',
    broken: 'What is not started yet is started when the portal tries again.',
  },
};

/** Steps in which AWS is told. */
const ORDERS = ['stop', 'start'];

/** Whether a run puts an environment to sleep or wakes it; such a run has no plan. */
export function isSleepRun({ kind }: Pick<Run, 'kind'>): boolean {
  return kind in WORDS;
}

/** The step of it in which AWS is told. */
export function orderStepOf(run: Run): RunStep | undefined {
  return run.steps.find(({ id }) => ORDERS.includes(id));
}

/**
 * A run that puts to sleep or wakes, in one sentence.
 *
 * @param took - how long it took, or has taken so far.
 */
export function sleepSentence(
  run: Run,
  thing: string,
  { took, problem }: { took: string; problem?: string },
): string {
  const words = WORDS[run.kind as keyof typeof WORDS];
  const doing = words.doing(thing);
  const progress = orderStepOf(run)?.progress;
  const total = progress?.total ?? 0;
  switch (run.state) {
    case 'succeeded':
      return `${thing} was ${words.done}: ${
        total > 0 ? formatCount(total, 'resource') : 'nothing was to be'
      } ${words.each}, in ${took}.`;
    case 'failed':
      return `${doing} failed after ${took}${problem ? `: ${problem}` : '.'}`;
    case 'cancelled':
      return `${doing} was cancelled after ${took}. ${words.broken}`;
    case 'cancelling':
      return `${doing} is being cancelled. ${words.broken}`;
    case 'needs-attention':
      return `${doing} needs a person${problem ? `: ${problem}` : '.'}`;
    default:
  }
  const paused = run.state === 'paused' ? ' is paused' : '';
  return progress
    ? `${doing}${paused}: ${progress.done} of ${formatCount(
        total,
        'resource',
      )}, ${took}.`
    : `${doing}${paused}: looking at what runs.`;
}
