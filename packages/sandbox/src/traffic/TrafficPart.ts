import path from 'node:path';
import { GuardedProcess } from '../processes/GuardedProcess';
import { ROOT_DIR } from '../rootDir';
import type { WorldView } from '../world/types';
import { readState } from './history/files';
import type { PastMessage, PastOptions } from './history/main';
import { Exporter } from './live/Exporter';
import { LiveTraffic } from './live/LiveTraffic';
import type { TrafficState } from './Traffic';
import { VANTAGES } from './vantages';

/** Options of {@link TrafficPart.start}. */
interface TrafficPartOptions {
  /** The sandbox's folder; everything is kept in `traffic` below it. */
  stateDir: string;
  logDir: string;
  world: () => WorldView | undefined;
  /** Told of what a person should know. */
  onMessage?: (message: string) => void;
}

/** Where the past goes to. */
interface Prometheus {
  url: string;
  dataDir: string;
  promtool: string;
  /** Days of the past that a new sandbox has. */
  days: number;
}

/** Traffic for Prometheus: what is now by an exporter, what was by a program of its own in the background. */
export class TrafficPart {
  readonly #options: TrafficPartOptions;
  readonly #exporter: Exporter;
  #past?: GuardedProcess;
  #progress = '';
  #isStopping = false;

  static async start(options: TrafficPartOptions): Promise<TrafficPart> {
    return new TrafficPart(options, await Exporter.start());
  }

  private constructor(options: TrafficPartOptions, exporter: Exporter) {
    this.#options = options;
    this.#exporter = exporter;
  }

  get port(): number {
    return this.#exporter.port;
  }

  get vantages(): readonly string[] {
    return VANTAGES;
  }

  /** How far the past has been filled, in words; empty when all of it is there. */
  get progress(): string {
    return this.#progress;
  }

  /** Fills the past and then goes on from it; resolves when all is filled. */
  async fillPast(
    prometheus: Prometheus,
    onProgress: () => void,
  ): Promise<void> {
    const stateFile = path.join(this.#options.stateDir, 'traffic/state.json');
    const options: PastOptions = {
      stateFile,
      workDir: path.join(this.#options.stateDir, 'traffic/past'),
      dataDir: prometheus.dataDir,
      promtool: prometheus.promtool,
      prometheusUrl: prometheus.url,
      days: prometheus.days,
    };
    const past = await GuardedProcess.start({
      name: 'The past of the traffic',
      command: process.execPath,
      args: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        path.join(ROOT_DIR, 'packages/sandbox/src/traffic/history/main.ts'),
        JSON.stringify(options),
      ],
      cwd: ROOT_DIR,
      env: process.env,
      logFile: path.join(this.#options.logDir, 'traffic.log'),
      graceSeconds: 2,
      onLine: line => {
        const message = parsed(line);
        if (message?.kind === 'now') {
          this.#goOn(stateFile);
        } else if (message) {
          const { segments, of } = message;
          this.#progress =
            segments < of ? `the past: ${segments} of ${of} parts` : '';
        }
        onProgress();
      },
    });
    this.#past = past;
    const { code } = await past.ended;
    this.#progress = '';
    if (code !== 0 && !this.#isStopping) {
      throw new Error(past.lastLines(5));
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#past?.stop();
    await this.#exporter.stop();
  }

  #goOn(stateFile: string): void {
    const state = readState<TrafficState>(stateFile);
    if (state && !this.#isStopping) {
      const { world, onMessage } = this.#options;
      const onTrouble = (reason: string) =>
        onMessage?.(
          `The traffic goes on, but could not be written down: ${reason}`,
        );
      this.#exporter.expose(
        new LiveTraffic(state, { stateFile, world, onTrouble }),
      );
    }
  }
}

function parsed(line: string): PastMessage | undefined {
  try {
    return JSON.parse(line) as PastMessage;
  } catch {
    return undefined;
  }
}
