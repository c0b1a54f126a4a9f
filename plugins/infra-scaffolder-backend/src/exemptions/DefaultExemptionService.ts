import { randomUUID } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  infraEnvironmentUpdatePermission,
  LONGEST_EXEMPTION_DAYS,
  type Environment,
  type Exemption,
  type NewExemption,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import { isPersonAlone } from '../approvals/isPersonAlone';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import type { ReviewRegistry } from '../registry/ReviewRegistry';
import { actorOf } from '../services/actor';
import type { Announcer } from '../services/Announcer';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import { CHANGING_KINDS, subjectOf } from '../services/environmentRun';
import { policiesPath } from '../services/paths';
import { RequestIssuesError } from '../services/RequestIssuesError';
import type { As } from '../services/types';
import type { ExemptionService, ExemptionStore } from './types';

const DAY_MS = 24 * 60 * 60 * 1000;

const RIGHT_IT_TAKES =
  'Exempting from a rule takes the role of an approver or an admin, in person.';

interface Options {
  exemptions: ExemptionStore;
  activity: ActivityStore;
  announcer: Announcer;
  authorizer: EnvironmentAuthorizer;
  catalog: CatalogService;
  environments: EnvironmentStore;
  reviews: ReviewRegistry;
  runs: Pick<RunEngine, 'list'>;
  /** Who is told that somebody asks. */
  approvers: string[];
}

type Deed = 'asked' | 'granted' | 'declined' | 'revoked';

export class DefaultExemptionService implements ExemptionService {
  readonly #options: Options;

  static create(options: Options): DefaultExemptionService {
    return new DefaultExemptionService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Everybody who is signed in knows the rules. */
  policies() {
    const { checker } = this.#options.reviews;
    return {
      items: checker?.rules() ?? [],
      isChecked: checker !== undefined,
    };
  }

  async list(
    environmentId: string | undefined,
    { credentials }: As,
  ): Promise<Exemption[]> {
    const { authorizer, environments, exemptions } = this.#options;
    const items = await exemptions.list(environmentId, new Date());
    const isVisible = await authorizer.visibility(credentials);
    const found = await environments.findMany([
      ...new Set(items.flatMap(({ environment }) => environment?.id ?? [])),
    ]);
    const visible = new Set(
      found.filter(environment => isVisible(environment)).map(({ id }) => id),
    );
    return items.filter(
      ({ environment }) => !environment || visible.has(environment.id),
    );
  }

  async mayGrant(
    environmentId: string | undefined,
    { credentials }: As,
  ): Promise<boolean> {
    if (
      !isPersonAlone(credentials) ||
      !(await this.#options.authorizer.mayExempt(credentials))
    ) {
      return false;
    }
    const environment =
      environmentId === undefined
        ? undefined
        : await this.#options.environments.find(environmentId);
    return !environment || !(await this.#isAuthor(environment, credentials));
  }

  async grant(exemption: NewExemption, as: As): Promise<Exemption> {
    await this.#assertGrants(as);
    const environment = await this.#environment(exemption.environmentId, as);
    await this.#assertNotAuthor(environment, as);
    await this.#assertGood(exemption, as);
    return this.#insert(exemption, environment, 'granted', as);
  }

  async ask(exemption: NewExemption, as: As): Promise<Exemption> {
    if (!exemption.environmentId) {
      throw new RequestIssuesError([
        {
          path: 'environmentId',
          message:
            'Ask for one environment. For every environment only who may grant exemptions can exempt.',
        },
      ]);
    }
    const environment = (await this.#environment(exemption.environmentId, as))!;
    await this.#options.authorizer.assertAllowed(
      infraEnvironmentUpdatePermission,
      environment,
      'ask for an exemption in',
      as.credentials,
    );
    await this.#assertGood(exemption, as);
    const asked = await this.#insert(exemption, environment, 'asked', as);
    await this.#options.announcer.notifyAll(this.#options.approvers, {
      except: [asked.askedBy],
      title: `${environment.name}: an exemption from ${asked.rule} is asked for`,
      description: `For ${asked.resourcePattern}, until ${asked.expiresAt}: ${asked.reason}`,
      link: policiesPath(),
      severity: 'normal',
    });
    return asked;
  }

  async grantAsked(id: string, as: As): Promise<Exemption> {
    await this.#assertGrants(as);
    const { exemption, environment } = await this.#visible(id, as);
    const by = actorOf(as.credentials);
    if (exemption.askedBy === by) {
      throw new NotAllowedError(
        'You asked for this exemption. Somebody else grants it.',
      );
    }
    await this.#assertNotAuthor(environment, as);
    if (!(await this.#options.exemptions.grant(id, by, new Date()))) {
      throw new ConflictError(await this.#isOver(exemption));
    }
    return this.#told(exemption, 'granted', by);
  }

  async end(id: string, as: As): Promise<Exemption> {
    const { exemption } = await this.#visible(id, as);
    const by = actorOf(as.credentials);
    const isOwnQuestion =
      exemption.state === 'asked' && exemption.askedBy === by;
    if (!isOwnQuestion) {
      await this.#assertGrants(as);
    }
    if (!(await this.#options.exemptions.end(id, by, new Date()))) {
      throw new ConflictError(await this.#isOver(exemption));
    }
    const deed = exemption.state === 'asked' ? 'declined' : 'revoked';
    return this.#told(exemption, deed, by);
  }

  async #insert(
    exemption: NewExemption,
    environment: Environment | undefined,
    deed: 'asked' | 'granted',
    as: As,
  ): Promise<Exemption> {
    const id = randomUUID();
    const askedBy = actorOf(as.credentials);
    const at = new Date();
    const isGranted = deed === 'granted';
    await this.#options.exemptions.insert(
      { ...exemption, id },
      { askedBy, isGranted, at },
    );
    const inserted = (await this.#options.exemptions.find(id, at))!;
    await this.#record(inserted, deed, askedBy, environment);
    return inserted;
  }

  /** Writes the deed down, tells who asked, and says how it stands now. */
  async #told(
    { id, environment }: Exemption,
    deed: Deed,
    by: string,
  ): Promise<Exemption> {
    const { announcer, environments, exemptions } = this.#options;
    const now = (await exemptions.find(id, new Date()))!;
    const place = environment && (await environments.find(environment.id));
    await this.#record(now, deed, by, place);
    await announcer.notifyAll([now.askedBy], {
      except: [by],
      title: `The exemption from ${now.rule} was ${deed}`,
      description: `By ${by}, for ${now.resourcePattern} in ${
        environment?.name ?? 'every environment'
      }.`,
      link: policiesPath(),
      severity: 'normal',
    });
    return now;
  }

  async #record(
    { rule, resourcePattern, expiresAt, reason }: Exemption,
    deed: Deed,
    actor: string,
    environment: Environment | undefined,
  ): Promise<void> {
    if (!environment) {
      return;
    }
    const words: Record<Deed, string> = {
      asked: 'Asked for an exemption',
      granted: 'Granted an exemption',
      declined: 'Declined an exemption',
      revoked: 'Took back an exemption',
    };
    const action = `exemption.${deed}`;
    await this.#options.activity.add(environment.id, {
      at: new Date(),
      actor,
      action,
      message: `${words[deed]} from ${rule} for ${resourcePattern} until ${expiresAt}: ${reason}`,
    });
    await this.#options.announcer.changed(environment, action);
  }

  async #isOver({ id }: Exemption): Promise<string> {
    const now = await this.#options.exemptions.find(id, new Date());
    const by = now?.endedBy ?? now?.grantedBy;
    return `The exemption is ${now?.state}${by ? `, by ${by}` : ''}.`;
  }

  async #assertGrants(as: As): Promise<void> {
    if (!(await this.mayGrant(undefined, as))) {
      throw new NotAllowedError(RIGHT_IT_TAKES);
    }
  }

  /** Nobody lets through what they asked for, whatever became of it meanwhile: a run that failed can be retried. */
  async #assertNotAuthor(
    environment: Environment | undefined,
    { credentials }: As,
  ): Promise<void> {
    if (environment && (await this.#isAuthor(environment, credentials))) {
      throw new NotAllowedError(
        `You asked for ${environment.name}, for its last change or for one that can still go on. Somebody else exempts it.`,
      );
    }
  }

  async #isAuthor(
    { id, createdBy }: Environment,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const actor = actorOf(credentials);
    if (createdBy === actor) {
      return true;
    }
    const runs = await this.#options.runs.list({
      subject: subjectOf(id),
      kinds: CHANGING_KINDS,
    });
    return runs.some(
      (run, index) =>
        run.createdBy === actor &&
        (index === 0 ||
          (run.state !== 'succeeded' && run.state !== 'cancelled')),
    );
  }

  async #environment(
    id: string | undefined,
    { credentials }: As,
  ): Promise<Environment | undefined> {
    return id === undefined
      ? undefined
      : this.#options.authorizer.assertReadable(
          await this.#options.environments.find(id),
          `environment ${id}`,
          credentials,
        );
  }

  /** @throws NotFoundError, also where the person may not know of the environment. */
  async #visible(id: string, as: As) {
    const exemption = await this.#options.exemptions.find(id, new Date());
    if (!exemption) {
      throw new NotFoundError(`There is no exemption ${id}.`);
    }
    const environment = await this.#environment(exemption.environment?.id, as);
    return { exemption, environment };
  }

  async #assertGood(exemption: NewExemption, { credentials }: As) {
    const issues = [
      this.#checkRule(exemption),
      this.#checkExpiry(exemption, new Date()),
      await this.#checkOwner(exemption, credentials),
    ].filter(issue => issue !== undefined);
    if (issues.length > 0) {
      throw new RequestIssuesError(issues);
    }
  }

  #checkRule({ rule }: NewExemption): RequestIssue | undefined {
    return this.policies().items.some(known => known.rule === rule)
      ? undefined
      : {
          path: 'rule',
          message: `There is no rule ${rule}. The rules are on the page Policies.`,
        };
  }

  #checkExpiry(
    { expiresAt }: NewExemption,
    now: Date,
  ): RequestIssue | undefined {
    const last = new Date(now.getTime() + LONGEST_EXEMPTION_DAYS * DAY_MS);
    const at = new Date(expiresAt);
    return now < at && at <= last
      ? undefined
      : {
          path: 'expiresAt',
          message: `Choose a time from now on, at most ${LONGEST_EXEMPTION_DAYS} days ahead.`,
        };
  }

  async #checkOwner(
    { owner }: NewExemption,
    credentials: BackstageCredentials,
  ): Promise<RequestIssue | undefined> {
    const { items } = await this.#options.catalog
      .getEntitiesByRefs({ entityRefs: [owner] }, { credentials })
      .catch(cause => {
        throw new ServiceUnavailableError(
          'The catalog does not answer, so the owner cannot be checked. Try again in a minute.',
          cause,
        );
      });
    return items[0]
      ? undefined
      : {
          path: 'owner',
          message: `The catalog has no ${owner}. Choose a person or group that is in the catalog.`,
        };
  }
}
