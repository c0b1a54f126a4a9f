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

  it('take over what was held and which partner was meant', async () => {
    const knex = await databases.init('POSTGRES_18');
    await migrate(knex, undefined);
    const directory = `${__dirname}/../../migrations`;
    const name = '20261125090500_held_amounts_and_partners.js';
    await knex.migrate.down({ directory, name });
    const made = (days: number) => new Date(Date.UTC(2026, 0, days));
    const insert = async (overrides: object) => {
      const whole = row(overrides);
      await knex(TABLES.environments).insert(whole);
      return whole.id;
    };
    const payments = { owner: 'group:default/payments' };
    const follower = {
      ...payments,
      parameters: { partnerStack: 'slipway-primary' },
    };
    const primary = await insert({
      name: 'primary',
      cidr: '10.1.0.0/16',
      created_at: made(2),
    });
    const early = await insert({
      ...follower,
      name: 'early',
      cidr: '10.2.0.0/16',
      created_at: made(1),
    });
    const late = await insert({
      ...follower,
      name: 'late',
      cidr: '10.3.0.0/16',
      created_at: made(3),
      last_run_id: 'run-1',
      confirmed_estimate_usd: '43.50',
    });
    await knex.migrate.up({ directory, name });
    const partners = await knex(TABLES.environments).select('id', 'partner_id');
    expect(
      Object.fromEntries(partners.map(each => [each.id, each.partner_id])),
    ).toEqual({ [primary]: null, [early]: null, [late]: primary });
    expect(await knex(TABLES.heldAmounts)).toEqual([
      { environment_id: late, run_id: 'run-1', monthly_usd: '43.50' },
    ]);
    await knex.migrate.down({ directory, name });
    expect(
      await knex(TABLES.environments)
        .whereNotNull('confirmed_estimate_usd')
        .select('id', 'confirmed_estimate_usd'),
    ).toEqual([{ id: late, confirmed_estimate_usd: '43.50' }]);
  });
});
