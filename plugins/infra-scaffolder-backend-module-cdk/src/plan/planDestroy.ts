import type { ResourceChange } from '@slipway/plugin-infra-scaffolder-common';
import type { EngineRequest } from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import type { CloudFormationGateway, StackResource } from '../aws/types';
import { basisOf, busyFailure, isBusy, requireOurs } from './basis';
import { bucketsToDelete } from './buckets';
import { stackNameOf } from './naming';
import type { EnginePlan, PlanDependencies } from './planStack';
import { protectedDatabases } from './protection';
import {
  describedResources,
  isKept,
  parseTemplate,
  resourcePaths,
  type Template,
} from './template';

/** Plans the deletion of everything in the stack, and says what outlives it. */
export async function planDestroy(
  ctx: StepContext,
  { environment }: EngineRequest,
  { gateway }: PlanDependencies,
): Promise<EnginePlan> {
  const stackName = stackNameOf(environment);
  const stack = await gateway.describeStack(stackName, ctx.signal);
  if (!stack) {
    return {
      changes: [],
      resources: { before: [], after: [] },
      warnings: [
        `There is no stack ${stackName} in account ${environment.accountId}, ${environment.region}: nothing is left to delete.`,
      ],
      artifact: { body: '', meta: { stackName } },
      basis: basisOf(undefined),
    };
  }
  requireOurs(stack, environment);
  if (isBusy(stack.status)) {
    throw busyFailure(stack);
  }
  const [body = '', resources] = await Promise.all([
    gateway.getTemplate(stack.id, ctx.signal),
    gateway.listResources(stack.id, ctx.signal),
  ]);
  const template = parseTemplate(body);
  const described = describedResources(template);
  const living = resources.filter(
    resource => resource.status !== 'DELETE_COMPLETE',
  );
  const locked = await protectedDatabases(gateway, living, ctx.signal);
  return {
    changes: deletions(living, template),
    resources: {
      before: described,
      after: described.filter(({ logicalId }) => isKept(template, logicalId)),
    },
    warnings: [
      ...locked.map(
        database =>
          `The database ${database.id} is protected from deletion; the protection is switched off first.`,
      ),
      ...(await bucketWarnings(ctx, gateway, living, template)),
      ...policyWarnings(living, template),
    ],
    artifact: { body, meta: { stackName } },
    basis: basisOf(stack),
  };
}

function deletions(
  resources: StackResource[],
  template: Template,
): ResourceChange[] {
  const paths = resourcePaths(template);
  return resources
    .map(({ logicalId, type, physicalId }) => ({
      logicalId,
      type,
      path: paths[logicalId] ?? logicalId,
      action: isKept(template, logicalId)
        ? ('unchanged' as const)
        : ('delete' as const),
      ...(physicalId && { physicalId }),
      attributes: [],
    }))
    .sort((a, b) => a.path.localeCompare(b.path, 'en'));
}

async function bucketWarnings(
  ctx: StepContext,
  gateway: CloudFormationGateway,
  resources: StackResource[],
  template: Template,
): Promise<string[]> {
  const warnings: string[] = [];
  for (const bucket of bucketsToDelete(resources, template)) {
    const { objects, isMore } = await gateway.bucketContent(
      bucket.name,
      ctx.signal,
    );
    if (objects === 0) {
      continue;
    }
    const holds = `The bucket ${bucket.name} holds ${
      isMore ? 'more than 1,000 objects' : counted(objects)
    }, old versions counted`;
    warnings.push(
      bucket.mayBeEmptied
        ? `${holds}; they are deleted with it.`
        : `${holds}, and the blueprint does not let them be deleted: the destroy stops there unless you empty it first.`,
    );
  }
  return warnings;
}

function counted(objects: number): string {
  return objects === 1
    ? '1 object'
    : `${objects.toLocaleString('en-US')} objects`;
}

function policyWarnings(
  resources: StackResource[],
  template: Template,
): string[] {
  return resources.flatMap(({ logicalId, type, physicalId }) => {
    const name = physicalId ?? logicalId;
    const policy = template.Resources?.[logicalId]?.DeletionPolicy;
    if (isKept(template, logicalId)) {
      return [`${type} ${name} is kept: the blueprint says so.`];
    }
    if (policy === 'Snapshot') {
      return [`${type} ${name} is deleted; a final snapshot of it is kept.`];
    }
    return [];
  });
}
