import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { GuardedProcess, type ProcessEnd } from '../processes/GuardedProcess';
import { freePort } from '../processes/ports';
import { preparePostgresLayout, type PostgresLayout } from './layout';
import { clearLeftover } from './leftover';

const USER = 'postgres';
/** Of data folders that were made before each had a password of its own. */
const OLD_PASSWORD = 'postgres';
/** Its last checkpoint flushes the disk, which takes a while on a busy one; killed before, it only recovers longer. */
const STOP_SECONDS = 20;

/** Options of {@link PostgresServer.start}. */
interface PostgresServerOptions {
  /** The sandbox's folder; data live in `postgres` below it. */
  stateDir: string;
  logDir: string;
  /** Preferred port; a free one where it is taken. */
  port: number;
  /** False gives up safety against a crash of the machine for speed; for tests. */
  durable: boolean;
}

/** How to reach a PostgreSQL server. */
export interface PostgresConnection {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** A PostgreSQL 18 of our own, on loopback only, whose data stay across restarts and kills. */
export class PostgresServer {
  readonly connection: PostgresConnection;
  readonly dataDir: string;
  readonly #process: GuardedProcess;

  static async start(options: PostgresServerOptions): Promise<PostgresServer> {
    const layout = preparePostgresLayout(options.stateDir);
    const passwordFile = `${layout.dataDir}.password`;
    if (!existsSync(path.join(layout.dataDir, 'PG_VERSION'))) {
      initialise(layout, newPassword(passwordFile));
    }
    await clearLeftover(layout.dataDir);
    const port = await freePort(options.port);
    const guarded = await GuardedProcess.start({
      name: 'PostgreSQL',
      command: path.join(layout.home, 'bin', 'postgres'),
      args: [
        '-D',
        layout.dataDir,
        ...Object.entries({
          port,
          listen_addresses: '127.0.0.1',
          unix_socket_directories: '',
          max_connections: 400,
          // Little is left to write at the end, when somebody waits for it.
          checkpoint_timeout: '60s',
          ...(options.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
        }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      logFile: path.join(options.logDir, 'postgres.log'),
      // A fast shutdown; SIGTERM would wait for every client to leave.
      stopSignal: 'SIGINT',
      graceSeconds: STOP_SECONDS,
      user: layout.user,
    });
    const server = new PostgresServer(
      guarded,
      port,
      layout.dataDir,
      existsSync(passwordFile)
        ? readFileSync(passwordFile, 'utf8')
        : OLD_PASSWORD,
    );
    await guarded.untilReady(() => server.#answers(), 60);
    return server;
  }

  private constructor(
    guarded: GuardedProcess,
    port: number,
    dataDir: string,
    password: string,
  ) {
    this.#process = guarded;
    this.dataDir = dataDir;
    this.connection = {
      host: '127.0.0.1',
      port,
      user: USER,
      password,
    };
  }

  get pid(): number {
    return this.#process.pid;
  }

  get ended(): Promise<ProcessEnd> {
    return this.#process.ended;
  }

  /** A `postgres://` URL of the database `postgres`, its owner's password included. */
  get url(): string {
    const { host, port, password } = this.connection;
    return `postgres://${USER}:${password}@${host}:${port}/postgres`;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  async #answers(): Promise<boolean> {
    const client = new Client({ ...this.connection, database: 'postgres' });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** Its owner may run programs as the user that it runs as: nobody else on the machine is to be that. */
function newPassword(file: string): string {
  const password = randomBytes(18).toString('hex');
  rmSync(file, { force: true });
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}

function initialise(layout: PostgresLayout, password: string): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slipway-postgres-'));
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (layout.user) {
    const { uid, gid } = layout.user;
    [folder, passwordFile].forEach(each => chownSync(each, uid, gid));
  }
  try {
    execFileSync(
      path.join(layout.home, 'bin', 'initdb'),
      [
        `--pgdata=${layout.newDataDir}`,
        '--auth=scram-sha-256',
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
      ],
      {
        ...layout.user,
        cwd: '/',
        env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    rmSync(layout.dataDir, { recursive: true, force: true });
    renameSync(layout.newDataDir, layout.dataDir);
  } catch (error) {
    throw new Error(
      `PostgreSQL could not make its data folder ${layout.dataDir}: ${
        (error as { stderr?: Buffer }).stderr?.toString().trim() || error
      }`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
