import { toStepFailure } from '@slipway/plugin-infra-scaffolder-node';
import type { CloudFormationGateway } from '../aws/types';
import { ACCOUNT, environmentFixture } from '../__testUtils__/fixtures';
import { MemoryStepContext } from '../__testUtils__/MemoryStepContext';
import { worldOf } from './world';

/** Sign-ins fail so many times, as `ConfiguredGateways` tells it. */
function silentFor(times: number) {
  let asked = 0;
  return {
    async of(target: { accountId: string; region: string }) {
      asked += 1;
      if (asked <= times) {
        const reset = Object.assign(new Error('read ECONNRESET'), {
          code: 'ECONNRESET',
        });
        throw toStepFailure(reset, { ...target, doing: 'signing in' });
      }
      return {} as CloudFormationGateway;
    },
  };
}

describe('worldOf', () => {
  const environment = environmentFixture('shop-dev');
  const settings = { pollIntervalMilliseconds: 10, unreachableSeconds: 30 };

  it('bears that AWS is silent when the back end signs in, and says so', async () => {
    const ctx = new MemoryStepContext('run');
    await worldOf(ctx, environment, silentFor(3), settings);
    expect(ctx.events.map(({ level, message }) => [level, message])).toEqual([
      ['warning', expect.stringMatching(/^AWS does not answer in us-east-1\./)],
      ['info', 'AWS answers again in us-east-1.'],
    ]);
  });

  it('gives up with words when AWS stays silent', async () => {
    const ctx = new MemoryStepContext('run');
    await expect(
      worldOf(ctx, environment, silentFor(Infinity), {
        ...settings,
        unreachableSeconds: 0.1,
      }),
    ).rejects.toMatchObject({
      problem: {
        code: 'aws.unreachable',
        message: expect.stringContaining(`account ${ACCOUNT}, us-east-1`),
      },
    });
  });
});
