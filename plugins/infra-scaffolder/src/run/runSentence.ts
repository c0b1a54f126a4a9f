import {
  countSettled,
  formatCount,
  formatDuration,
  healthOfRun,
  planSentence,
  type Health,
  type ResourceProgress,
} from '@slipway/ui';
import {
  APPROVAL_SIGNAL,
  CONFIRM_SIGNAL,
  type Environment,
  type Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  isSettledRunState,
  type Run,
  type RunStep,
} from '@slipway/plugin-runs-common';
import { costWords } from '../estimate/costModel';
import { findingWords } from '../policies/findingGroups';
import { wordsOfKind } from '../shared/words';
import { impactWords } from './impact';
import { isSleepRun, orderStepOf, sleepSentence } from './sleepSentence';

/** Step of a run in which AWS is changed. */
const APPLY_STEP = 'apply';

/** What {@link runSentence} tells of. */
export interface RunFacts {
  run: Run;
  environment: Pick<Environment, 'name' | 'region'>;
  plan?: Plan | null;
  resources: ResourceProgress[];
}

/**
 * A run in one sentence, e.g. `Creating shop-dev in us-east-1: 41 of 86 resources, 1 min 12 s.`
 *
 * @param nowMs - the time of reading, milliseconds since 1970.
 */
export function runSentence(
  facts: RunFacts,
  nowMs: number,
): { health: Health; sentence: string } {
  const { run } = facts;
  return {
    health:
      isAwaitingConfirmation(run) || isAwaitingApproval(run)
        ? 'attention'
        : healthOfRun(run.state).health,
    sentence: sentenceOf(facts, nowMs),
  };
}

/** Whether the run waits for a person to confirm its plan. */
export function isAwaitingConfirmation(run: Run): boolean {
  return awaits(run, CONFIRM_SIGNAL);
}

/** Whether the run waits for somebody else to approve its plan. */
export function isAwaitingApproval(run: Run): boolean {
  return awaits(run, APPROVAL_SIGNAL);
}

function awaits(run: Run, signal: string): boolean {
  if (isSettledRunState(run.state) || run.state === 'cancelling') {
    return false;
  }
  return run.steps.some(
    step => step.state === 'waiting' && step.waitingFor?.signal === signal,
  );
}

function sentenceOf(facts: RunFacts, nowMs: number): string {
  const { run, environment, plan } = facts;
  const { doing, done } = wordsOfKind(run.kind);
  if (isSleepRun(run)) {
    return sleepSentence(run, `${environment.name} in ${environment.region}`, {
      took: tookOf(run, orderStepOf(run), nowMs),
      problem: problemOf(run),
    });
  }
  const thing = `${environment.name} in ${environment.region}`;
  const apply = run.steps.find(step => step.id === APPLY_STEP);
  const problem = problemOf(run);
  switch (run.state) {
    case 'succeeded':
      return `${thing} was ${done}: ${progressOf(facts)} in ${tookOf(
        run,
        apply,
        nowMs,
      )}.`;
    case 'failed':
      return `${doing} ${thing} failed after ${tookOf(run, apply, nowMs)}${
        problem ? `: ${problem}` : '.'
      }`;
    case 'cancelled':
      return apply?.startedAt
        ? `${doing} ${thing} was cancelled after ${tookOf(
            run,
            apply,
            nowMs,
          )} and undone.`
        : `${doing} ${thing} was cancelled before anything happened in AWS.`;
    case 'cancelling':
      return `Cancelling: what was begun for ${thing} is being undone.`;
    case 'needs-attention':
      return `${doing} ${thing} needs a person${
        problem ? `: ${problem}` : '.'
      }`;
    case 'paused':
      return `${doing} ${thing} is paused at ${progressOf(facts)}.`;
    default:
  }
  if (isAwaitingConfirmation(run)) {
    return plan
      ? `Plan ${plan.id} for ${thing}: ${planSentence(plan.changes)}${
          plan.operation === 'update' ? impactWords(plan.changes) : ''
        }${costWords(plan.estimate)}${findingWords(
          plan.findings,
        )}. Nothing happens before it is confirmed.`
      : `The plan for ${thing} waits to be confirmed.`;
  }
  if (isAwaitingApproval(run)) {
    return `The plan for ${thing} is confirmed and awaits the approval of somebody else. Nothing happens before that.`;
  }
  if (apply?.startedAt) {
    const parts = [progressOf(facts), tookOf(run, apply, nowMs)];
    const left = leftOf(apply, nowMs);
    return `${doing} ${thing}: ${[...parts, ...left].join(', ')}.`;
  }
  return `Planning ${thing}: nothing happens in AWS before you confirm the plan.`;
}

function progressOf({ run, resources }: RunFacts): string {
  const apply = run.steps.find(step => step.id === APPLY_STEP);
  if (resources.length > 0) {
    return run.state === 'succeeded'
      ? formatCount(resources.length, 'resource')
      : `${countSettled(resources)} of ${formatCount(
          resources.length,
          'resource',
        )}`;
  }
  return apply?.progress
    ? `${apply.progress.done} of ${apply.progress.total} ${apply.progress.unit}`
    : 'no resources yet';
}

function tookOf(run: Run, apply: RunStep | undefined, nowMs: number): string {
  const from = Date.parse(apply?.startedAt ?? run.startedAt ?? run.createdAt);
  const end = run.settledAt ?? apply?.endedAt;
  const to = end ? Date.parse(end) : nowMs;
  return formatDuration(Math.floor(Math.max(0, to - from) / 1_000) * 1_000);
}

function leftOf(apply: RunStep, nowMs: number): string[] {
  if (!apply.expectedSeconds || !apply.startedAt) {
    return [];
  }
  const leftMs =
    Date.parse(apply.startedAt) + apply.expectedSeconds * 1_000 - nowMs;
  return leftMs >= 1_000
    ? [`about ${formatDuration(roundUp(leftMs))} left`]
    : [];
}

/** To 10 s below ten minutes, to minutes above, as one says it. */
function roundUp(milliseconds: number): number {
  const step = milliseconds > 600_000 ? 60_000 : 10_000;
  return Math.ceil(milliseconds / step) * step;
}

function problemOf(run: Run): string | undefined {
  return (
    run.problem?.message ??
    run.steps.find(step => step.problem)?.problem?.message
  );
}
