import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { SYSTEMS } from '../content';
import { containerLogFile } from '../controlplane/logRules';

const EVERY_MS = 10_000;
const LARGEST_BYTES = 64 * 1024;

/** One line as container runtimes write them: time, stream, whole line. */
function line(at: Date, stream: 'stdout' | 'stderr', text: string): string {
  return `${at.toISOString().replace('Z', '000000Z')} ${stream} F ${text}\n`;
}

/**
 * Writes the logs that kwok serves as those of containers: the load that the system serves, and the last words of
 * programs in trouble. One file for all pods of a workload; the oldest half goes when it is large.
 */
export class ContainerLogs {
  readonly #dir: string;
  readonly #load: (system: string) => number;
  readonly #onTrouble: (message: string) => void;
  #timer?: NodeJS.Timeout;
  #isInTrouble = false;

  /** @param onTrouble - told once that nothing can be written, until it can be again */
  constructor(
    dir: string,
    load: (system: string) => number,
    onTrouble: (message: string) => void,
  ) {
    this.#dir = dir;
    this.#onTrouble = onTrouble;
    this.#load = load;
  }

  start(): void {
    const now = new Date();
    for (const { system, workloads, cronJobs, jobs } of SYSTEMS) {
      mkdirSync(path.join(this.#dir, system), { recursive: true });
      for (const { name, image, settings } of [
        ...workloads.map(workload => ({ ...workload, settings: true })),
        ...[...cronJobs, ...jobs].map(job => ({ ...job, settings: false })),
      ]) {
        this.#write(system, name, line(now, 'stdout', `starting ${image}`));
        if (!settings) {
          this.#write(system, name, line(now, 'stdout', 'done'));
        }
      }
    }
    this.#timer = setInterval(() => this.#try(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A full disk must not end the sandbox. */
  #try(): void {
    try {
      this.#tick(new Date());
      this.#isInTrouble = false;
    } catch (error) {
      if (!this.#isInTrouble) {
        this.#isInTrouble = true;
        this.#onTrouble((error as Error).message);
      }
    }
  }

  #tick(at: Date): void {
    for (const { system, workloads } of SYSTEMS) {
      const load = this.#load(system);
      for (const { name, image, trouble, port } of workloads) {
        if (trouble) {
          const words = line(at, 'stdout', `starting ${image}`);
          this.#write(
            system,
            name,
            words + line(at, 'stderr', trouble.message),
          );
        } else {
          const what = port ? 'requests answered' : 'messages handled';
          const count = Math.round(load * 400);
          this.#write(
            system,
            name,
            line(
              at,
              'stdout',
              JSON.stringify({ level: 'info', msg: what, count, seconds: 10 }),
            ),
          );
        }
      }
    }
  }

  #write(system: string, container: string, text: string): void {
    const file = containerLogFile(this.#dir, system, container);
    appendFileSync(file, text);
    if (statSync(file).size > LARGEST_BYTES) {
      const kept = readFileSync(file, 'utf8').slice(-LARGEST_BYTES / 2);
      writeFileSync(file, kept.slice(kept.indexOf('\n') + 1));
    }
  }
}
