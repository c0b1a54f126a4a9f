import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import { migrate } from './migrations';
import { TABLES } from './tables';

jest.setTimeout(60_000);

function row(overrides: object) {
  const at = new Date();
  return {
    id: randomUUID(),
    name: 'shop-dev',
    owner: 'group:default/storefront',
    system: 'system:default/shop',
    account_id: '123456789012',
    region: 'us-east-1',
    size: 'dev',
    cidr: '10.0.0.0/16',
    engine: 'cdk',
    blueprint_id: 'shop-platform',
    blueprint_version: '1.0.0',
    parameters: {},
    status: 'ready',
    created_by: 'user:default/maya',
    created_at: at,
    updated_at: at,
    outputs: { items: [] },
    engine_state: {},
    ...overrides,
  };
}

describe('the tables themselves', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  it('hold the promises about names and addresses, and can be taken down with data in them', async () => {
    const knex = await databases.init('POSTGRES_18');
    await migrate(knex, undefined);
    const insert = (overrides: object) =>
      knex(TABLES.environments).insert(row(overrides));

    await insert({});
    await expect(insert({ cidr: '10.1.0.0/16' })).rejects.toThrow(
      'environments_living_name_unique',
    );
    await expect(
      insert({ name: 'inside', cidr: '10.0.128.0/20', region: 'us-west-2' }),
    ).rejects.toThrow('environments_living_cidr_excluded');
    await insert({ status: 'destroyed' });
    await insert({ status: 'cancelled' });
    await insert({ name: 'beside', cidr: '10.1.0.0/16' });

    const { id } = await knex(TABLES.environments)
      .where('name', 'beside')
      .first();
    await knex(TABLES.activity).insert({
      environment_id: id,
      at: new Date(),
      actor: 'user:default/maya',
      action: 'environment.create-requested',
      message: 'Asked for beside.',
    });
    await knex.migrate.rollback({
      directory: `${__dirname}/../../migrations`,
    });
    expect(await knex.schema.hasTable(TABLES.environments)).toBe(false);
    await migrate(knex, undefined);
    expect(await knex(TABLES.environments)).toEqual([]);
  });
});
