import { randomUUID } from 'node:crypto';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type {
  Environment,
  FreezePeriod,
} from '@slipway/plugin-infra-scaffolder-common';
import { isPersonAlone } from '../approvals/isPersonAlone';
import type { ActivityStore } from '../database/types';
import { actorOf } from '../services/actor';
import type { Announcer } from '../services/Announcer';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import { plannedHash } from '../services/plannedHash';
import type { As, EnvironmentRunService } from '../services/types';
import type { FreezeGuard } from './FreezeGuard';
import type { FreezeService, FreezeStore, NewFreezePeriod } from './types';

interface Options {
  freezes: FreezeStore;
  guard: FreezeGuard;
  activity: ActivityStore;
  announcer: Announcer;
  authorizer: EnvironmentAuthorizer;
  environmentRuns: Pick<EnvironmentRunService, 'get'>;
}

export class DefaultFreezeService implements FreezeService {
  readonly #options: Options;

  static create(options: Options): DefaultFreezeService {
    return new DefaultFreezeService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Everybody who is signed in knows when nothing is applied. */
  async list({
    includeEnded,
  }: As & { includeEnded?: boolean }): Promise<FreezePeriod[]> {
    return this.#options.guard.periods(includeEnded ? new Date(0) : new Date());
  }

  async mayManage({ credentials }: As): Promise<boolean> {
    return this.#options.authorizer.mayManageFreezes(credentials);
  }

  async outlook(subject: Pick<Environment, 'accountId' | 'size' | 'system'>) {
    return this.#options.guard.outlook(subject, new Date());
  }

  async create(period: NewFreezePeriod, as: As): Promise<FreezePeriod> {
    await this.#assertManages(as);
    const created = {
      ...period,
      id: randomUUID(),
      createdBy: actorOf(as.credentials),
    };
    await this.#options.freezes.insert(created, new Date());
    return created;
  }

  async update(
    id: string,
    period: NewFreezePeriod,
    as: As,
  ): Promise<FreezePeriod> {
    const existing = await this.#own(id, as);
    await this.#options.freezes.update(id, period);
    return { ...existing, ...period };
  }

  async remove(id: string, as: As): Promise<void> {
    await this.#own(id, as);
    await this.#options.freezes.remove(id);
  }

  async override(
    runId: string,
    { planHash, reason }: { planHash: string; reason: string },
    as: As,
  ): Promise<void> {
    const { activity, announcer, authorizer, environmentRuns, freezes } =
      this.#options;
    const { run, environment } = await environmentRuns.get(runId, as);
    if (
      !isPersonAlone(as.credentials) ||
      !(await authorizer.mayOverrideFreeze(environment, as.credentials))
    ) {
      throw new NotAllowedError(
        'Letting a plan through a change freeze takes an SRE or an admin, in person.',
      );
    }
    if (run.settledAt || plannedHash(run) !== planHash) {
      throw new ConflictError(
        `Plan ${planHash.slice(0, 12)} is not what "${
          run.title
        }" would apply now. Look at it again.`,
      );
    }
    const at = new Date();
    const by = actorOf(as.credentials);
    await freezes.override({
      runId,
      planHash,
      environmentId: environment.id,
      by,
      reason,
      at,
    });
    await activity.add(environment.id, {
      at,
      actor: by,
      action: 'freeze.overridden',
      message: `Let plan ${planHash.slice(
        0,
        12,
      )} through the change freeze: ${reason}`,
      runId,
    });
    await announcer.changed(environment, 'freeze.overridden', runId);
  }

  async #assertManages({ credentials }: As): Promise<void> {
    if (!(await this.#options.authorizer.mayManageFreezes(credentials))) {
      throw new NotAllowedError(
        'Changing the calendar of change freezes takes an SRE or an admin.',
      );
    }
  }

  async #own(id: string, as: As): Promise<FreezePeriod> {
    await this.#assertManages(as);
    const configured = this.#options.guard.configured(id);
    if (configured) {
      throw new ConflictError(
        `"${configured.title}" is given by configuration, infraScaffolder.freezes. Change it there.`,
      );
    }
    const found = await this.#options.freezes.find(id);
    if (!found) {
      throw new NotFoundError(`There is no change freeze ${id}.`);
    }
    return found;
  }
}
