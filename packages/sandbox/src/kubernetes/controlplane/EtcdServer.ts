import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { GuardedProcess } from '../../processes/GuardedProcess';
import { freePort } from '../../processes/ports';
import { etcdArguments } from './arguments';
import { runPart } from './runPart';

const READY_SECONDS = 30;

/** Options of {@link EtcdServer.start}. */
interface EtcdServerOptions {
  program: string;
  dir: string;
  logDir: string;
  onMessage: (message: string) => void;
}

/** The store behind both control planes. Its data stay across restarts and kills. */
export class EtcdServer {
  readonly url: string;
  readonly process: GuardedProcess;

  static async start(options: EtcdServerOptions): Promise<EtcdServer> {
    const dataDir = path.join(options.dir, 'etcd');
    try {
      return await EtcdServer.#startOn(options, dataDir);
    } catch (error) {
      if (!existsSync(dataDir)) {
        throw error;
      }
      // All that is in it can be made again; a person may still want to look.
      const aside = `${dataDir}.broken`;
      rmSync(aside, { recursive: true, force: true });
      renameSync(dataDir, aside);
      options.onMessage(
        `The clusters' data could not be read and are made anew; the old ones are in ${aside}.`,
      );
      return EtcdServer.#startOn(options, dataDir);
    }
  }

  static async #startOn(
    options: EtcdServerOptions,
    dataDir: string,
  ): Promise<EtcdServer> {
    const url = `http://127.0.0.1:${await freePort(0)}`;
    const peerUrl = `http://127.0.0.1:${await freePort(0)}`;
    const guarded = await runPart({
      part: 'etcd',
      name: 'etcd',
      program: options.program,
      args: etcdArguments(dataDir, url, peerUrl),
      logFile: path.join(options.logDir, 'kubernetes-etcd.log'),
    });
    await guarded.untilReady(async () => {
      try {
        const answer = await fetch(`${url}/health`, {
          signal: AbortSignal.timeout(1_000),
        });
        const { health } = (await answer.json()) as { health?: string };
        return health === 'true';
      } catch {
        return false;
      }
    }, READY_SECONDS);
    return new EtcdServer(url, guarded);
  }

  private constructor(url: string, guarded: GuardedProcess) {
    this.url = url;
    this.process = guarded;
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}
