import { RUN_EVENT_CODES } from '@slipway/plugin-runs-common';
import type { CallRow } from '../../../store/CallStore';
import type { History } from './History';
import type { Follower, Request } from '../People';
import { nameOf, type Effect, type SimulatedAws } from '../SimulatedAws';

/** What is wrong with what happened in the world, held against the journal. */
export function checkEffects(
  { run, calls, steps }: History,
  aws: SimulatedAws,
): string[] {
  const problems: string[] = [];
  const byCall = new Map<string, Effect[]>();
  for (const effect of aws.effects) {
    if (effect.runId === run.id) {
      const name = nameOf(effect);
      byCall.set(name, [...(byCall.get(name) ?? []), effect]);
    }
  }
  for (const [name, effects] of byCall) {
    const rows = calls.filter(
      call =>
        call.step_id === effects[0].stepId &&
        call.work === effects[0].work &&
        call.name === effects[0].call,
    );
    problems.push(
      ...checkTwice(effects, rows, aws.staleLooks.get(name) ?? 0).map(
        problem => `effects: ${name.slice(37)}: ${problem}`,
      ),
    );
  }
  if (run.state === 'cancelled') {
    for (const { effect, stepKey } of aws.things()) {
      const step = steps.find(({ id }) => id === effect.stepId);
      const removed = aws.removals.get(stepKey) ?? -1;
      const cameLater =
        effect.place >= removed && (effect.isLate || effect.isOut);
      if (
        effect.runId === run.id &&
        step?.type === 'undoable' &&
        step.state !== 'skipped' &&
        !cameLater
      ) {
        problems.push(`undo: ${nameOf(effect).slice(37)} is still there`);
      }
    }
  }
  return problems;
}

/** What was undone is made anew by a request that arrives after that; nobody can know of it. */
function isSame(effect: Effect, later: Effect): boolean {
  return effect.token === later.token && (later.isLate || later.isOut);
}

function checkTwice(
  effects: Effect[],
  rows: CallRow[],
  staleLooks: number,
): string[] {
  const { guard } = effects[0];
  switch (guard) {
    case 'token':
      // Each that was followed by another must have been answered for: by its own attempt, or by one that took it over.
      return effects
        .filter(
          (effect, index) =>
            effects.slice(index + 1).some(later => !isSame(effect, later)) &&
            !rows.some(
              row => row.token === effect.token && row.state === 'succeeded',
            ),
        )
        .map(
          ({ attempt }) =>
            `happened in attempt ${attempt} and again, although nobody had heard of the first`,
        );
    case 'name':
      return effects.length > 1
        ? [`happened ${effects.length} times under one name`]
        : [];
    case 'precondition': {
      const excused =
        staleLooks +
        effects.filter(({ isLate, isOut }) => isLate || isOut).length;
      return effects.length > 1 + excused
        ? [`happened ${effects.length} times, ${excused} of them excused`]
        : [];
    }
    default: {
      const attempts = effects.map(({ attempt }) => attempt);
      const twice = attempts.filter(
        (a, index) => attempts.indexOf(a) !== index,
      );
      return twice.map(a => `happened twice in attempt ${a} without a guard`);
    }
  }
}

/** What people were told of is there, once, and what was refused is not. */
export function checkRequests(
  histories: History[],
  requests: Request[],
): string[] {
  return requests.flatMap(({ actor, runId, command, outcome }) => {
    const history = histories.find(({ run }) => run.id === runId);
    const times =
      history?.events.filter(
        event =>
          event.actor === actor &&
          (event.code === RUN_EVENT_CODES.command ||
            event.code === RUN_EVENT_CODES.signal),
      ).length ?? 0;
    const isRight = {
      accepted: times === 1,
      refused: times === 0,
      unknown: times <= 1,
    }[outcome];
    return isRight
      ? []
      : [
          `people: ${command.type} by ${actor} was ${outcome} and is in the history ${times} times`,
        ];
  });
}

export function checkFollowers(
  histories: History[],
  followers: Follower[],
): string[] {
  return followers.flatMap(({ runId, seen, isDone }) => {
    const { events } = histories.find(({ run }) => run.id === runId)!;
    const problems: string[] = [];
    if (!isDone) {
      problems.push(`stream: it did not end after event ${seen.length}`);
    }
    const wrong = seen.findIndex(
      (event, index) => JSON.stringify(event) !== JSON.stringify(events[index]),
    );
    if (wrong >= 0) {
      problems.push(
        `stream: in place of event ${wrong + 1} came ${JSON.stringify(
          seen[wrong],
        )}`,
      );
    }
    const last = seen.at(-1);
    if (last && isDone && last.code !== RUN_EVENT_CODES.state) {
      problems.push(`stream: it ended after ${last.code}`);
    }
    return problems;
  });
}
