import {
  FakeInfraApi,
  playConfirm,
  playFailure,
  playPlan,
  playResource,
  playSuccess,
  samplePlan,
  sampleRun,
} from '../testing';
import { foldResources } from '@slipway/ui';
import { runSentence } from './runSentence';

const START = '2026-11-21T10:00:00.000Z';

function after(
  play: (api: FakeInfraApi) => void,
  seconds: number,
): { health: string; sentence: string } {
  jest.useFakeTimers({ now: Date.parse(START) });
  const api = new FakeInfraApi();
  api.runs.set('r1', sampleRun());
  play(api);
  jest.useRealTimers();
  const plan = api.plans.get('r1');
  return runSentence(
    {
      run: api.runs.get('r1')!,
      environment: { name: 'shop-dev', region: 'us-east-1' },
      plan,
      resources: plan
        ? foldResources(plan.changes, api.events.get('r1') ?? [])
        : [],
    },
    Date.parse(START) + seconds * 1_000,
  );
}

const begin = (api: FakeInfraApi) => {
  playPlan(api);
  playConfirm(api);
  [0, 1].forEach(index => playResource(api, index, 'done'));
};

it.each<[string, (api: FakeInfraApi) => void, string, string]>([
  [
    'planning',
    () => undefined,
    'working',
    'Planning shop-dev in us-east-1: nothing happens in AWS before you confirm the plan.',
  ],
  [
    'waiting to be confirmed',
    playPlan,
    'attention',
    `Plan ${
      samplePlan().id
    } for shop-dev in us-east-1: 31 to add. Nothing happens before it is confirmed.`,
  ],
  [
    'applying',
    begin,
    'working',
    'Creating shop-dev in us-east-1: 2 of 31 resources, 1 min 12 s, about 20 s left.',
  ],
  [
    'done',
    api => {
      begin(api);
      jest.setSystemTime(Date.parse(START) + 62_000);
      playSuccess(api);
    },
    'healthy',
    'shop-dev in us-east-1 was created: 31 resources in 1 min 2 s.',
  ],
  [
    'failed',
    api => {
      begin(api);
      jest.setSystemTime(Date.parse(START) + 9_000);
      playFailure(api);
    },
    'failing',
    'Creating shop-dev in us-east-1 failed after 9 s: AWS refused database/DBInstance1: the quota of 40 is used up.',
  ],
  [
    'discarded',
    api => {
      playPlan(api);
      api.emit('r1', {
        code: 'run.state',
        data: { from: 'waiting', to: 'cancelled' },
      });
    },
    'unknown',
    'Creating shop-dev in us-east-1 was cancelled before anything happened in AWS.',
  ],
])('%s', (_, play, health, sentence) => {
  expect(after(play, 72)).toEqual({ health, sentence });
});
