import {
  CloudFormationClient,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { milliseconds, quantile } from '../statistics';
import type { Measure } from '../types';

const TARGET_MILLISECONDS = 3;
const WARM_UP_CALLS = 50;
const CALLS = 500;

/** What the sandbox's gateway adds to a call of the emulator: the same calls by way of it and past it, in turns. */
export const gatewayOverhead: Measure = {
  name: 'gateway',
  title: "what the sandbox's gateway adds to a call",
  async run(world) {
    const clients = [world.awsUrl, world.emulatorUrl].map(
      endpoint =>
        new CloudFormationClient({
          endpoint,
          region: 'us-east-1',
          credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        }),
    );
    const times: number[][] = [[], []];
    for (let call = 0; call < WARM_UP_CALLS + CALLS; call += 1) {
      for (const [side, client] of clients.entries()) {
        const began = performance.now();
        await client.send(new DescribeStacksCommand({}));
        if (call >= WARM_UP_CALLS) {
          times[side].push(performance.now() - began);
        }
      }
    }
    clients.forEach(client => client.destroy());
    const [through, past] = times;
    const added = quantile(through, 0.95) - quantile(past, 0.95);
    return [
      {
        measure: 'difference of p95, call by the gateway − past it',
        figure: milliseconds(added),
        target: `≤${TARGET_MILLISECONDS} ms`,
        met: added <= TARGET_MILLISECONDS,
        details: [
          `${CALLS} calls each in turns: by the gateway p50 ${milliseconds(
            quantile(through, 0.5),
          )}, p95 ${milliseconds(
            quantile(through, 0.95),
          )}; past it p50 ${milliseconds(
            quantile(past, 0.5),
          )}, p95 ${milliseconds(quantile(past, 0.95))}`,
        ],
      },
    ];
  },
};
