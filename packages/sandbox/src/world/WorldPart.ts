import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { Clients, OBSERVER } from './footprint/clients';
import { orNothing } from './footprint/ensure';
import { buildFootprint } from './footprint/FootprintBuilder';
import { apiName } from './footprint/names';
import { SYSTEMS } from './footprint/systems';
import type { SystemFootprint } from './footprint/types';
import { sharesOf } from './observe/publicNames';
import type { WorldView } from './types';
import { WorldObserver, type WorldObserverOptions } from './WorldObserver';

/** Options of {@link WorldPart.start}. */
export interface WorldPartOptions
  extends Omit<WorldObserverOptions, 'isWhole'> {
  /** Told one line for a person when the footprint is there, or could not be made. */
  onMessage?: (message: string) => void;
}

/** Says in the account itself that the footprint is there, and which edition of it. */
const MARK = '/slipway/footprint';
const MARK_REGION = 'us-west-2';
/** Raised when the makers make something more of the same data. */
const MAKERS = 2;
/** How often it is looked whether AWS was emptied, and how long after a failure it is tried again. */
const LOOK_AGAIN_MS = 3_000;
const TRY_AGAIN_MS = 15_000;
const DNS_FOLLOWS_WITHIN_MS = 15_000;

/**
 * The systems of the seed documents in the sandbox's AWS: makes their footprint in the background where it is not
 * there, at the first start and after AWS was emptied, and watches what becomes of it.
 */
export class WorldPart {
  readonly view: WorldView;
  readonly #observer: WorldObserver;
  readonly #options: WorldPartOptions;
  readonly #systems: readonly SystemFootprint[];
  readonly #ending = new AbortController();
  readonly #isThere: Promise<void>;
  readonly #tending: Promise<void>;
  #isWhole = false;

  static start(options: WorldPartOptions): WorldPart {
    return new WorldPart(options);
  }

  private constructor(options: WorldPartOptions) {
    this.#options = options;
    this.#systems = options.systems ?? SYSTEMS;
    this.#observer = new WorldObserver({
      ...options,
      isWhole: () => this.#isWhole,
    });
    this.#observer.start();
    this.view = this.#observer;
    let found: () => void;
    this.#isThere = new Promise(resolve => {
      found = resolve;
    });
    this.#tending = this.#tend(() => found());
  }

  /** Resolves once the footprint is whole. */
  whole(): Promise<void> {
    return this.#isThere;
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#tending;
    await this.#observer.stop();
  }

  async #tend(onThere: () => void): Promise<void> {
    const { signal } = this.#ending;
    const clients = new Clients(this.#options.connection, OBSERVER);
    let wasTold = false;
    while (!signal.aborted) {
      let pause = LOOK_AGAIN_MS;
      try {
        if (!(await this.#isMarked(clients.of(SSMClient, MARK_REGION)))) {
          this.#isWhole = false;
          await this.#make();
        }
        this.#isWhole = true;
        wasTold = false;
        onThere();
      } catch (error) {
        pause = TRY_AGAIN_MS;
        if (!signal.aborted && !wasTold) {
          wasTold = true;
          this.#options.onMessage?.(
            `Not all of the systems could be made in AWS; it is tried again. ${
              (error as Error).message
            }`,
          );
        }
      }
      await sleep(pause, undefined, { signal }).catch(() => {});
    }
    clients.destroy();
  }

  async #make(): Promise<void> {
    const began = Date.now();
    await buildFootprint({
      connection: this.#options.connection,
      systems: this.#systems,
      signal: this.#ending.signal,
    });
    await this.#untilDnsKnows();
    await this.#mark();
    const seconds = ((Date.now() - began) / 1_000).toFixed(1);
    this.#options.onMessage?.(
      `The ${this.#systems.length} systems are in AWS, made in ${seconds} s.`,
    );
  }

  async #mark(): Promise<void> {
    const clients = new Clients(this.#options.connection);
    await clients.of(SSMClient, MARK_REGION).send(
      new PutParameterCommand({
        Name: MARK,
        Type: 'String',
        Overwrite: true,
        Value: this.#edition(),
      }),
    );
    clients.destroy();
  }

  /** Route 53's data plane follows some seconds later; only then users find their way. */
  async #untilDnsKnows(): Promise<void> {
    const { dns } = this.#options;
    const leadsHome = (system: SystemFootprint) =>
      sharesOf(dns.resolve, apiName(system.name)).shares[system.homeRegion] ===
      1;
    const end = Date.now() + DNS_FOLLOWS_WITHIN_MS;
    while (Date.now() < end && !this.#systems.every(leadsHome)) {
      await sleep(250, undefined, { signal: this.#ending.signal });
    }
  }

  async #isMarked(ssm: SSMClient): Promise<boolean> {
    const found = await orNothing(
      ssm.send(new GetParameterCommand({ Name: MARK })),
    );
    return found?.Parameter?.Value === this.#edition();
  }

  #edition(): string {
    return createHash('sha256')
      .update(JSON.stringify([MAKERS, this.#systems]))
      .digest('hex')
      .slice(0, 16);
  }
}
