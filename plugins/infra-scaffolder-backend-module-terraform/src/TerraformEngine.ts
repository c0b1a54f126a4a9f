import type { JsonObject } from '@backstage/types';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type {
  EngineAvailability,
  Environment,
  EnvironmentResource,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  consoleUrl,
  toStepFailure,
  type AppliedEnvironment,
  type DiscardRequest,
  type DriftedResource,
  type EngineRequest,
  type InfraEngine,
  type PlannedArtifact,
} from '@slipway/plugin-infra-scaffolder-node';
import { type StepContext, StepFailedError } from '@slipway/plugin-runs-node';
import { applyPlan } from './apply/applyPlan';
import { type Cancelled, cancelWork } from './apply/cancelWork';
import { type Toolchain, ToolchainFinder } from './binary/toolchain';
import type { TerraformSettings } from './config';
import { typeOf } from './describe/describe';
import { pathOf } from './describe/naming';
import { normalisePlan } from './describe/planChanges';
import { detectDrift } from './drift/detectDrift';
import { makePlan } from './plan/runPlan';
import { forgetPlans } from './plan/forgetPlans';
import { type EnginePlan, planRoot } from './plan/planRoot';
import { Slots } from './workspace/Slots';
import { type EngineWorld, storeOf, type WorldRequest, worldOf } from './world';

/**
 * The engine `terraform`: Terraform or OpenTofu as a process of its own, which plans into a file beside the state and
 * applies exactly that file.
 */
export class TerraformEngine implements InfraEngine {
  readonly id = 'terraform';
  readonly title = 'Terraform';
  readonly #aws: AwsAccess;
  readonly #settings: TerraformSettings;
  readonly #toolchain: ToolchainFinder;
  /** Reads never wait for applies, nor applies for reads. */
  readonly #slots: { changes: Slots; reads: Slots };

  static create(options: {
    aws: AwsAccess;
    settings: TerraformSettings;
  }): TerraformEngine {
    return new TerraformEngine(options.aws, options.settings);
  }

  private constructor(aws: AwsAccess, settings: TerraformSettings) {
    this.#aws = aws;
    this.#settings = settings;
    this.#toolchain = ToolchainFinder.create(settings);
    this.#slots = {
      changes: Slots.create(settings.atOnce),
      reads: Slots.create(settings.atOnce),
    };
  }

  async availability(): Promise<EngineAvailability> {
    const found = await this.#toolchain.find();
    return {
      id: this.id,
      title: this.title,
      available: !('reason' in found),
      ...('reason' in found && { reason: found.reason }),
    };
  }

  async plan(ctx: StepContext, request: EngineRequest): Promise<EnginePlan> {
    return this.#within(request.environment, 'planning', async () =>
      planRoot(ctx, request, await this.#worldOf(request, 'reads')),
    );
  }

  async apply(
    ctx: StepContext,
    request: EngineRequest & { artifact: PlannedArtifact; basis: JsonObject },
  ): Promise<AppliedEnvironment> {
    return this.#within(request.environment, 'applying the plan of', async () =>
      applyPlan(
        ctx,
        request,
        await this.#worldOf(request, 'changes'),
        request.artifact,
        request.basis,
      ),
    );
  }

  async cancel(
    ctx: StepContext,
    request: EngineRequest & { artifact?: PlannedArtifact },
  ): Promise<Cancelled> {
    return this.#within(request.environment, 'cancelling', async () =>
      cancelWork(ctx, request, await this.#worldOf(request, 'changes')),
    );
  }

  async discard(
    ctx: StepContext,
    { environment }: DiscardRequest,
  ): Promise<void> {
    await this.#within(environment, 'discarding the plan of', async () =>
      forgetPlans(
        ctx,
        await storeOf(this.#aws, this.#settings, environment),
        environment.id,
      ),
    );
  }

  async preview(
    request: EngineRequest,
    signal: AbortSignal,
  ): Promise<Pick<Plan, 'changes' | 'warnings'>> {
    const world = await this.#worldOf(request, 'reads');
    return this.#within(request.environment, 'previewing', () =>
      world.inWorkspace({ signal }, async workspace => {
        const { document } = await makePlan(workspace, signal, {
          destroy: false,
        });
        return { changes: normalisePlan(document).changes, warnings: [] };
      }),
    );
  }

  async detectDrift(
    environment: Environment,
    signal: AbortSignal,
  ): Promise<DriftedResource[]> {
    return this.#within(environment, 'checking the drift of', async () =>
      detectDrift(await this.#worldOf({ environment }, 'reads'), signal),
    );
  }

  async listResources(
    environment: Environment,
    signal?: AbortSignal,
  ): Promise<EnvironmentResource[]> {
    const state = await this.#within(environment, 'reading', async () => {
      const store = await storeOf(this.#aws, this.#settings, environment);
      return store.readState(environment.id, signal);
    });
    return (state?.resources ?? [])
      .map(({ address, type: terraformType, attributes, isTainted }) => {
        const type = typeOf(terraformType);
        const id = attributes.id;
        const physicalId = typeof id === 'string' ? id : undefined;
        const url = consoleUrl(type, physicalId, environment.region);
        return {
          logicalId: address,
          type,
          path: pathOf(address),
          ...(physicalId && { physicalId }),
          status: isTainted ? ('failed' as const) : ('done' as const),
          awsStatus: isTainted ? 'tainted' : 'in the state',
          updatedAt: environment.updatedAt,
          ...(url && { consoleUrl: url }),
        };
      })
      .sort((a, b) => a.path.localeCompare(b.path, 'en'));
  }

  async #within<T>(
    { name, accountId, region }: Environment,
    doing: string,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toStepFailure(error, {
        accountId,
        region,
        doing: `${doing} ${name}`,
      });
    }
  }

  async #worldOf(
    request: WorldRequest,
    slots: 'changes' | 'reads',
  ): Promise<EngineWorld> {
    return worldOf(request, {
      aws: this.#aws,
      settings: this.#settings,
      slots: this.#slots[slots],
      toolchain: await this.#requireToolchain(),
    });
  }

  async #requireToolchain(): Promise<Toolchain> {
    const found = await this.#toolchain.find();
    if ('reason' in found) {
      throw new StepFailedError(
        {
          code: 'terraform.unavailable',
          message: `This portal cannot run Terraform: ${found.reason}`,
          mend: 'Mend that, then retry the step.',
        },
        { retryable: true },
      );
    }
    return found;
  }
}
