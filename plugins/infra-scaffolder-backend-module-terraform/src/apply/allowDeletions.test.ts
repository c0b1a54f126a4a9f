import { Databases } from '@slipway/plugin-infra-scaffolder-node';
import { environmentFixture, requestFixture } from '../__testUtils__/fixtures';
import { MemoryStepContext } from '../__testUtils__/MemoryStepContext';
import type { PlannedChange } from '../describe/planDocument';
import type { TerraformState } from '../state/terraformState';
import type { EngineWorld } from '../world';
import { allowDeletions } from './allowDeletions';
import { applyPlan } from './applyPlan';

const environment = environmentFixture('guarded');

const state: TerraformState = {
  lineage: 'l',
  serial: 7,
  outputs: {},
  resources: ['orders', 'users'].map(name => ({
    address: `aws_db_instance.${name}`,
    module: '',
    type: 'aws_db_instance',
    name,
    attributes: { identifier: name },
    isTainted: false,
  })),
};

const change = (name: string, ...actions: string[]): PlannedChange => ({
  address: `aws_db_instance.${name}`,
  mode: 'managed',
  type: 'aws_db_instance',
  name,
  change: { actions, before: {}, after: null },
});

/** In which AWS protects every database. */
function protectedWorld() {
  const lifted: string[] = [];
  jest.spyOn(Databases, 'create').mockReturnValue({
    isProtected: async () => true,
    allowDeletion: async ({ id }: { id: string }) => {
      lifted.push(id);
    },
  } as unknown as Databases);
  const world = {
    environment,
    store: {
      bucket: 'states',
      stateKey: () => 'key',
      readState: async () => state,
    },
    workers: { read: async () => undefined },
    inWorkspace: async (
      _waiter: unknown,
      _work: unknown,
      packed: () => Promise<Buffer>,
    ) => packed(),
  } as unknown as EngineWorld;
  return { world, lifted };
}

describe('the protection from deletion', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is lifted of what the plan deletes, and of nothing else', async () => {
    const { world, lifted } = protectedWorld();
    await allowDeletions(new MemoryStepContext('run-1'), world, {
      resource_changes: [change('orders', 'delete'), change('users', 'no-op')],
    });
    expect(lifted).toEqual(['orders']);
  });

  it('stays where the state has moved since the plan', async () => {
    const { world, lifted } = protectedWorld();
    const ctx = new MemoryStepContext('run-1');
    const meta = {
      planKey: 'p',
      planSha256: 'a',
      codeKey: 'c',
      codeSha256: 'b',
    };
    await expect(
      applyPlan(
        ctx,
        requestFixture(environment, 'destroy'),
        world,
        { body: '', meta },
        { lineage: 'l', serial: 6 },
      ),
    ).rejects.toMatchObject({ problem: { code: 'plan.stale' } });
    expect(lifted).toEqual([]);
    expect([...ctx.begun]).toEqual(['TerraformApply']);
  });
});
