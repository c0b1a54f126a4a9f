import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Sandbox } from '@slipway/sandbox';
import { Client } from 'pg';
import { ROOT } from '../../support/portal';
import { BackEnd } from './BackEnd';
import { CANARIES } from './canaries';

const FREE_PORTS = { postgres: 0, aws: 0, backend: 0, app: 0, dns: 0 };
const DATABASE_USER = 'slipway_under_test';

/** How long the back ends bear that AWS does not answer before a step fails. */
export const UNREACHABLE_SECONDS = 6;

/** A fault of the gateway as its control address takes it. */
interface Fault {
  effect: { kind: 'dark' | 'throttle' | 'lose' };
  match: { region?: string; service?: string; operation?: string };
  probability?: number;
  times?: number;
}

type BackEndName = 'a' | 'b';

/** PostgreSQL, AWS and two back ends on them, each to be killed, darkened or restarted by itself. */
export class FaultsWorld {
  readonly #dir: string;
  readonly #aws: Sandbox;
  #postgres: Sandbox;
  readonly #backEnds = new Map<BackEndName, BackEnd>();

  /** @param worker - counts the processes of the test runner: what a failed one leaves is kept to be looked at. */
  static async start(worker: number): Promise<FaultsWorld> {
    const dir = path.join(ROOT, '.local/e2e/faults', `${worker}`);
    rmSync(dir, { recursive: true, force: true });
    const aws = Sandbox.create({
      parts: ['aws'],
      dir: path.join(dir, 'aws'),
      ports: FREE_PORTS,
      resourceSeconds: 0.5,
    });
    const postgres = createPostgres(dir, 0);
    const world = new FaultsWorld(dir, aws, postgres);
    try {
      await Promise.all([aws.start(), postgres.start()]);
      await world.query(
        `create role ${DATABASE_USER} superuser login password '${CANARIES.databasePassword}'`,
      );
      return world;
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  private constructor(dir: string, aws: Sandbox, postgres: Sandbox) {
    this.#dir = dir;
    this.#aws = aws;
    this.#postgres = postgres;
  }

  /** Where the back ends, AWS and PostgreSQL write what they say. */
  get logDirs(): string[] {
    return ['', 'aws', 'postgres'].map(part =>
      path.join(this.#dir, part, 'logs'),
    );
  }

  get awsUrl(): string {
    return this.#aws.awsUrl!;
  }

  /** Where each call to AWS is written down. */
  get callLog(): string {
    return path.join(this.#dir, 'aws/logs/aws-calls.jsonl');
  }

  /** Starts it where it does not run. */
  async backEnd(name: BackEndName): Promise<BackEnd> {
    const known = this.#backEnds.get(name);
    if (known?.isRunning) {
      return known;
    }
    const started = await BackEnd.start({
      name: `backend-${name}`,
      logDir: path.join(this.#dir, 'logs'),
      env: this.#environment,
    });
    this.#backEnds.set(name, started);
    return started;
  }

  /** One after the other: the first makes the databases. */
  async bothBackEnds(): Promise<[BackEnd, BackEnd]> {
    const a = await this.backEnd('a');
    return [a, await this.backEnd('b')];
  }

  /** The one that a `run.taken` event names. */
  driverOf(event: { data: { driver?: unknown } }): BackEnd {
    const driver = String(event.data.driver);
    const found = [...this.#backEnds.values()].find(({ pid }) =>
      driver.includes(`-${pid}-`),
    );
    if (!found) {
      throw new Error(`${driver} is none of the back ends of this world.`);
    }
    return found;
  }

  /** Kills PostgreSQL as `kill -9` does, and starts it again on the same data and port. */
  async restartPostgres(downMilliseconds: number): Promise<void> {
    const [{ folder }] = await this.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    const postmaster = Number(
      readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    const { port } = this.#postgres.parts[0];
    process.kill(postmaster, 'SIGKILL');
    const killed = this.#postgres;
    await Promise.all([killed.stop(), delay(downMilliseconds)]);
    this.#postgres = createPostgres(this.#dir, port);
    await this.#postgres.start();
  }

  /** Rows of a statement in the server's main database, or in another one. */
  async query<TRow extends object>(
    sql: string,
    database = 'postgres',
  ): Promise<TRow[]> {
    const url = new URL(this.#postgres.postgresUrl!);
    url.pathname = `/${database}`;
    const client = new Client(url.href);
    await client.connect();
    try {
      return (await client.query<TRow>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async startFault(fault: Fault): Promise<void> {
    await this.#control('POST', 'faults', fault);
  }

  async goDark(region: string): Promise<void> {
    await this.startFault({ effect: { kind: 'dark' }, match: { region } });
  }

  /** Has the next creation of a resource of this CloudFormation type fail with this reason. */
  async failNext(type: string, message: string): Promise<void> {
    await this.#control('POST', 'emulator/fail', { type, message, times: 1 });
  }

  /** Ends every fault. */
  async light(): Promise<void> {
    await this.#control('DELETE', 'faults', {});
    await this.#control('DELETE', 'emulator/fail', {});
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#backEnds.values()]
        .filter(({ isRunning }) => isRunning)
        .map(backEnd => backEnd.stop()),
    );
    await Promise.all([this.#aws.stop(), this.#postgres.stop()]);
  }

  /** Nothing that leads to somebody's own account or database; every secret is a canary. */
  get #environment(): NodeJS.ProcessEnv {
    const foreign = /^(AWS_|APP_CONFIG_|POSTGRES_|NODE_OPTIONS$)/;
    return {
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !foreign.test(name)),
      ),
      ...this.#aws.environment,
      ...this.#postgres.environment,
      POSTGRES_USER: DATABASE_USER,
      POSTGRES_PASSWORD: CANARIES.databasePassword,
      AWS_SECRET_ACCESS_KEY: CANARIES.awsSecretKey,
      APP_CONFIG_infraScaffolder_cdk_unreachableSeconds: `${UNREACHABLE_SECONDS}`,
    };
  }

  async #control(method: string, address: string, body: object): Promise<void> {
    const answer = await fetch(`${this.awsUrl}/_slipway/${address}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(
        `${method} ${address} answered ${
          answer.status
        }: ${await answer.text()}`,
      );
    }
  }
}

function createPostgres(dir: string, port: number): Sandbox {
  return Sandbox.create({
    parts: ['postgres'],
    dir: path.join(dir, 'postgres'),
    ports: { ...FREE_PORTS, postgres: port },
  });
}
