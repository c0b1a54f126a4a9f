import type { Run, RunEvent } from '@slipway/plugin-runs-common';
import fc from 'fast-check';
import {
  addEvents,
  countSettled,
  foldResources,
  foldRun,
  startPicture,
  timelineOfResources,
  timelineOfSteps,
  type ResourceProgress,
} from '.';

const START = '2026-11-21T10:00:00.000Z';
const at = (seconds: number) =>
  new Date(Date.parse(START) + seconds * 1_000).toISOString();

const run: Run = {
  id: 'r1',
  kind: 'infra.create',
  title: 'Create shop-dev',
  subject: 'environment:e1',
  state: 'queued',
  createdBy: 'user:default/maya',
  createdAt: START,
  inputs: {},
  lastSequence: 0,
  steps: [
    {
      id: 'apply',
      type: 'apply',
      title: 'Apply',
      dependsOn: [],
      state: 'pending',
      attempt: 1,
      expectedSeconds: 60,
    },
  ],
};

function event(sequence: number, part: Partial<RunEvent>): RunEvent {
  return {
    runId: 'r1',
    sequence,
    at: at(sequence),
    code: 'step.log',
    level: 'info',
    message: '',
    data: {},
    ...part,
  };
}

const problem = { code: 'aws.throttled', message: 'AWS is busy' };
const history: RunEvent[] = [
  event(1, { code: 'run.state', data: { from: 'queued', to: 'running' } }),
  event(2, {
    code: 'step.state',
    stepId: 'apply',
    data: { from: 'pending', to: 'running', attempt: 1 },
  }),
  event(3, {
    code: 'step.progress',
    stepId: 'apply',
    data: { done: 1, total: 4, unit: 'resources' },
  }),
  event(4, {
    code: 'step.state',
    stepId: 'apply',
    data: { from: 'running', to: 'failed', attempt: 1, problem },
  }),
  event(5, {
    code: 'run.state',
    data: { from: 'running', to: 'failed', problem },
  }),
  event(6, { code: 'run.command', data: { command: 'retry' } }),
  event(7, { code: 'run.state', data: { from: 'failed', to: 'running' } }),
  event(8, {
    code: 'step.state',
    stepId: 'apply',
    data: { from: 'failed', to: 'running', attempt: 2 },
  }),
  event(9, { code: 'run.command', data: { command: 'pause' } }),
  event(10, { code: 'run.state', data: { from: 'running', to: 'paused' } }),
];

describe('foldRun', () => {
  const after = (count: number) => history.slice(0, count).reduce(foldRun, run);

  it('follows states, times, progress and problems', () => {
    expect(after(3)).toMatchObject({
      state: 'running',
      startedAt: at(1),
      lastSequence: 3,
      steps: [
        { state: 'running', startedAt: at(2), progress: { done: 1, total: 4 } },
      ],
    });
    expect(after(5)).toMatchObject({
      state: 'failed',
      settledAt: at(5),
      problem,
      steps: [{ state: 'failed', endedAt: at(4), problem }],
    });
  });

  it('begins a retried step anew and forgets what failed', () => {
    expect(after(8)).toMatchObject({ state: 'running', startedAt: at(1) });
    expect(after(8).settledAt).toBeUndefined();
    expect(after(8).problem).toBeUndefined();
    expect(after(8).steps[0]).toMatchObject({ attempt: 2, startedAt: at(8) });
    expect(after(8).steps[0].problem).toBeUndefined();
    expect(after(8).steps[0].endedAt).toBeUndefined();
  });

  it('knows that a pause was asked for until the run is paused', () => {
    expect(after(9)).toMatchObject({ state: 'running', pauseRequested: true });
    expect(after(10).state).toBe('paused');
    expect(after(10).pauseRequested).toBeUndefined();
  });

  it('leaves the run as it is for what it cannot read', () => {
    const strange = event(1, { code: 'run.state', data: { to: 'dancing' } });
    expect(foldRun(run, strange)).toEqual({ ...run, lastSequence: 1 });
  });
});

describe('addEvents', () => {
  it('gives one picture however the events come: in parts, twice, in any order', () => {
    const whole = startPicture(run, history);
    fc.assert(
      fc.property(
        fc.array(fc.subarray(history), { maxLength: 6 }),
        fc.nat({ max: history.length }),
        (parts, seen) => {
          let picture = startPicture(run, history.slice(0, seen));
          for (const part of parts) {
            const added = addEvents(picture, part);
            picture = added.picture;
            const sequences = picture.events.map(({ sequence }) => sequence);
            expect(sequences).toEqual(sequences.map((_, index) => index + 1));
            if (added.missingAfter !== undefined) {
              picture = addEvents(
                picture,
                history.slice(added.missingAfter),
              ).picture;
            }
          }
          expect(addEvents(picture, [...history].reverse()).picture).toEqual(
            whole,
          );
        },
      ),
    );
  });

  it('is not confused by a run that was read later than its events', () => {
    const late = history.slice(0, 8).reduce(foldRun, run);
    const picture = startPicture(late, history.slice(0, 4));
    expect(picture.run).toEqual(late);
    expect(addEvents(picture, history.slice(4)).picture.run.state).toBe(
      'paused',
    );
  });
});

describe('foldResources', () => {
  const planned = ['a', 'b', 'c'].map(id => ({
    logicalId: id,
    type: 'AWS::EC2::VPC',
    path: `network/${id}`,
  }));
  const heard = (sequence: number, data: RunEvent['data']) =>
    event(sequence, { code: 'infra.resource', data });

  it('keeps the plan’s order, the first start and the newest state', () => {
    const resources = foldResources(planned, [
      heard(1, { logicalId: 'b', status: 'working', awsStatus: 'X' }),
      heard(2, { logicalId: 'b', status: 'done', awsStatus: 'Y' }),
      heard(3, { logicalId: 'z', status: 'failed', awsStatus: 'F' }),
      heard(4, { logicalId: 'c', status: 'strange' }),
    ]);
    expect(resources.map(({ logicalId }) => logicalId)).toEqual([
      'a',
      'b',
      'c',
      'z',
    ]);
    expect(resources[1]).toMatchObject({
      status: 'done',
      type: 'AWS::EC2::VPC',
      startedAt: at(1),
      updatedAt: at(2),
    });
    expect(resources[2].status).toBe('pending');
    expect(countSettled(resources)).toBe(1);
  });

  it('has bars from first start to last end', () => {
    const timeline = timelineOfResources(
      foldResources(planned, [
        heard(1, { logicalId: 'a', status: 'working' }),
        heard(5, { logicalId: 'b', status: 'working' }),
        heard(11, { logicalId: 'a', status: 'done' }),
      ]),
      Date.parse(at(21)),
    );
    expect(
      timeline.bars.map(({ id, from, to, durationMs }) => [
        id,
        from,
        to,
        durationMs,
      ]),
    ).toEqual([
      ['a', 0, 0.5, 10_000],
      ['b', 0.2, 1, 16_000],
    ]);
  });
});

it('counts the resources that took a moment, and shows those that are seen', () => {
  const brief = Array.from({ length: 20 }, (_, index) =>
    resource(`role-${index}`, { from: 0, to: 0.5 }),
  );
  const all = [
    ...brief,
    resource('cluster', { from: 1, to: 20 }),
    resource('database', { from: 19, status: 'working' }),
    resource('topic', { from: 2, to: 2, status: 'failed' }),
  ];
  const { bars, brief: left } = timelineOfResources(all, Date.parse(at(20)));
  expect(bars.map(({ id }) => id)).toEqual(['cluster', 'topic', 'database']);
  expect(left).toEqual({ count: 20, longestMs: 500 });
  expect(
    timelineOfResources(brief.slice(0, 3), Date.parse(at(20))).bars,
  ).toHaveLength(3);
});

function resource(
  id: string,
  span: { from: number; to?: number; status?: ResourceProgress['status'] },
): ResourceProgress {
  return {
    logicalId: id,
    type: 'AWS::IAM::Role',
    path: id,
    status: span.status ?? 'done',
    awsStatus: '',
    startedAt: at(span.from),
    updatedAt: at(span.to ?? span.from),
  };
}

it('has a bar for each step that started, with what is expected of it', () => {
  const running = history.slice(0, 2).reduce(foldRun, run);
  const { bars } = timelineOfSteps(running, Date.parse(at(17)));
  expect(bars).toEqual([
    expect.objectContaining({ from: 0, to: 0.25, expectedTo: 1 }),
  ]);
  expect(timelineOfSteps(run, Date.parse(at(17))).bars).toEqual([]);
});
