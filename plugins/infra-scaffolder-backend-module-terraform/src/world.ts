import {
  DescribeAvailabilityZonesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { AwsAccess, AwsClientConfig } from '@slipway/plugin-aws-node';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { EngineRequest } from '@slipway/plugin-infra-scaffolder-node';
import { StepFailedError } from '@slipway/plugin-runs-node';
import type { TaggedResource } from './adopt/candidates';
import type { Place } from './adopt/identities';
import { searchTags } from './adopt/searchTags';
import { Workers } from './worker/Workers';
import type { Toolchain } from './binary/toolchain';
import type { TerraformSettings } from './config';
import { LockTable } from './state/LockTable';
import { partitionOf } from './state/prepareBucket';
import type { StateLock } from './state/StateLock';
import { StateStore } from './state/StateStore';
import type { Slots, Waiter } from './workspace/Slots';
import { variablesOf } from './workspace/variables';
import { Workspace } from './workspace/Workspace';

/** What the engine works with on one environment. */
export interface EngineWorld {
  environment: Environment;
  place: Place;
  clientConfig: AwsClientConfig;
  settings: TerraformSettings;
  store: StateStore;
  workers: Workers;
  availabilityZones: string[];
  /** In a folder made ready for the environment, removed afterwards, when it is this one's turn. */
  inWorkspace<T>(
    waiter: Waiter,
    work: (workspace: Workspace) => Promise<T>,
    /** In place of the blueprint's code; asked for when it is this one's turn. */
    packed?: () => Promise<Buffer>,
  ): Promise<T>;
  /** Makes what holds states and locks, where it is missing. Safe to repeat. */
  prepareState(): Promise<void>;
  isStatePrepared(): Promise<boolean>;
  lockOf(signal?: AbortSignal): Promise<StateLock | undefined>;
  releaseLock(lock: StateLock): Promise<void>;
  /** What carries the environment's tag. */
  searchTags(signal?: AbortSignal): Promise<TaggedResource[]>;
}

export async function storeOf(
  aws: AwsAccess,
  settings: TerraformSettings,
  { accountId, region }: Pick<Environment, 'accountId' | 'region'>,
): Promise<StateStore> {
  return StateStore.create({
    clientConfig: await aws.clientConfig({ accountId, region }),
    accountId,
    bucket: settings.stateBucket
      .replaceAll('{accountId}', accountId)
      .replaceAll('{region}', region),
    kmsKeyId: settings.kmsKeyId,
  });
}

/** Of an environment alone, without its blueprint, what was applied last can be opened. */
export type WorldRequest = Pick<EngineRequest, 'environment'> &
  Partial<EngineRequest>;

export async function worldOf(
  request: WorldRequest,
  {
    aws,
    settings,
    slots,
    toolchain,
  }: {
    aws: AwsAccess;
    settings: TerraformSettings;
    slots: Slots;
    toolchain: Toolchain;
  },
): Promise<EngineWorld> {
  const { environment } = request;
  const { accountId, region } = environment;
  const clientConfig = await aws.clientConfig({ accountId, region });
  const store = await storeOf(aws, settings, environment);
  const availabilityZones = await zonesOf(aws, environment);
  const locks = settings.lockTable
    ? LockTable.create({ clientConfig, table: settings.lockTable })
    : undefined;
  const lockId = `${store.bucket}/${store.stateKey(environment.id)}`;
  return {
    environment,
    place: { accountId, region, partition: partitionOf(region) },
    clientConfig,
    settings,
    store,
    workers: Workers.create(store, environment.id),
    availabilityZones,
    inWorkspace: (waiter, work, packed) =>
      slots.with(waiter, async () => {
        const workspace = await Workspace.open(
          {
            settings,
            toolchain,
            code: packed
              ? { packed: await packed() }
              : {
                  root: requireRoot(request),
                  variables: variablesOf(request, availabilityZones),
                },
            aws: {
              region,
              endpoint: clientConfig.endpoint,
              credentials: await clientConfig.credentials(),
            },
            state: {
              bucket: store.bucket,
              key: store.stateKey(environment.id),
            },
          },
          waiter.signal,
        );
        try {
          return await work(workspace);
        } finally {
          if (!workspace.isInUse) {
            await workspace.remove();
          }
        }
      }),
    async prepareState() {
      await locks?.prepare();
      await store.prepare();
    },
    isStatePrepared: async () =>
      (await store.isPrepared()) && (!locks || (await locks.isThere())),
    lockOf: signal =>
      locks
        ? locks.read(lockId, signal)
        : store.readLock(environment.id, signal),
    releaseLock: ({ id }) =>
      locks ? locks.release(lockId, id) : store.releaseLock(environment.id, id),
    searchTags: signal => searchTags(clientConfig, environment.id, signal),
  };
}

function requireRoot({ blueprint }: WorldRequest): string {
  const { terraformRoot: root } = blueprint ?? {};
  if (!root) {
    throw new StepFailedError({
      code: 'terraform.blueprint-unsupported',
      message: `The blueprint ${blueprint?.blueprint.id} ${blueprint?.blueprint.version} has nothing for the Terraform engine.`,
      mend: 'Choose another engine.',
    });
  }
  return root;
}

/** An environment that exists keeps the zones it was made in, whatever AWS offers now. */
async function zonesOf(
  aws: AwsAccess,
  { accountId, region, engineState }: Environment,
): Promise<string[]> {
  const kept = engineState.availabilityZones;
  if (Array.isArray(kept)) {
    return kept.map(String);
  }
  const client = new EC2Client(await aws.clientConfig({ accountId, region }));
  try {
    const { AvailabilityZones = [] } = await client.send(
      new DescribeAvailabilityZonesCommand({
        Filters: [
          { Name: 'state', Values: ['available'] },
          { Name: 'zone-type', Values: ['availability-zone'] },
        ],
      }),
    );
    const zones = AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? [])
      .sort()
      .slice(0, 3);
    if (zones.length < 3) {
      throw new StepFailedError({
        code: 'aws.too-few-zones',
        message: `Account ${accountId} has ${zones.length} availability zones in ${region}; a blueprint takes three.`,
        mend: 'Choose another region.',
      });
    }
    return zones;
  } finally {
    client.destroy();
  }
}
