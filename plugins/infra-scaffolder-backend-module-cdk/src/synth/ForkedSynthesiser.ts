import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ResourceChange } from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import type { ChangeSetDescription } from '../aws/types';
import type { CdkEngineSettings } from '../config';
import type { DiffResult, SynthResult } from '../worker/protocol';
import { toSynthFailure, WorkerEndedError } from './failures';
import { launchWorker } from './launch';
import type { Synthesiser } from './types';
import { WorkerProcess } from './WorkerProcess';

type Settings = CdkEngineSettings['worker'];

/**
 * {@link Synthesiser} in a process of its own: the memory that a synth takes, its crashes and its endless loops never
 * touch the back end. The process is started on first use, kept warm, and replaced when it ends; requests queue, one at
 * a time.
 */
export class ForkedSynthesiser implements Synthesiser {
  readonly #settings: Settings;
  readonly #logger: LoggerService;
  #worker: WorkerProcess | undefined;
  #workerFolder: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  static create(options: {
    settings: Settings;
    logger: LoggerService;
  }): ForkedSynthesiser {
    return new ForkedSynthesiser(options.settings, options.logger);
  }

  private constructor(settings: Settings, logger: LoggerService) {
    this.#settings = settings;
    this.#logger = logger;
  }

  /** Process id of the worker, while there is one. */
  get workerPid(): number | undefined {
    return this.#worker?.alive ? this.#worker.pid : undefined;
  }

  async warm(): Promise<void> {
    await this.#enqueue(async () => {
      const started = performance.now();
      await (await this.#liveWorker()).ready();
      this.#logger.info(
        `CDK worker is warm after ${Math.round(
          performance.now() - started,
        )} ms`,
      );
    }).catch(error => {
      this.#logger.warn(
        `CDK worker did not start; the next plan tries again: ${error.message}`,
      );
    });
  }

  synth(
    cdkModule: string,
    input: BlueprintInput,
    signal?: AbortSignal,
  ): Promise<SynthResult> {
    return this.#enqueue(async () => {
      signal?.throwIfAborted();
      const worker = await this.#liveWorker();
      const folder = await this.#makeFolder(this.#workerFolder);
      try {
        return (await worker.request(
          { type: 'synth', cdkModule, input, folder },
          { timeoutSeconds: this.#settings.synthTimeoutSeconds, signal },
        )) as SynthResult;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }

  diff(
    templates: {
      before: string;
      after: string;
      changeSet?: ChangeSetDescription;
    },
    signal?: AbortSignal,
  ): Promise<ResourceChange[]> {
    return this.#enqueue(async () => {
      signal?.throwIfAborted();
      const worker = await this.#liveWorker();
      const { changes } = (await worker.request(
        { type: 'diff', ...templates },
        { timeoutSeconds: this.#settings.synthTimeoutSeconds, signal },
      )) as DiffResult;
      return changes;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#discardWorker();
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(async () => {
      try {
        return await task();
      } catch (error) {
        if (error instanceof WorkerEndedError && error.end.stderr) {
          this.#logger.warn(`${error.message}\n${error.end.stderr}`);
        }
        throw toSynthFailure(error, this.#settings);
      }
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #liveWorker(): Promise<WorkerProcess> {
    if (this.#closed) {
      throw new WorkerEndedError({ reason: 'closed' });
    }
    if (this.#worker?.alive) {
      return this.#worker;
    }
    await this.#discardWorker();
    this.#workerFolder = await this.#makeFolder();
    this.#worker = WorkerProcess.create(
      launchWorker({
        heapMegabytes: this.#settings.heapMegabytes,
        folder: this.#workerFolder,
      }),
    );
    return this.#worker;
  }

  async #discardWorker(): Promise<void> {
    await this.#worker?.close();
    this.#worker = undefined;
    if (this.#workerFolder) {
      await rm(this.#workerFolder, { recursive: true, force: true });
      this.#workerFolder = undefined;
    }
  }

  #makeFolder(parent = this.#settings.workingDirectory): Promise<string> {
    return mkdtemp(join(parent, 'slipway-cdk-'));
  }
}
