import type { JsonObject } from '@backstage/types';
import {
  type EnvironmentResource,
  INFRA_EVENT_CODES,
  type ResourceStatus,
} from '@slipway/plugin-infra-scaffolder-common';
import { consoleUrl } from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext, StepEvent } from '@slipway/plugin-runs-node';
import type { OutputLine } from '../binary/output';
import { typeOf } from '../describe/describe';
import { pathOf } from '../describe/naming';
import type { Worker } from '../worker/launchWorker';

const WORKING: Record<string, string> = {
  create: 'creating',
  update: 'updating',
  delete: 'deleting',
};

const DONE: Record<string, string> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
};

/** What a step has told of one worker; kept in its checkpoint. */
export type Told = {
  worker: Worker;
  offset: number;
  done: number;
  /** When work began on what is not done yet, by address. */
  startedAt: Record<string, string>;
};

/** Tells what Terraform says, each line once. */
export class Teller {
  readonly #ctx: StepContext;
  readonly #region: string;
  readonly #total: number;
  #told: Told;

  static create(options: {
    ctx: StepContext;
    region: string;
    total: number;
    told: Told;
  }): Teller {
    return new Teller(options);
  }

  private constructor(options: {
    ctx: StepContext;
    region: string;
    total: number;
    told: Told;
  }) {
    this.#ctx = options.ctx;
    this.#region = options.region;
    this.#total = options.total;
    this.#told = options.told;
  }

  async tell(lines: OutputLine[], offset: number): Promise<void> {
    const events: StepEvent[] = [];
    const told = { ...this.#told, startedAt: { ...this.#told.startedAt } };
    for (const line of lines) {
      events.push(...this.#eventsOf(line, told));
    }
    told.offset = offset;
    this.#told = told;
    if (events.length === 0) {
      return;
    }
    await this.#ctx.saveCheckpoint(
      { ...this.#ctx.checkpoint, told: told as unknown as JsonObject },
      events,
    );
    await this.#ctx.progress({
      done: told.done,
      total: this.#total,
      unit: 'resources',
    });
  }

  #eventsOf(line: OutputLine, told: Told): StepEvent[] {
    const { hook } = line;
    const address = hook?.resource?.addr;
    const action = hook?.action ?? '';
    if (!hook || !address || !(action in WORKING)) {
      return [];
    }
    const at = new Date(line['@timestamp'] ?? this.#ctx.now()).toISOString();
    const type = typeOf(hook.resource!.resource_type);
    const resource = (
      status: ResourceStatus,
      awsStatus: string,
    ): EnvironmentResource => {
      const physicalId = hook.id_value;
      const url = consoleUrl(type, physicalId, this.#region);
      const startedAt = told.startedAt[address];
      return {
        logicalId: address,
        type,
        path: pathOf(address),
        ...(physicalId && { physicalId }),
        status,
        awsStatus,
        ...(startedAt && { startedAt }),
        updatedAt: at,
        ...(url && { consoleUrl: url }),
      };
    };
    switch (line.type) {
      case 'apply_start':
        told.startedAt[address] = at;
        return [toEvent(resource('working', WORKING[action]))];
      case 'apply_complete': {
        const done = toEvent(
          resource(action === 'delete' ? 'deleted' : 'done', DONE[action]),
        );
        told.done += 1;
        delete told.startedAt[address];
        return [done];
      }
      case 'apply_errored': {
        const failed = toEvent({
          ...resource('failed', 'failed'),
          ...(line['@message'] && { reason: line['@message'] }),
        });
        delete told.startedAt[address];
        return [failed];
      }
      default:
        return [];
    }
  }
}

function toEvent(resource: EnvironmentResource): StepEvent {
  return {
    code: INFRA_EVENT_CODES.resource,
    level: resource.status === 'failed' ? 'error' : 'info',
    message: `${resource.path} (${resource.type}): ${resource.awsStatus}`,
    data: { ...resource },
  };
}
