import {
  DeleteInternetGatewayCommand,
  DeleteVpcCommand,
  EC2Client,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import type { TerraformState } from '../state/terraformState';
import type { EngineWorld } from '../world';
import { sameTags, type TaggedResource } from './candidates';

const KEY_DAYS = 7;

/**
 * What AWS makes twice when the answer to the first request is lost and Terraform's provider asks again: these types have
 * neither a name nor a token that would tell the second request from the first.
 */
const REMOVE: Record<
  string,
  (clientConfig: AwsClientConfig, id: string) => Promise<unknown>
> = {
  aws_vpc: (config, VpcId) =>
    withEc2(config, client => client.send(new DeleteVpcCommand({ VpcId }))),
  aws_internet_gateway: (config, InternetGatewayId) =>
    withEc2(config, client =>
      client.send(new DeleteInternetGatewayCommand({ InternetGatewayId })),
    ),
  aws_eip: (config, AllocationId) =>
    withEc2(config, client =>
      client.send(new ReleaseAddressCommand({ AllocationId })),
    ),
  aws_kms_key: (config, KeyId) =>
    withKms(config, client =>
      client.send(
        new ScheduleKeyDeletionCommand({
          KeyId,
          PendingWindowInDays: KEY_DAYS,
        }),
      ),
    ),
};

/** Tagged as a resource of the state is, to the letter, and not in the state. */
export function twinsOf(
  tagged: TaggedResource[],
  state: TerraformState | undefined,
): TaggedResource[] {
  const resources = state?.resources ?? [];
  const known = new Set(resources.map(({ attributes }) => attributes.id));
  return tagged.filter(
    ({ type, id, tags }) =>
      Object.hasOwn(REMOVE, type) &&
      !known.has(id) &&
      resources.some(
        resource =>
          resource.type === type &&
          sameTags(tags, resource.attributes.tags_all),
      ),
  );
}

/** Those that AWS has now. */
export async function livingTwins(
  world: EngineWorld,
  state: TerraformState | undefined,
  signal: AbortSignal,
): Promise<TaggedResource[]> {
  const twins = twinsOf(await world.searchTags(signal), state);
  const isLiving = await Promise.all(
    twins.map(({ type, id }) =>
      type === 'aws_kms_key' ? isUsable(world.clientConfig, id) : true,
    ),
  );
  return twins.filter((_, index) => isLiving[index]);
}

/** Takes them away, or only the given ones of them; AWS refuses what is in use. */
export async function removeTwins(
  ctx: StepContext,
  world: EngineWorld,
  only?: string[],
): Promise<void> {
  const state = await world.store.readState(world.environment.id, ctx.signal);
  const find = async () =>
    (await livingTwins(world, state, ctx.signal)).filter(
      ({ id }) => only?.includes(id) ?? true,
    );
  for (const { type, id } of await find()) {
    await ctx.call({
      name: `RemoveTwin:${id}`,
      facts: { type, id },
      guard: {
        type: 'precondition',
        observe: async () =>
          (await find()).some(twin => twin.id === id)
            ? { done: false }
            : { done: true, result: {} },
      },
      execute: async () => {
        await REMOVE[type](world.clientConfig, id);
        return {};
      },
    });
    await ctx.emit({
      code: 'step.log',
      level: 'warning',
      message: `AWS had made ${id} twice, because an answer was lost on the way; the one that nothing uses was deleted.`,
    });
  }
}

/** A key that is to be deleted keeps its tags until it is. */
function isUsable(clientConfig: AwsClientConfig, KeyId: string) {
  return withKms(clientConfig, async client => {
    const { KeyMetadata } = await client.send(
      new DescribeKeyCommand({ KeyId }),
    );
    return KeyMetadata?.KeyState !== 'PendingDeletion';
  });
}

async function withKms<T>(
  clientConfig: AwsClientConfig,
  work: (client: KMSClient) => Promise<T>,
): Promise<T> {
  const client = new KMSClient(clientConfig);
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

async function withEc2<T>(
  clientConfig: AwsClientConfig,
  work: (client: EC2Client) => Promise<T>,
): Promise<T> {
  const client = new EC2Client(clientConfig);
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}
