import type {
  EngineRequest,
  InfraEngine,
} from '@slipway/plugin-infra-scaffolder-node';
import { type StepContext, StepFailedError } from '@slipway/plugin-runs-node';
import type { CloudFormationGateway } from '../aws/types';
import type { Synthesiser } from '../synth/types';
import { basisOf, busyFailure, isBusy, isLeftOver, requireOurs } from './basis';
import { blueprintInput } from './blueprintInput';
import { planDestroy } from './planDestroy';
import { planUpdate } from './planUpdate';
import { describedResources, parseTemplate } from './template';

export type EnginePlan = Awaited<ReturnType<InfraEngine['plan']>>;

export interface PlanDependencies {
  gateway: CloudFormationGateway;
  synthesiser: Synthesiser;
}

/** Plans one operation on an environment's stack; changes no resource. */
export async function planStack(
  ctx: StepContext,
  request: EngineRequest,
  dependencies: PlanDependencies,
): Promise<EnginePlan> {
  const { gateway, synthesiser } = dependencies;
  const { environment, operation, blueprint } = request;
  if (operation === 'destroy') {
    return planDestroy(ctx, request, dependencies);
  }

  const { cdkModule } = blueprint;
  if (!cdkModule) {
    throw new StepFailedError({
      code: 'cdk.blueprint-unsupported',
      message: `The blueprint ${blueprint.blueprint.id} ${blueprint.blueprint.version} has nothing for the CDK engine.`,
      mend: 'Choose another engine.',
    });
  }
  const zones = await gateway.availabilityZones(ctx.signal);
  const input = blueprintInput(request, zones);
  const existing = await gateway.describeStack(input.stackName, ctx.signal);
  if (existing) {
    requireOurs(existing, environment);
    if (isBusy(existing.status)) {
      throw busyFailure(existing);
    }
  }
  const { template, warnings } = await synthesiser.synth(
    cdkModule,
    input,
    ctx.signal,
  );
  const { revertDrift } = request;
  const synthesised = { input, template, warnings, revertDrift };
  if (existing && !isLeftOver(existing.status)) {
    if (operation === 'create') {
      throw new StepFailedError({
        code: 'cdk.environment-exists',
        message: `The stack ${existing.name} of this environment exists already (${existing.status}).`,
        mend: 'Update the environment or destroy it.',
      });
    }
    return planUpdate(ctx, existing, synthesised, dependencies);
  }
  if (operation === 'update') {
    throw new StepFailedError({
      code: 'cdk.environment-missing',
      message: `There is no stack ${input.stackName} in account ${environment.accountId}, ${environment.region}, to update.`,
      mend: 'Somebody deleted it outside the portal. Destroy the environment here and create it anew.',
    });
  }
  return {
    changes: await synthesiser.diff(
      { before: '', after: template },
      ctx.signal,
    ),
    resources: {
      before: [],
      after: describedResources(parseTemplate(template)),
    },
    warnings: [
      ...warnings,
      ...(existing
        ? [
            `An earlier try left the stack ${existing.name} behind (${existing.status}); it is removed first.`,
          ]
        : []),
    ],
    artifact: {
      body: template,
      meta: {
        stackName: input.stackName,
        availabilityZones: input.availabilityZones,
      },
    },
    basis: basisOf(existing),
  };
}
