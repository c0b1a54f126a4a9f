import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GuardedProcess, type ProcessEnd } from '../processes/GuardedProcess';
import {
  alertmanagerConfiguration,
  prometheusConfiguration,
  type PrometheusSettings,
  sanityRules,
} from './configuration';

/** Options of {@link PrometheusServer.start} and {@link startAlertmanager}. */
interface ServerOptions {
  program: string;
  /** The sandbox's folder; everything is kept in `prometheus` and `alertmanager` below it. */
  stateDir: string;
  logDir: string;
  port: number;
}

interface PrometheusOptions
  extends ServerOptions,
    Pick<PrometheusSettings, 'exporter' | 'alertmanager'> {
  /** How often series are read; 5 unless told. */
  scrapeSeconds?: number;
}

const RETENTION = '400d';
/** Blocks of half an hour keep the log short that is read at each start. */
const BLOCK = '30m';

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/**
 * Any page in the person's browser could post to a Prometheus whose address it can guess, and have it delete its series
 * or quit. So it lives below a path that nobody guesses, the same one after each start.
 */
function secretIn(dir: string): string {
  const file = path.join(dir, 'path');
  try {
    const kept = readFileSync(file, 'utf8');
    if (/^[0-9a-f]{24}$/.test(kept)) {
      return kept;
    }
  } catch {
    // Made below.
  }
  const made = randomBytes(12).toString('hex');
  writeFileSync(file, made, { mode: 0o600 });
  return made;
}

/**
 * A Prometheus of our own, on loopback only, whose data stay. Its address ends in a secret. Rule files (`*.yml` in `prometheus/rules` of the sandbox's
 * folder) are read at the start and after a POST to `/-/reload`.
 */
export class PrometheusServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly #process: GuardedProcess;

  static async start(options: PrometheusOptions): Promise<PrometheusServer> {
    const dir = path.join(options.stateDir, 'prometheus');
    const rulesDir = path.join(dir, 'rules');
    const dataDir = path.join(dir, 'data');
    mkdirSync(rulesDir, { recursive: true });
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path.join(rulesDir, 'sandbox.yml'), sanityRules());
    const configuration = path.join(dir, 'prometheus.yml');
    writeFileSync(
      configuration,
      prometheusConfiguration({
        ...options,
        rulesDir,
        scrapeSeconds: options.scrapeSeconds ?? 5,
      }),
    );
    const url = `http://127.0.0.1:${options.port}/${secretIn(dir)}`;
    const guarded = await GuardedProcess.start({
      name: 'Prometheus',
      command: options.program,
      args: [
        `--config.file=${configuration}`,
        `--storage.tsdb.path=${dataDir}`,
        `--storage.tsdb.retention.time=${RETENTION}`,
        `--storage.tsdb.min-block-duration=${BLOCK}`,
        `--web.listen-address=127.0.0.1:${options.port}`,
        // It answers below this path only.
        `--web.external-url=${url}`,
        '--web.cors.origin=http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?',
        '--web.enable-lifecycle',
        // Its snapshots keep what a gap that is filled would cut off.
        '--web.enable-admin-api',
        '--log.level=warn',
      ],
      cwd: dir,
      env: { PATH: process.env.PATH, GOGC: '50', TZ: 'UTC' },
      logFile: path.join(options.logDir, 'prometheus.log'),
      graceSeconds: 10,
    });
    const server = new PrometheusServer(guarded, options.port, url, dir);
    await guarded.untilReady(() => answers(`${server.url}/-/ready`), 60);
    return server;
  }

  private constructor(
    guarded: GuardedProcess,
    port: number,
    url: string,
    dir: string,
  ) {
    this.#process = guarded;
    this.port = port;
    this.url = url;
    this.dataDir = path.join(dir, 'data');
  }

  get pid(): number {
    return this.#process.pid;
  }

  get ended(): Promise<ProcessEnd> {
    return this.#process.ended;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}

/** Starts an Alertmanager of our own, on loopback only, alone. */
export async function startAlertmanager(
  options: ServerOptions,
): Promise<GuardedProcess> {
  const dir = path.join(options.stateDir, 'alertmanager');
  mkdirSync(dir, { recursive: true });
  const configuration = path.join(dir, 'alertmanager.yml');
  writeFileSync(configuration, alertmanagerConfiguration());
  const guarded = await GuardedProcess.start({
    name: 'Alertmanager',
    command: options.program,
    args: [
      `--config.file=${configuration}`,
      `--storage.path=${path.join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${options.port}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    cwd: dir,
    env: { PATH: process.env.PATH, GOGC: '50', TZ: 'UTC' },
    logFile: path.join(options.logDir, 'alertmanager.log'),
    graceSeconds: 5,
  });
  await guarded.untilReady(
    () => answers(`http://127.0.0.1:${options.port}/-/ready`),
    30,
  );
  return guarded;
}
