import type { Plan } from '@slipway/plugin-infra-scaffolder-common';
import type { EngineRequest } from '@slipway/plugin-infra-scaffolder-node';
import type { PlanDependencies } from './planStack';
import { requireOurs } from './basis';
import { blueprintInput } from './blueprintInput';
import { stackNameOf } from './naming';

/**
 * What an update would do, by the toolkit's comparison of the stack's template with the new one. No change set is made:
 * whether a reference to something that changes replaces a resource is known only to the plan of a run.
 */
export async function previewStack(
  request: EngineRequest,
  { gateway, synthesiser }: PlanDependencies,
  signal: AbortSignal,
): Promise<Pick<Plan, 'changes' | 'warnings'>> {
  const { environment, blueprint } = request;
  const name = stackNameOf(environment);
  const stack = await gateway.describeStack(name, signal);
  if (!stack || !blueprint.cdkModule) {
    throw new Error(
      stack
        ? `The blueprint ${blueprint.blueprint.id} ${blueprint.blueprint.version} has nothing for the CDK engine.`
        : `There is no stack ${name} in account ${environment.accountId}, ${environment.region}: somebody deleted it outside the portal.`,
    );
  }
  requireOurs(stack, environment);
  const zones = await gateway.availabilityZones(signal);
  const [before = '', { template, warnings }] = await Promise.all([
    gateway.getTemplate(stack.id, signal),
    synthesiser.synth(
      blueprint.cdkModule,
      blueprintInput(request, zones),
      signal,
    ),
  ]);
  return {
    changes: await synthesiser.diff({ before, after: template }, signal),
    warnings,
  };
}
