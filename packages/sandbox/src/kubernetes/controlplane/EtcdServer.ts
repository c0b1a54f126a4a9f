import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { GuardedProcess } from '../../processes/GuardedProcess';
import { freePort } from '../../processes/ports';
import { etcdArguments } from './arguments';
import { runPart } from './runPart';

const READY_SECONDS = 30;
/** That etcd ended by itself, and its last words when it cannot read its write-ahead log, snapshots or database. */
const DATA_ERROR =
  /ended while it started[^]*"level":"(?:panic|fatal)"[^\n]*(?:WAL|wal:|snap:|snapshot|invalid database|proto:|unexpected EOF|checksum|crc)/;

/** Options of {@link EtcdServer.start}. */
interface EtcdServerOptions {
  program: string;
  dir: string;
  logDir: string;
  /** Ends a start that is under way. */
  signal: AbortSignal;
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
      const isOfData = DATA_ERROR.test((error as Error).message);
      if (options.signal.aborted || !isOfData || !existsSync(dataDir)) {
        throw error;
      }
      // All that is in it can be made again; a person may still want to look.
      let number = 1;
      while (existsSync(`${dataDir}.broken-${number}`)) {
        number += 1;
      }
      const aside = `${dataDir}.broken-${number}`;
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
    const stop = () => guarded.stop();
    options.signal.addEventListener('abort', stop, { once: true });
    if (options.signal.aborted) {
      await stop();
    }
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
