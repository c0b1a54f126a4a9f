import type { JsonObject } from '@backstage/types';
import type {
  EngineAvailability,
  Environment,
  EnvironmentResource,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  AppliedEnvironment,
  DescribedResource,
  DiscardRequest,
  DriftedResource,
  EngineRequest,
  InfraEngine,
  PlannedArtifact,
} from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import { toStepFailure } from '@slipway/plugin-infra-scaffolder-node';
import { type Cancelled, cancelStack } from './apply/cancelStack';
import { createStack } from './apply/createStack';
import { destroyStack } from './apply/destroyStack';
import { toEnvironmentResource } from './apply/resourceStates';
import { updateStack } from './apply/updateStack';
import { type EngineWorld, worldOf } from './apply/world';
import type { CloudFormationGateways } from './aws/types';
import type { WatchSettings } from './config';
import { describeBlueprint } from './drift/describeBlueprint';
import { detectDrift } from './drift/detectDrift';
import { readBasis } from './plan/basis';
import { discardPlan } from './plan/discardPlan';
import { stackNameOf } from './plan/naming';
import { type EnginePlan, planStack } from './plan/planStack';
import { previewStack } from './plan/previewStack';
import { parseTemplate, resourcePaths } from './plan/template';
import type { Synthesiser } from './synth/types';

/**
 * The engine `cdk`: the CDK toolkit builds and compares templates in a process of its own, CloudFormation applies them
 * through requests that the run journals.
 */
export class CdkEngine implements InfraEngine {
  readonly id = 'cdk';
  readonly title = 'AWS CDK';
  readonly #gateways: CloudFormationGateways;
  readonly #synthesiser: Synthesiser;
  readonly #settings: WatchSettings;

  static create(options: {
    gateways: CloudFormationGateways;
    synthesiser: Synthesiser;
    settings: WatchSettings;
  }): CdkEngine {
    return new CdkEngine(
      options.gateways,
      options.synthesiser,
      options.settings,
    );
  }

  private constructor(
    gateways: CloudFormationGateways,
    synthesiser: Synthesiser,
    settings: WatchSettings,
  ) {
    this.#gateways = gateways;
    this.#synthesiser = synthesiser;
    this.#settings = settings;
  }

  async availability(): Promise<EngineAvailability> {
    return { id: this.id, title: this.title, available: true };
  }

  plan(ctx: StepContext, request: EngineRequest): Promise<EnginePlan> {
    const { environment } = request;
    return this.#within(environment, 'planning', async () => {
      const { gateway } = await this.#worldOf(ctx, environment);
      return planStack(ctx, request, {
        gateway,
        synthesiser: this.#synthesiser,
      });
    });
  }

  apply(
    ctx: StepContext,
    request: EngineRequest & { artifact: PlannedArtifact; basis: JsonObject },
  ): Promise<AppliedEnvironment> {
    const { environment, operation, artifact } = request;
    const basis = readBasis(request.basis);
    return this.#within(environment, 'applying the plan', async () => {
      const world = await this.#worldOf(ctx, environment);
      switch (operation) {
        case 'create':
          return createStack(ctx, world, artifact);
        case 'update':
          return updateStack(ctx, world, artifact, basis);
        default:
          return destroyStack(ctx, world, artifact, basis);
      }
    });
  }

  cancel(
    ctx: StepContext,
    request: EngineRequest & { artifact?: PlannedArtifact },
  ): Promise<Cancelled> {
    const { environment, operation } = request;
    return this.#within(environment, 'cancelling', async () =>
      cancelStack(ctx, await this.#worldOf(ctx, environment), operation),
    );
  }

  discard(
    ctx: StepContext,
    { environment, operation }: DiscardRequest,
  ): Promise<void> {
    return this.#within(environment, 'discarding the plan of', async () => {
      if (operation === 'update') {
        const { gateway } = await this.#worldOf(ctx, environment);
        await discardPlan(ctx, gateway, stackNameOf(environment));
      }
    });
  }

  detectDrift(
    environment: Environment,
    signal: AbortSignal,
  ): Promise<DriftedResource[]> {
    return this.#within(environment, 'checking the drift of', async () => {
      const { accountId, region } = environment;
      const gateway = await this.#gateways.of({ accountId, region });
      return detectDrift(gateway, environment, signal);
    });
  }

  describe(
    request: Pick<EngineRequest, 'environment' | 'blueprint' | 'parameters'>,
    signal: AbortSignal,
  ): Promise<DescribedResource[]> {
    return describeBlueprint(request, this.#synthesiser, signal);
  }

  preview(
    request: EngineRequest,
    signal: AbortSignal,
  ): Promise<Pick<Plan, 'changes' | 'warnings'>> {
    const { environment } = request;
    return this.#within(environment, 'previewing', async () => {
      const { accountId, region } = environment;
      const gateway = await this.#gateways.of({ accountId, region });
      const synthesiser = this.#synthesiser;
      return previewStack(request, { gateway, synthesiser }, signal);
    });
  }

  listResources(
    environment: Environment,
    signal?: AbortSignal,
  ): Promise<EnvironmentResource[]> {
    return this.#within(environment, 'listing resources', async () => {
      const { accountId, region } = environment;
      const gateway = await this.#gateways.of({ accountId, region });
      const { stackId } = environment.engineState;
      const stack =
        typeof stackId === 'string' ? stackId : stackNameOf(environment);
      const [resources, body = ''] = await Promise.all([
        gateway.listResources(stack, signal),
        gateway.getTemplate(stack, signal),
      ]);
      const facts = {
        region: environment.region,
        paths: resourcePaths(parseTemplate(body)),
      };
      return resources
        .map(resource => toEnvironmentResource(resource, facts))
        .sort((a, b) => a.path.localeCompare(b.path, 'en'));
    });
  }

  #worldOf(ctx: StepContext, environment: Environment): Promise<EngineWorld> {
    return worldOf(ctx, environment, this.#gateways, this.#settings);
  }

  async #within<T>(
    environment: Environment,
    doing: string,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { accountId, region } = environment;
      throw toStepFailure(error, {
        accountId,
        region,
        doing: `${doing} ${stackNameOf(environment)}`,
      });
    }
  }
}
