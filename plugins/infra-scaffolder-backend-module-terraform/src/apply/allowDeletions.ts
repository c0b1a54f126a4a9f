import {
  Databases,
  type ProtectedDatabase,
} from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import type { PlanDocument } from '../describe/planDocument';
import type { TerraformState } from '../state/terraformState';
import type { EngineWorld } from '../world';

const KINDS: Record<string, ProtectedDatabase['kind']> = {
  aws_db_instance: 'instance',
  aws_rds_cluster: 'cluster',
};

/** The databases of a state that refuse to be deleted now. */
export async function protectedDatabases(
  { clientConfig }: EngineWorld,
  state: TerraformState | undefined,
  signal: AbortSignal,
): Promise<ProtectedDatabase[]> {
  const databases = Databases.create(clientConfig);
  const found: ProtectedDatabase[] = [];
  for (const { address, type, attributes } of state?.resources ?? []) {
    const kind = KINDS[type];
    const id = attributes.identifier ?? attributes.cluster_identifier;
    if (kind && typeof id === 'string') {
      const database = { kind, id, logicalId: address };
      if (await databases.isProtected(database, signal)) {
        found.push(database);
      }
    }
  }
  return found;
}

/** Lifts what would refuse the deletions of a plan. */
export async function allowDeletions(
  ctx: StepContext,
  world: EngineWorld,
  { resource_changes: changes = [] }: PlanDocument,
): Promise<void> {
  const deleted = new Set(
    changes
      .filter(({ change }) => change.actions.includes('delete'))
      .map(({ address }) => address),
  );
  const state = await world.store.readState(world.environment.id, ctx.signal);
  const databases = Databases.create(world.clientConfig);
  const locked = await protectedDatabases(world, state, ctx.signal);
  for (const database of locked.filter(each => deleted.has(each.logicalId))) {
    await ctx.call({
      name: `AllowDeletion:${database.logicalId}`,
      facts: { kind: database.kind, id: database.id },
      guard: {
        type: 'precondition',
        observe: async () =>
          (await databases.isProtected(database))
            ? { done: false }
            : { done: true, result: {} },
      },
      execute: async () => {
        await databases.allowDeletion(database);
        return {};
      },
    });
  }
}
