import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import type {
  DriftCause,
  DriftFinding,
  DriftReport,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  DriftedResource,
  InfraEngine,
} from '@slipway/plugin-infra-scaffolder-node';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { EnvironmentStore } from '../database/types';
import type { EngineRegistry } from '../registry/EngineRegistry';
import { CHANGING_KINDS, subjectOf } from '../services/environmentRun';
import type { DriftAnnouncer } from './DriftAnnouncer';
import { namesOf } from './namesOf';
import { CHANGED_BY_AWS } from './rules/changedByAws';
import { explainedDrift } from './rules/explainedDrift';
import { isSameValue } from './rules/values';
import type {
  DeviationSource,
  DriftCauses,
  DriftClaim,
  DriftOutcome,
  DriftStore,
} from './types';

/** Settings of the checks, from `infraScaffolder.drift`. */
export interface DriftSettings {
  /** How often each environment is checked. */
  intervalMinutes: number;
  /** How many are checked at a time. */
  concurrency: number;
  /** After which a check is given up. */
  timeoutMinutes: number;
}

export interface DriftCheckerOptions {
  drift: DriftStore;
  environments: EnvironmentStore;
  engines: EngineRegistry;
  runs: RunEngine;
  causes: DriftCauses;
  deviations: DeviationSource[];
  announcer: DriftAnnouncer;
  settings: DriftSettings;
  logger: LoggerService;
}

const MINUTE_MS = 60_000;
/** A check that failed is made up for sooner than the next is due. */
const RETRY_MINUTES = 15;
/** How much longer a claim holds than its check may take. */
const CLAIM_RESERVE_MS = MINUTE_MS;

function keyOf(logicalId: string, attribute = ''): string {
  return `${logicalId} ${attribute}`;
}

function isDrift(
  resource: DriftedResource,
): resource is DriftedResource & { kind: DriftFinding['kind'] } {
  return resource.kind !== 'unchecked';
}

/** Compares environments with what was applied, and keeps what it finds. Changes nothing in AWS. */
export class DriftChecker {
  readonly #options: DriftCheckerOptions;
  readonly #stopping = new AbortController();
  readonly #atWork = new Set<Promise<unknown>>();

  static create(options: DriftCheckerOptions): DriftChecker {
    return new DriftChecker(options);
  }

  private constructor(options: DriftCheckerOptions) {
    this.#options = options;
  }

  /** Checks all environments that are due, a few at a time; until there are none or it is stopped. */
  async checkDue(signal: AbortSignal): Promise<void> {
    const { drift, environments, settings } = this.#options;
    const tried = new Set<string>();
    for (;;) {
      const due = await drift.due({
        engines: this.#engines().map(({ id }) => id),
        now: new Date(),
        limit: settings.concurrency + tried.size,
      });
      const batch = due
        .filter(id => !tried.has(id))
        .slice(0, settings.concurrency);
      if (batch.length === 0 || signal.aborted || this.#isStopping) {
        return;
      }
      batch.forEach(id => tried.add(id));
      const found = await environments.findMany(batch);
      await Promise.all(
        found.map(environment => this.#claimAndCheck(environment, { signal })),
      );
    }
  }

  /** Begins to check one environment, unless a check of it is at work; does not wait for its end. */
  async begin(environment: Environment, actor: string): Promise<void> {
    const claim = await this.#claim(environment, actor);
    if (claim) {
      const signal = this.#stopping.signal;
      const work = this.#check(environment, claim, signal).finally(() => {
        this.#atWork.delete(work);
      });
      this.#atWork.add(work);
    }
  }

  /** Ends what is at work; it is made up for by whoever comes next. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The back end is stopping.'));
    await Promise.allSettled(this.#atWork);
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  #engines(): InfraEngine[] {
    return this.#options.engines.list().filter(engine => engine.detectDrift);
  }

  async #claimAndCheck(
    environment: Environment,
    { signal }: { signal: AbortSignal },
  ): Promise<void> {
    const claim = await this.#claim(environment);
    if (claim) {
      const either = AbortSignal.any([signal, this.#stopping.signal]);
      await this.#check(environment, claim, either);
    }
  }

  async #claim(
    environment: Environment,
    actor?: string,
  ): Promise<DriftClaim | undefined> {
    const { drift, settings } = this.#options;
    const startedAt = new Date();
    const claim: DriftClaim = {
      id: randomUUID(),
      environmentId: environment.id,
      runId: environment.lastRunId,
      startedAt,
      ...(actor && { actor }),
    };
    const until = new Date(
      startedAt.getTime() +
        settings.timeoutMinutes * MINUTE_MS +
        CLAIM_RESERVE_MS,
    );
    return (await drift.claim(claim, until)) ? claim : undefined;
  }

  /** Never rejects. */
  async #check(
    environment: Environment,
    claim: DriftClaim,
    outer: AbortSignal,
  ): Promise<void> {
    const { drift, settings, logger, announcer } = this.#options;
    const signal = AbortSignal.any([
      outer,
      AbortSignal.timeout(settings.timeoutMinutes * MINUTE_MS),
    ]);
    try {
      const stored = await drift.find(environment.id);
      const before = stored?.report.findings ?? [];
      let outcome: DriftOutcome;
      try {
        outcome = await this.#outcome(environment, claim, signal, {
          before,
          inSyncAt: stored?.inSyncAt,
        });
      } catch (error) {
        if (outer.aborted) {
          // Somebody else takes it up once the claim has run out.
          return;
        }
        logger.warn(
          `Drift of ${environment.name} could not be checked: ${stringifyError(
            error,
          )}`,
        );
        outcome = failed(error, stored?.report);
      }
      const endedAt = new Date();
      const minutes =
        outcome.state === 'unknown'
          ? Math.min(RETRY_MINUTES, settings.intervalMinutes)
          : settings.intervalMinutes;
      const nextAt = new Date(endedAt.getTime() + minutes * MINUTE_MS);
      if (await drift.finish(claim, outcome, { endedAt, nextAt })) {
        await announcer.found(environment, before, outcome, claim.actor);
      }
    } catch (error) {
      logger.error(
        `What a check of the drift of ${
          environment.name
        } found could not be kept: ${stringifyError(error)}`,
      );
    }
  }

  async #outcome(
    environment: Environment,
    claim: DriftClaim,
    signal: AbortSignal,
    known: { before: DriftFinding[]; inSyncAt?: Date },
  ): Promise<DriftOutcome> {
    const { engines, deviations } = this.#options;
    const engine = engines.get(environment.engine);
    if (!engine.detectDrift) {
      throw new Error(`The engine ${engine.title} cannot tell drift.`);
    }
    const resources = await engine.detectDrift(environment, signal);
    const drifted = resources.filter(isDrift);
    const now = await this.#unturned(environment);
    const expected = await Promise.all(
      deviations.map(source => source.expected(now, drifted)),
    );
    const { unexplained, explained } = explainedDrift(drifted, [
      ...expected.flat(),
      ...CHANGED_BY_AWS,
    ]);
    const findings = await this.#withCauses(
      environment,
      unexplained.filter(isDrift),
      { ...known, claim, signal },
    );
    return {
      state: findings.length > 0 ? 'drifted' : 'in_sync',
      findings,
      explained,
      unchecked: resources.flatMap(resource => {
        const { logicalId, type, path, physicalId, kind, reason } = resource;
        return kind === 'unchecked'
          ? [
              {
                logicalId,
                type,
                path,
                ...(physicalId && { physicalId }),
                reason: reason ?? 'The engine does not say why.',
              },
            ]
          : [];
      }),
    };
  }

  /**
   * The environment as it is after the comparison, which takes minutes.
   *
   * @throws Error where it fell asleep or woke meanwhile: which of both was compared is not known.
   */
  async #unturned(before: Environment): Promise<Environment> {
    const { id, name, sleep } = before;
    const now = (await this.#options.environments.find(id)) ?? before;
    if (
      now.sleep?.runId !== sleep?.runId ||
      now.sleep?.state !== sleep?.state
    ) {
      throw new Error(
        `${name} was put to sleep or woken while it was compared with what was applied.`,
      );
    }
    return now;
  }

  /** Causes that are known already are kept for as long as the value is the same. */
  async #withCauses(
    environment: Environment,
    drifted: Array<DriftedResource & { kind: DriftFinding['kind'] }>,
    context: {
      before: DriftFinding[];
      inSyncAt?: Date;
      claim: DriftClaim;
      signal: AbortSignal;
    },
  ): Promise<DriftFinding[]> {
    const { before, claim, signal } = context;
    const since = await this.#lastInSync(environment, context.inSyncAt);
    const answers = new Map<string, DriftCause>();
    for (const finding of before) {
      for (const key of knownCauses(finding, drifted)) {
        answers.set(...key);
      }
    }
    const questions = drifted.flatMap(resource => {
      const names = namesOf(resource.physicalId);
      const { type, logicalId } = resource;
      const attributes: Array<string | undefined> =
        resource.kind === 'deleted'
          ? [undefined]
          : resource.attributes.map(({ path }) => path);
      return attributes
        .filter(attribute => !answers.has(keyOf(logicalId, attribute)))
        .map(attribute => ({
          key: keyOf(logicalId, attribute),
          type,
          names,
          attribute,
          since,
        }));
    });
    const causes = await this.#options.causes.find(
      environment,
      questions,
      signal,
    );
    questions.forEach(({ key }, index) => answers.set(key, causes[index]));
    return drifted.map(({ logicalId, type, path, physicalId, ...resource }) => {
      const old = before.find(finding => finding.logicalId === logicalId);
      return {
        logicalId,
        type,
        path,
        ...(physicalId && { physicalId }),
        kind: resource.kind,
        attributes: resource.attributes.map(change => ({
          ...change,
          cause: answers.get(keyOf(logicalId, change.path))!,
        })),
        ...(resource.kind === 'deleted' && {
          cause: answers.get(keyOf(logicalId))!,
        }),
        since:
          old?.kind === resource.kind
            ? old.since
            : claim.startedAt.toISOString(),
      };
    });
  }

  /** When it was last known to be as it was applied: at the end of its last apply, or when a check found nothing. */
  async #lastInSync(
    environment: Environment,
    inSyncAt: Date | undefined,
  ): Promise<Date> {
    const runs = await this.#options.runs.list({
      subject: subjectOf(environment.id),
      kinds: CHANGING_KINDS,
    });
    const applied = runs
      .filter(run => run.state === 'succeeded' && run.settledAt)
      .map(run => Date.parse(run.settledAt!));
    return new Date(
      Math.max(
        Date.parse(environment.readyAt ?? environment.createdAt),
        inSyncAt?.getTime() ?? 0,
        ...applied,
      ),
    );
  }
}

function failed(error: unknown, last: DriftReport | undefined): DriftOutcome {
  const { findings = [], explained = [], unchecked = [] } = last ?? {};
  return {
    state: 'unknown',
    reason: isError(error) ? error.message : String(error),
    findings,
    explained,
    unchecked,
  };
}

function knownCauses(
  finding: DriftFinding,
  drifted: DriftedResource[],
): Array<[string, DriftCause]> {
  const { logicalId, kind, cause } = finding;
  const now = drifted.find(resource => resource.logicalId === logicalId);
  if (!now || now.kind !== kind) {
    return [];
  }
  if (kind === 'deleted') {
    return cause?.known ? [[keyOf(logicalId), cause]] : [];
  }
  return finding.attributes.flatMap(old => {
    const same = now.attributes.some(
      ({ path, after }) => path === old.path && isSameValue(after, old.after),
    );
    return same && old.cause.known
      ? [[keyOf(logicalId, old.path), old.cause] as [string, DriftCause]]
      : [];
  });
}
