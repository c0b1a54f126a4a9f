import {
  ConflictError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  completeParameters,
  infraEnvironmentUpdatePermission,
  type Environment,
  type OutdatedEnvironment,
  type StartedUpgrade,
  type UpgradePreview,
} from '@slipway/plugin-infra-scaffolder-common';
import { StepFailedError } from '@slipway/plugin-runs-node';
import type { EnvironmentStore } from '../database/types';
import type { FleetService } from '../fleet/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import { withDesiredState } from '../services/environmentRun';
import type { As, EnvironmentService } from '../services/types';
import { keptParameters, newerBlueprint, outdated } from './outdated';
import type { UpgradeService } from './types';

/** How long an engine may take to say what an upgrade would do. */
const PREVIEW_TIMEOUT_MS = 120_000;
/** Environments that are read at a time. */
const PAGE = 200;

/**
 * What an engine could not tell, in the words of an answer.
 *
 * @throws ServiceUnavailableError where it may come out otherwise in a minute, ConflictError where not
 */
async function told<T>(preview: Promise<T>): Promise<T> {
  try {
    return await preview;
  } catch (error) {
    if (error instanceof StepFailedError) {
      const { message, mend = '' } = error.problem;
      const words = `${message} ${mend}`.trim();
      throw error.retryable
        ? new ServiceUnavailableError(words, error)
        : new ConflictError(words, error);
    }
    if (isError(error) && /^(Abort|Timeout)Error$/.test(error.name)) {
      throw new ServiceUnavailableError(
        `What the upgrade would do was not known within ${
          PREVIEW_TIMEOUT_MS / 1000
        } s. Try again, or start the upgrade: its plan says it before anything happens.`,
        error,
      );
    }
    throw error;
  }
}

interface Options {
  environments: EnvironmentStore;
  /** What a person may do with environments. */
  environmentService: EnvironmentService;
  /** What a person may see of them. */
  fleet: FleetService;
  authorizer: EnvironmentAuthorizer;
  blueprints: BlueprintRegistry;
  engines: EngineRegistry;
}

/** Environments of older versions of their blueprints, as far as a person may see and change them. */
export class DefaultUpgradeService implements UpgradeService {
  readonly #options: Options;

  static create(options: Options): DefaultUpgradeService {
    return new DefaultUpgradeService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async listUpgrades(as: As): Promise<OutdatedEnvironment[]> {
    const blueprints = this.#options.blueprints.list();
    const found: OutdatedEnvironment[] = [];
    for await (const environment of this.#outdated(as)) {
      const item = outdated(environment, blueprints);
      if (item) {
        found.push(item);
      }
    }
    return found.sort((a, b) =>
      a.environment.name.localeCompare(b.environment.name, 'en'),
    );
  }

  async previewUpgrade(environmentId: string, as: As): Promise<UpgradePreview> {
    const { authorizer, engines, blueprints } = this.#options;
    const environment = await this.#find(environmentId, as);
    await authorizer.assertAllowed(
      infraEnvironmentUpdatePermission,
      environment,
      'upgrade',
      as.credentials,
    );
    const newer = this.#newer(environment);
    const engine = engines.get(environment.engine);
    if (!engine.preview) {
      throw new ConflictError(
        `${engine.title} cannot say what an upgrade would do without a run. Start the upgrade: its plan says it before anything happens.`,
      );
    }
    const { kept } = keptParameters(environment, newer);
    const desired = withDesiredState(environment, {
      size: environment.size,
      parameters: kept,
      blueprintVersion: newer.version,
    });
    const preview = await told(
      engine.preview(
        {
          environment: desired,
          operation: 'update',
          blueprint: blueprints.get(newer.id, newer.version),
          parameters: completeParameters(newer, environment.size, kept),
        },
        AbortSignal.timeout(PREVIEW_TIMEOUT_MS),
      ),
    );
    return {
      environmentId: environment.id,
      from: environment.blueprint.version,
      to: newer.version,
      ...preview,
    };
  }

  async startUpgrades(
    environmentIds: string[],
    as: As,
  ): Promise<StartedUpgrade[]> {
    const started: StartedUpgrade[] = [];
    for (const environmentId of new Set(environmentIds)) {
      started.push(await this.#start(environmentId, as));
    }
    return started;
  }

  /** Never rejects: what one is refused for does not keep the others. */
  async #start(environmentId: string, as: As): Promise<StartedUpgrade> {
    let environmentName = environmentId;
    let to: string | undefined;
    try {
      const environment = await this.#find(environmentId, as);
      environmentName = environment.name;
      const newer = this.#newer(environment);
      to = newer.version;
      const { runId } = await this.#options.environmentService.update(
        environment.id,
        {
          blueprintVersion: newer.version,
          parameters: keptParameters(environment, newer).kept,
        },
        { ...as, purpose: { kind: 'upgrade' } },
      );
      return { environmentId, environmentName, to, runId };
    } catch (error) {
      return {
        environmentId,
        environmentName,
        ...(to && { to }),
        problem: isError(error) ? error.message : String(error),
      };
    }
  }

  #newer(environment: Environment) {
    const newer = newerBlueprint(environment, this.#options.blueprints.list());
    if (!newer) {
      throw new ConflictError(
        `${environment.name} is of the newest version of its blueprint, ${environment.blueprint.id} ${environment.blueprint.version}.`,
      );
    }
    return newer;
  }

  async #find(environmentId: string, as: As): Promise<Environment> {
    const { environments, authorizer } = this.#options;
    return authorizer.assertReadable(
      await environments.find(environmentId),
      `environment ${environmentId}`,
      as.credentials,
    );
  }

  /** The back end's database knows which are old, so that thousands of others are not read. */
  async *#outdated(as: As): AsyncGenerator<Environment> {
    const { environments, fleet } = this.#options;
    let cursor: string | undefined;
    do {
      const page = await fleet.list(
        {
          where: { version: ['outdated'] },
          sort: 'name',
          limit: PAGE,
          ...(cursor && { cursor }),
        },
        as,
      );
      yield* await environments.findMany(page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
  }
}
