import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
} from '@aws-sdk/client-cloudformation';
import {
  completeParameters,
  type Blueprint,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import type { BareToolkit } from '../bareToolkit/BareToolkit';
import { median, seconds } from '../statistics';
import type { Measure } from '../types';
import type { PortalClient } from '../world/PortalClient';
import {
  destroyEnvironment,
  requestEnvironment,
  type RunTimes,
} from '../world/portalRun';

const CONSTANT_SECONDS = 1;
const TARGET_RATIO = 1.05;
/** How often the portal asks AWS by default; the bare toolkit is given the same, its own default being slower. */
const POLL_MILLISECONDS = 1000;

interface Sides {
  portal: PortalClient;
  bare: BareToolkit;
  blueprint: Blueprint;
  aws: CloudFormationClient;
}

/** One environment through the portal, and away again. */
async function portalRound(
  { portal, blueprint, aws }: Sides,
  name: string,
): Promise<RunTimes & { environment: Environment; aws: number }> {
  const request = await portal.proposeRequest(name, blueprint);
  const planned = await requestEnvironment(portal, request);
  const times = await planned.confirm();
  const environment = await portal.environment(planned.environment.id);
  if (environment.status !== 'ready') {
    throw new Error(`${name} is ${environment.status}`);
  }
  const awsSeconds = await secondsOfAws(aws, `slipway-${name}`);
  await destroyEnvironment(portal, environment);
  return { ...times, environment, aws: awsSeconds };
}

async function bareRound(
  { bare, aws }: Sides,
  input: BlueprintInput,
): Promise<{ total: number; load: number; plan: number; aws: number }> {
  const { load, plan, deploy } = await bare.apply(input, POLL_MILLISECONDS);
  const awsSeconds = await secondsOfAws(aws, input.stackName);
  await bare.destroy(input);
  return { total: load + plan + deploy, load, plan, aws: awsSeconds };
}

/** What the portal hands to its worker for this environment, under another stack name. */
function inputOf(environment: Environment, blueprint: Blueprint) {
  const { id, name, owner, system, size, accountId, region, cidr } =
    environment;
  const zones = environment.engineState.availabilityZones as string[];
  return (stackName: string): BlueprintInput => ({
    stackName,
    accountId,
    region,
    cidr,
    availabilityZones: [zones[0], zones[1], zones[2]],
    environment: {
      id,
      name: stackName.replace('slipway-', ''),
      owner,
      system,
      size,
    },
    parameters: completeParameters(blueprint, size, environment.parameters),
    tags: {
      'slipway:environment': name,
      'slipway:environment-id': id,
      'slipway:owner': owner,
      'slipway:system': system,
      'slipway:size': size,
      'slipway:cost-center': owner,
      'slipway:managed-by': 'slipway',
    },
  });
}

/** From a stack's first event to its last: what no client can shorten. */
async function secondsOfAws(
  client: CloudFormationClient,
  stackName: string,
): Promise<number> {
  const { Stacks } = await client.send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  const status = Stacks?.[0]?.StackStatus;
  if (status !== 'CREATE_COMPLETE') {
    throw new Error(`${stackName} is ${status}`);
  }
  const times: number[] = [];
  const pages = paginateDescribeStackEvents(
    { client },
    { StackName: stackName },
  );
  for await (const page of pages) {
    times.push(
      ...(page.StackEvents ?? []).map(event => event.Timestamp!.getTime()),
    );
  }
  return (Math.max(...times) - Math.min(...times)) / 1000;
}

function inWords(phases: Record<string, number>): string {
  return Object.entries(phases)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(', ');
}

/** The portal's run against the same plan and apply through the CDK toolkit alone, on the same sandbox, in turns. */
export const applyRatio: Measure = {
  name: 'apply',
  title: 'portal run ÷ bare CDK toolkit',
  async run(world, { rounds, say }) {
    const { backend, portal } = await world.startPortal();
    const bare = await world.startBareToolkit();
    const sides: Sides = {
      portal,
      bare,
      blueprint: await portal.blueprint(),
      aws: new CloudFormationClient({
        endpoint: world.awsUrl,
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
    };
    try {
      const cold = await portalRound(sides, 'bench-cold');
      say(
        `portal, first run: ${seconds(cold.total)} (${inWords(cold.phases)})`,
      );
      const input = inputOf(cold.environment, sides.blueprint);
      await bare.warm();
      const bareFirst = await bareRound(
        sides,
        input('slipway-bench-bare-cold'),
      );
      say(`bare, first run: ${seconds(bareFirst.total)}`);
      const ofPortal: RunTimes[] = [];
      const ofBare: number[] = [];
      const ofAws: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const turns = [
          async () => {
            const times = await portalRound(sides, `bench-${round}`);
            ofPortal.push(times);
            ofAws.push(times.aws);
            say(
              `portal ${seconds(times.total)}, of it AWS ${seconds(
                times.aws,
              )} (plan ${seconds(times.plan)}; ${inWords(times.phases)})`,
            );
          },
          async () => {
            const times = await bareRound(
              sides,
              input(`slipway-bench-bare-${round}`),
            );
            ofBare.push(times.total);
            ofAws.push(times.aws);
            say(
              `bare   ${seconds(times.total)}, of it AWS ${seconds(
                times.aws,
              )} (plan ${seconds(times.plan)})`,
            );
          },
        ];
        for (const turn of round % 2 ? turns.reverse() : turns) {
          await turn();
        }
      }
      const portalSeconds = median(ofPortal.map(({ total }) => total));
      const bareSeconds = median(ofBare);
      const ratio = (portalSeconds - CONSTANT_SECONDS) / bareSeconds;
      return [
        {
          measure: `(portal run − ${CONSTANT_SECONDS} s) ÷ bare CDK toolkit, both warm`,
          figure: ratio.toFixed(3),
          target: `≤${TARGET_RATIO}`,
          met: ratio <= TARGET_RATIO,
          details: [
            `medians of ${rounds} rounds in turns: portal ${seconds(
              portalSeconds,
            )}, bare ${seconds(bareSeconds)}, AWS itself ${seconds(
              median(ofAws),
            )}`,
            `both ask AWS every ${POLL_MILLISECONDS} ms`,
            `first run of each process: portal ${seconds(
              cold.total,
            )} (its worker is warmed at the start), bare ${seconds(
              bareFirst.total,
            )} with the toolkit loaded`,
          ],
        },
      ];
    } finally {
      sides.aws.destroy();
      await Promise.all([world.end(backend), world.end(bare)]);
    }
  },
};
