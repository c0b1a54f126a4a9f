import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import {
  logged,
  TerraformBench,
  told,
  until,
} from './__testUtils__/TerraformBench';
import { environmentFixture } from './__testUtils__/fixtures';
import type { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import { Workers } from './worker/Workers';
import type { Worker } from './worker/launchWorker';
import { describeWithTerraform, whySkipped } from './__testUtils__/sandbox';

jest.setTimeout(600_000);

/** Queues take the provider half a minute each; most of what is tested here needs none. */
const QUICK = { queueCount: 0 };

describeWithTerraform(`TerraformEngine, when things break${whySkipped}`, () => {
  const bench = new TerraformBench();

  beforeAll(() => bench.start());
  afterEach(() => bench.endFaults());
  afterAll(() => bench.stop());

  it('makes nothing twice when answers are lost', async () => {
    const environment = environmentFixture('lossy');
    const ctx = bench.newStep();
    const create = await bench.planned(ctx, environment, 'create', QUICK);
    for (const operation of ['CreateVpc', 'CreateInternetGateway']) {
      await bench.fault({
        effect: { kind: 'lose' },
        match: { service: 'ec2', operation },
        times: 1,
      });
    }
    await bench.fault({
      effect: { kind: 'lose' },
      match: { service: 'iam', operation: 'CreateRole' },
      times: 1,
    });
    let latest = ctx;
    const failures: unknown[] = [];
    for (;;) {
      try {
        await bench.engine.apply(latest, create);
        break;
      } catch (error) {
        failures.push(error);
        if (failures.length > 2) {
          throw error;
        }
        latest = bench.newStep({ before: latest });
      }
    }
    expect(await bench.counts(environment)).toEqual({ vpcs: 1, doors: 1 });
    const again = await bench.planned(
      bench.newStep(),
      environment,
      'update',
      QUICK,
    );
    expect(again.changes).toEqual([]);

    const destroying = bench.newStep();
    await bench.engine.apply(
      destroying,
      await bench.planned(destroying, environment, 'destroy', QUICK),
    );
    expect(await bench.counts(environment)).toEqual({ vpcs: 0, doors: 0 });
  });

  /** An apply that is held up while it makes a role, which AWS has and Terraform does not know yet. */
  async function midway(name: string, engine = bench.engine) {
    const environment = environmentFixture(name);
    const ctx = bench.newStep();
    const create = await bench.planned(
      ctx,
      environment,
      'create',
      QUICK,
      engine,
    );
    await bench.fault({
      effect: { kind: 'latency', delayMs: 15_000 },
      match: { service: 'iam', operation: 'GetRole' },
    });
    const settled = engine
      .apply(ctx, create)
      .then(applied => ({ applied }))
      .catch(error => ({ error }));
    await until(() => told(ctx).includes('network/vpc created'));
    const worker = (await bench.worker(environment))!;
    return { environment, ctx, create, settled, worker };
  }

  const retry = (ctx: MemoryStepContext) => bench.newStep({ before: ctx });

  it('goes on after Terraform was killed, with its lock released and nothing made twice', async () => {
    const { environment, ctx, create, settled, worker } = await midway(
      'killed',
    );
    process.kill(worker.process.pid, 'SIGKILL');
    expect(await settled).toHaveProperty('error.problem.code');
    await bench.endFaults();

    const second = retry(ctx);
    const applied = await bench.engine.apply(second, create);
    expect(applied.outputs.VpcId).toMatch(/^vpc-/);
    expect(logged(second).join()).toMatch(
      /The lock .* was released: process \d+ .* has ended/,
    );
    expect(logged(second).join()).toMatch(/It is taken into the state/);
    expect(await bench.counts(environment)).toEqual({ vpcs: 1, doors: 1 });
    expect(bench.foldersLeft()).toEqual([]);
  });

  it('keeps its locks in a table where it is told to, and releases a dead one there', async () => {
    const engine = bench.newEngine({ lockTable: 'terraform-locks' });
    const { environment, ctx, create, settled, worker } = await midway(
      'tabled',
      engine,
    );
    expect(await bench.store().readLock(environment.id)).toBeUndefined();
    process.kill(worker.process.pid, 'SIGKILL');
    await settled;
    await bench.endFaults();
    const second = retry(ctx);
    await engine.apply(second, create);
    expect(logged(second).join()).toMatch(/The lock .* was released/);
    expect(await bench.counts(environment)).toEqual({ vpcs: 1, doors: 1 });
  });

  it('tells no credential in events, journal, checkpoint, arguments, bucket or logs', async () => {
    const canary = 'canary-4e7d-secret-access-key';
    const printed: unknown[] = [];
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map(
      level =>
        jest.spyOn(console, level).mockImplementation((...args) => {
          printed.push(args);
        }),
    );
    const { environment, ctx, settled, worker } = await midway(
      'discreet',
      bench.newEngine({}, canary),
    );
    const commandLine = readFileSync(
      `/proc/${worker.process.pid}/cmdline`,
      'utf8',
    );
    await bench.endFaults();
    const outcome = await settled;
    spies.forEach(spy => spy.mockRestore());
    expect(outcome).toHaveProperty('applied');
    const store = bench.store();
    const kept = await Promise.all(
      [
        store.stateKey(environment.id),
        store.codeKey(environment.id),
        `environments/${environment.id}/worker.json`,
      ].map(async key => {
        const body = (await store.get(key))!;
        return key.endsWith('.gz') ? gunzipSync(body) : body;
      }),
    );
    const all = JSON.stringify([
      ctx.events,
      ctx.facts,
      [...ctx.journal],
      ctx.checkpoint,
      outcome,
      commandLine,
      printed,
      kept.map(String),
    ]);
    expect(all).toContain('slipway-discreet-worker');
    expect(all).not.toContain(canary);
  });

  it('leaves what the next run can destroy whole, and tells what is not its own', async () => {
    const { environment, settled, worker } = await midway('abandoned');
    process.kill(worker.process.pid, 'SIGKILL');
    await settled;
    await bench.endFaults();
    await bench.makeVpcTwin(environment);
    const byHand = await bench.makeVpc({
      [ENVIRONMENT_ID_TAG]: environment.id,
    });

    const ctx = bench.newStep();
    const destroy = await bench.planned(ctx, environment, 'destroy', QUICK);
    expect(destroy.changes.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['door', 'network/vpc', 'worker']),
    );
    expect(destroy.warnings.join()).toContain(byHand);
    expect(destroy.warnings.join()).toMatch(
      /twice.*: vpc-\w+\. .*deleted before the rest/,
    );
    expect(await bench.counts(environment)).toEqual({ vpcs: 3, doors: 1 });
    await bench.engine.apply(ctx, destroy);
    expect(await bench.counts(environment)).toEqual({ vpcs: 1, doors: 0 });
  });

  it('is followed to its end by the next back end when its own has died', async () => {
    const { environment, ctx, create, settled, worker } = await midway(
      'orphaned',
    );
    // The back end's own world ends: nothing that it tries to keep arrives.
    ctx.saveCheckpoint = () => {
      throw new Error('killed');
    };
    const second = retry(ctx);
    const following = bench.engine.apply(second, create);
    await bench.endFaults();
    await following;
    await settled;
    expect((await bench.worker(environment))?.process).toEqual(worker.process);
    expect(told(second)).toContain('worker created');
    expect(told(second)).not.toContain('network/vpc created');
    expect(bench.foldersLeft()).toEqual([]);
  });

  it('ends Terraform in good order when it is cancelled, and takes back what was made', async () => {
    const environment = environmentFixture('cancelled');
    const stop = new AbortController();
    const ctx = bench.newStep({ signal: stop.signal });
    const create = await bench.planned(ctx, environment, 'create', QUICK);
    await bench.fault({
      effect: { kind: 'latency', delayMs: 20_000 },
      match: { service: 'iam', operation: 'GetRole' },
      times: 1,
    });
    const settled = bench.engine.apply(ctx, create).catch(error => error);
    await until(() => told(ctx).includes('network/vpc created'));
    stop.abort(new Error('cancelled by a person'));
    await settled;
    expect(await bench.store().readLock(environment.id)).toBeUndefined();

    const undoing = retry(ctx);
    expect(await bench.engine.cancel(undoing, create)).toEqual({
      leftInAws: false,
      sentence:
        'What had been made so far was deleted; nothing is left in AWS.',
    });
    expect(await bench.counts(environment)).toEqual({ vpcs: 0, doors: 0 });
    expect((await bench.store().readState(environment.id))?.resources).toEqual(
      [],
    );
  });

  it('waits for a process that it cannot see until its credentials have ended', async () => {
    const environment = environmentFixture('faraway');
    const store = bench.store();
    const plan = () =>
      bench.planned(bench.newStep(), environment, 'create', QUICK);
    await plan();
    const minutesAgo = (minutes: number) =>
      new Date(Date.now() - minutes * 60_000).toISOString();
    const worker: Worker = {
      process: { host: 'portal-0', bootId: 'other', pid: 7, startedAt: '1' },
      runId: 'run-elsewhere',
      operation: 'create',
      planSha256: 'gone',
      launchedAt: minutesAgo(20),
      folder: '/nowhere',
    };
    const workers = Workers.create(store, environment.id);
    await workers.write(worker);
    await store.put(
      `${store.stateKey(environment.id)}.tflock`,
      JSON.stringify({
        ID: 'far',
        Operation: 'OperationTypeApply',
        Who: 'node@portal-0',
        Created: minutesAgo(19),
      }),
    );
    await expect(plan()).rejects.toMatchObject({
      retryable: true,
      problem: {
        code: 'terraform.worker-unknown',
        message: expect.stringContaining('portal-0'),
      },
    });
    expect(await store.readLock(environment.id)).toMatchObject({ id: 'far' });

    await workers.write({ ...worker, credentialsUntil: minutesAgo(5) });
    expect((await plan()).changes.length).toBeGreaterThan(0);
    expect(await store.readLock(environment.id)).toBeUndefined();
  });

  it('releases no lock without proof that its holder is dead', async () => {
    const environment = environmentFixture('locked');
    const ctx = bench.newStep();
    const create = await bench.planned(ctx, environment, 'create', QUICK);
    const store = bench.store();
    const lockKey = `${store.stateKey(environment.id)}.tflock`;
    const lockOf = (who: string) =>
      JSON.stringify({
        ID: '7b1c',
        Operation: 'OperationTypeApply',
        Who: who,
        Created: new Date().toISOString(),
      });
    await store.put(lockKey, lockOf('somebody@laptop'));
    await expect(bench.engine.apply(ctx, create)).rejects.toMatchObject({
      problem: { code: 'terraform.state-locked' },
    });
    expect(await store.readLock(environment.id)).toMatchObject({ id: '7b1c' });

    // What the dead process left can be released; what somebody else took meanwhile cannot.
    const second = retry(ctx);
    await expect(bench.engine.apply(second, create)).rejects.toMatchObject({
      problem: {
        code: 'terraform.state-locked',
        message: expect.stringContaining('somebody@laptop'),
      },
    });
    await store.put(lockKey, lockOf(`root@${hostname()}`));
    await bench.engine.apply(retry(second), create);
    expect(await store.readLock(environment.id)).toBeUndefined();
  });
});
