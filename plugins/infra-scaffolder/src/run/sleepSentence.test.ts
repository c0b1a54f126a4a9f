import type { Run, RunStep } from '@slipway/plugin-runs-common';
import { sampleRun } from '../testing';
import { runSentence } from './runSentence';

const START = '2026-11-21T18:00:00.000Z';

function sentenceOf(
  kind: string,
  part: Partial<Run>,
  order: Partial<RunStep> = {},
): string {
  const base = sampleRun();
  const id = kind === 'infra.wake' ? 'start' : 'stop';
  return runSentence(
    {
      run: {
        ...base,
        kind,
        startedAt: START,
        ...part,
        steps: [{ ...base.steps[0], id, waitingFor: undefined, ...order }],
      },
      environment: { name: 'shop-dev', region: 'us-east-1' },
      resources: [],
    },
    Date.parse(START) + 72_000,
  ).sentence;
}

const progress = { done: 1, total: 3, unit: 'resources' };
const atWork = { state: 'running' as const, startedAt: START, progress };
const done = {
  state: 'succeeded' as const,
  startedAt: START,
  progress: { ...progress, done: 3 },
};
const settledAt = '2026-11-21T18:02:00.000Z';

it.each<[string, Partial<Run>, Partial<RunStep>, string]>([
  [
    'infra.sleep',
    { state: 'running' },
    { state: 'pending' },
    'Putting shop-dev in us-east-1 to sleep: looking at what runs.',
  ],
  [
    'infra.sleep',
    { state: 'running' },
    atWork,
    'Putting shop-dev in us-east-1 to sleep: 1 of 3 resources, 1 min 12 s.',
  ],
  [
    'infra.wake',
    { state: 'paused' },
    atWork,
    'Waking shop-dev in us-east-1 is paused: 1 of 3 resources, 1 min 12 s.',
  ],
  [
    'infra.sleep',
    { state: 'succeeded', settledAt },
    done,
    'shop-dev in us-east-1 was put to sleep: 3 resources stopped, in 2 min.',
  ],
  [
    'infra.wake',
    { state: 'succeeded', settledAt },
    done,
    'shop-dev in us-east-1 was woken: 3 resources started, in 2 min.',
  ],
  [
    'infra.wake',
    {
      state: 'failed',
      settledAt,
      problem: { code: 'x', message: 'AWS refused it.' },
    },
    atWork,
    'Waking shop-dev in us-east-1 failed after 2 min: AWS refused it.',
  ],
  [
    'infra.sleep',
    { state: 'cancelled', settledAt },
    atWork,
    'Putting shop-dev in us-east-1 to sleep was cancelled after 2 min. What is stopped stays so until the portal tries again or wakes it.',
  ],
])('%s %j', (kind, part, order, sentence) => {
  expect(sentenceOf(kind, part, order)).toBe(sentence);
});
