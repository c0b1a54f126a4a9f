import {
  isSettledRunState,
  parseRunEventData,
  RUN_EVENT_CODES,
} from '@slipway/plugin-runs-common';
import type { RunState, StepState } from '@slipway/plugin-runs-common';
import { decide } from '../../../state/decide';
import type { History } from './History';

/** What is wrong with the history of a run that is at rest, judged from the database alone. */
export function checkHistory(history: History): string[] {
  return [
    ...checkSequence(history),
    ...checkReplay(history),
    ...checkJournal(history),
    ...checkRest(history),
    ...checkTold(history),
  ];
}

function checkSequence({ run, events }: History): string[] {
  const gap = events.findIndex((event, index) => event.sequence !== index + 1);
  if (gap >= 0 || events.length !== run.lastSequence) {
    return [
      `history: event ${gap + 1} of ${run.lastSequence} is missing, there are ${
        events.length
      }`,
    ];
  }
  return events[0].code === RUN_EVENT_CODES.created
    ? []
    : [`history: it begins with ${events[0].code}`];
}

/** The state of a run and of its steps follows from the events alone. */
function checkReplay({ run, steps, events }: History): string[] {
  const problems: string[] = [];
  let state: string = 'queued';
  const states = new Map(steps.map(({ id }) => [id, 'pending' as string]));
  for (const event of events) {
    const ofRun = parseRunEventData(event, RUN_EVENT_CODES.state);
    if (ofRun) {
      if (ofRun.from !== state) {
        problems.push(
          `replay: event ${event.sequence} leaves ${ofRun.from}, the run was ${state}`,
        );
      }
      state = ofRun.to;
    }
    const ofStep = parseRunEventData(event, RUN_EVENT_CODES.step);
    if (ofStep) {
      const before = states.get(event.stepId!);
      if (ofStep.from !== before) {
        problems.push(
          `replay: event ${event.sequence} leaves ${ofStep.from}, ${event.stepId} was ${before}`,
        );
      }
      states.set(event.stepId!, ofStep.to);
    }
  }
  if (state !== run.state) {
    problems.push(`replay: the run is ${run.state}, by its events ${state}`);
  }
  for (const step of steps) {
    if (states.get(step.id) !== step.state) {
      problems.push(
        `replay: ${step.id} is ${step.state}, by the events ${states.get(
          step.id,
        )}`,
      );
    }
  }
  return problems;
}

/** Each entry of the journal is told of once. */
function checkJournal({ calls, events }: History): string[] {
  const problems: string[] = [];
  const told = (code: string, stepId: string, name: string) =>
    events.filter(
      event =>
        event.code === code &&
        event.stepId === stepId &&
        event.data.call === name,
    ).length;
  const names = new Set(calls.map(call => `${call.step_id} ${call.name}`));
  for (const key of names) {
    const [stepId, name] = key.split(' ');
    const rows = calls.filter(
      call => call.step_id === stepId && call.name === name,
    );
    const succeeded = rows.filter(({ state }) => state === 'succeeded').length;
    const toldOf = told(RUN_EVENT_CODES.callSucceeded, stepId, name);
    if (succeeded !== toldOf) {
      problems.push(
        `journal: ${key} succeeded ${succeeded} times and was told ${toldOf} times`,
      );
    }
    if (told(RUN_EVENT_CODES.callIntended, stepId, name) < rows.length) {
      problems.push(`journal: an intent of ${key} was not told`);
    }
  }
  return problems;
}

/** Where it rests nothing is left to do, and nobody holds it. */
function checkRest(history: History): string[] {
  const { run, steps, claimableAt, events } = history;
  const problems: string[] = [];
  if (run.driver !== undefined || claimableAt !== null) {
    problems.push(`rest: it is ${run.state} and still held`);
  }
  if (run.state !== 'paused') {
    const next = decide({ run, steps, now: new Date(8e15) }, new Map(), 16);
    const isRight =
      next.do === 'rest' || next.do === 'settle'
        ? next.state === run.state || run.state === 'cancelled'
        : false;
    if (!isRight) {
      problems.push(
        `rest: it is ${run.state}, and what is next is to ${JSON.stringify(
          next,
        )}`,
      );
    }
  }
  const ends: Partial<Record<RunState, StepState[]>> = {
    succeeded: ['succeeded', 'skipped'],
    cancelled: ['succeeded', 'skipped', 'cancelled'],
  };
  const left = steps.find(
    ({ state }) => ends[run.state]?.includes(state) === false,
  );
  if (left) {
    problems.push(`rest: it ${run.state}, and ${left.id} is ${left.state}`);
  }
  const settlings = events.filter(event => {
    const data = parseRunEventData(event, RUN_EVENT_CODES.state);
    return data && isSettledRunState(data.to);
  });
  if (history.ends.length !== settlings.length) {
    problems.push(
      `rest: it ended ${settlings.length} times and its kind was told ${history.ends.length} times`,
    );
  }
  for (const step of steps) {
    if (
      step.state === 'waiting' &&
      step.waitingFor?.signal !== undefined &&
      history.unusedSignals.includes(step.waitingFor.signal)
    ) {
      problems.push(`rest: ${step.id} waits for a signal that is there`);
    }
  }
  return problems;
}

/** What a checkpoint says was told was told exactly once. */
function checkTold({ events }: History): string[] {
  const told = events
    .filter(({ code }) => code === 'simulated.told')
    .map(({ stepId, data }) => `${stepId} ${JSON.stringify(data)}`);
  const twice = told.filter((text, index) => told.indexOf(text) !== index);
  return twice.map(text => `told: ${text} twice`);
}
