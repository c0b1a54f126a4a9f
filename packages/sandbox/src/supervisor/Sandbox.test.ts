import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {
  CreateBucketCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Client } from 'pg';
import {
  eventually,
  isGroupAlive,
  processIdentity,
} from '../processes/processTable';
import { ROOT_DIR } from '../rootDir';
import { RunFile } from './runFile';
import { Sandbox } from './Sandbox';
import { FREE_PORTS } from './types';

async function query(url: string, sql: string) {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the sandbox', () => {
  let dir: string;
  const spawned: ChildProcess[] = [];

  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-sandbox-'));
  });
  afterEach(async () => {
    for (const child of spawned.splice(0)) {
      child.kill('SIGTERM');
      await (child.exitCode ?? child.signalCode ?? once(child, 'exit'));
    }
    rmSync(dir, { recursive: true, force: true });
  }, 40_000);

  /** Starts the program as script/server does, and resolves when it says that it is ready. */
  async function startServer() {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        path.join(ROOT_DIR, 'packages/sandbox/src/server.ts'),
        ...['--only', 'postgres,aws', '--free-ports', '--dir', dir],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    spawned.push(child);
    let said = '';
    const listen = (data: Buffer) => {
      said += data;
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const isUp = await eventually(
      () => said.includes('Ctrl-C ends everything') || child.exitCode !== null,
      60_000,
    );
    return { child, isUp: isUp && child.exitCode === null, said: () => said };
  }

  function groups(): number[] {
    const { parts } = new RunFile(dir).readRunning()!;
    return parts
      .filter(({ name }) => ['postgres', 'emulator'].includes(name))
      .map(({ pid }) => pid);
  }

  it('leaves no process behind after SIGTERM', async () => {
    const { child } = await startServer();
    const started = groups();
    expect(started.map(isGroupAlive)).toEqual([true, true]);
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    expect(started.map(isGroupAlive)).toEqual([false, false]);
  }, 90_000);

  it('leaves no process behind after kill -9, and the next start finds all data', async () => {
    const first = await startServer();
    const started = groups();
    const { environment } = new RunFile(dir).readRunning()!;
    const s3 = (endpoint: string) =>
      new S3Client({
        endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
    await s3(environment.AWS_ENDPOINT_URL).send(
      new CreateBucketCommand({ Bucket: 'outlives' }),
    );
    await query(
      `postgres://postgres:${environment.POSTGRES_PASSWORD}@127.0.0.1:${environment.POSTGRES_PORT}/postgres`,
      'create table kept as select 42 as answer',
    );
    first.child.kill('SIGKILL');
    const second = await startServer();
    expect(second.said()).toContain('Ready:');
    expect(started.map(isGroupAlive)).toEqual([false, false]);
    const next = new RunFile(dir).readRunning()!.environment;
    expect(
      await query(
        `postgres://postgres:${next.POSTGRES_PASSWORD}@127.0.0.1:${next.POSTGRES_PORT}/postgres`,
        'select answer from kept',
      ),
    ).toEqual([{ answer: 42 }]);
    const { Buckets } = await s3(next.AWS_ENDPOINT_URL).send(
      new ListBucketsCommand({}),
    );
    expect(Buckets?.map(({ Name }) => Name)).toContain('outlives');
  }, 120_000);

  it('refuses a second one on the same state', async () => {
    await startServer();
    const second = await startServer();
    expect(second.isUp).toBe(false);
    expect(second.said()).toMatch(/runs already \(pid \d+/);
    expect(groups().map(isGroupAlive)).toEqual([true, true]);
  }, 90_000);

  it('takes up the database after kill -9, also when another program has its old process id', async () => {
    const start = async () => {
      const sandbox = Sandbox.create({
        dir,
        parts: ['postgres'],
        ports: FREE_PORTS,
      });
      await sandbox.start();
      return sandbox;
    };
    const first = await start();
    await query(first.postgresUrl!, 'create table kept as select 1 as one');
    const dataDir = (
      await query(
        first.postgresUrl!,
        "select current_setting('data_directory')",
      )
    )[0].current_setting;
    const pidFile = path.join(dataDir, 'postmaster.pid');
    const [postmaster, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
    process.kill(Number(postmaster), 'SIGKILL');
    await eventually(() => !processIdentity(Number(postmaster)), 5_000);
    await first.stop();
    writeFileSync(pidFile, [process.pid, ...rest].join('\n'));
    const second = await start();
    expect(await query(second.postgresUrl!, 'select one from kept')).toEqual([
      { one: 1 },
    ]);
    await second.stop();
  }, 60_000);

  it('lets nobody into the database who cannot read its password', async () => {
    const sandbox = Sandbox.create({
      dir,
      parts: ['postgres'],
      ports: FREE_PORTS,
    });
    await sandbox.start();
    const url = new URL(sandbox.postgresUrl!);
    const { mode } = statSync(path.join(dir, 'postgres.password'));
    expect(mode % 0o1000).toBe(0o600);
    url.password = 'postgres';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password/);
    await sandbox.stop();
  }, 60_000);

  it('takes a free port where the preferred one is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const sandbox = Sandbox.create({
      dir,
      parts: ['postgres'],
      ports: { ...FREE_PORTS, postgres: port },
    });
    await sandbox.start();
    expect(sandbox.parts[0].port).not.toBe(port);
    expect(await query(sandbox.postgresUrl!, 'select 1 as one')).toEqual([
      { one: 1 },
    ]);
    await sandbox.stop();
    holder.close();
  }, 60_000);

  it('goes on when it cannot write down that a part has ended', async () => {
    const messages: string[] = [];
    const sandbox = Sandbox.create({
      dir,
      parts: ['postgres', 'aws'],
      ports: FREE_PORTS,
      onMessage: message => messages.push(message),
    });
    await sandbox.start();
    mkdirSync(path.join(dir, `run.json.${process.pid}`));
    const { pid } = sandbox.parts.find(({ name }) => name === 'emulator')!;
    process.kill(-pid, 'SIGKILL');
    const isTold = (words: RegExp) => messages.some(said => words.test(said));
    expect(
      await eventually(() => isTold(/emulator ended by itself/), 10_000),
    ).toBe(true);
    expect(isTold(/could not be written down/)).toBe(true);
    expect(await query(sandbox.postgresUrl!, 'select 1 as one')).toEqual([
      { one: 1 },
    ]);
    await sandbox.stop();
  }, 60_000);

  it('says which part could not start, and ends the others', async () => {
    const messages: string[] = [];
    writeFileSync(path.join(dir, 'aws'), 'a file where a folder should be');
    const sandbox = Sandbox.create({
      dir,
      parts: ['postgres', 'aws'],
      ports: FREE_PORTS,
      onMessage: message => messages.push(message),
    });
    await expect(sandbox.start()).rejects.toThrow(/aws/);
    const groupsLeft = sandbox.parts.filter(({ pid }) => isGroupAlive(pid));
    expect(groupsLeft.map(({ name }) => name)).toEqual([]);
  }, 60_000);
});
