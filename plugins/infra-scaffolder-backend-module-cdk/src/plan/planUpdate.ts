import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { type StepContext, StepFailedError } from '@slipway/plugin-runs-node';
import { stageTemplate } from '../apply/stageTemplate';
import type {
  ChangeSetDescription,
  CloudFormationGateway,
  Stack,
} from '../aws/types';
import type { SynthResult } from '../worker/protocol';
import { basisOf } from './basis';
import { changeSetName } from './changeSetName';
import { discardPlan } from './discardPlan';
import type { EnginePlan, PlanDependencies } from './planStack';
import { revertedChanges, type Reverted } from './revertedChanges';
import { describedResources, parseTemplate } from './template';

const POLL_MILLISECONDS = 1000;

/**
 * Plans an update by a change set, which the apply then executes: exactly what was shown is what is done. One that puts
 * back what drifted is a drift-aware change set.
 */
export async function planUpdate(
  ctx: StepContext,
  stack: Stack,
  {
    input,
    template,
    warnings,
    revertDrift = false,
  }: SynthResult & {
    input: BlueprintInput;
    /** What drifted is put back too. */
    revertDrift?: boolean;
  },
  { gateway, synthesiser }: PlanDependencies,
): Promise<EnginePlan> {
  const name = changeSetName(ctx);
  const source = await stageTemplate(ctx, gateway, template);
  await ctx.call({
    name: 'CreateChangeSet',
    facts: {
      stackName: stack.name,
      changeSetName: name,
      ...(revertDrift && { deploymentMode: 'REVERT_DRIFT' }),
    },
    guard: {
      type: 'name',
      observe: async () => {
        const found = await gateway.describeChangeSet(stack.name, name);
        return found
          ? { done: true, result: { id: found.id } }
          : { done: false };
      },
    },
    execute: token =>
      gateway.createChangeSet(name, {
        stackName: stack.name,
        template: source,
        tags: input.tags,
        token,
        revertDrift,
      }),
  });
  const changeSet = await settled(ctx, gateway, stack.name, name);
  const nothingChanges = changeSet.status === 'FAILED';
  if (nothingChanges) {
    await discardPlan(ctx, gateway, stack.name);
  }
  const before = (await gateway.getTemplate(stack.id, ctx.signal)) ?? '';
  const applied = describedResources(parseTemplate(before));
  const { changes, ...more }: Reverted = revertDrift
    ? revertedChanges(changeSet, parseTemplate(template), applied)
    : {
        changes: nothingChanges
          ? []
          : await synthesiser.diff(
              { before, after: template, changeSet },
              ctx.signal,
            ),
        before: applied,
        warnings: [],
      };
  return {
    changes,
    resources: {
      before: more.before,
      after: describedResources(parseTemplate(template)),
    },
    warnings: [...warnings, ...more.warnings],
    artifact: {
      body: template,
      meta: {
        stackName: stack.name,
        availabilityZones: input.availabilityZones,
        changeCount: changes.length,
        ...(!nothingChanges && { changeSetId: changeSet.id }),
      },
    },
    basis: basisOf(stack),
  };
}

/** @throws StepFailedError where AWS cannot make the change set, except that there is nothing to change. */
async function settled(
  ctx: StepContext,
  gateway: CloudFormationGateway,
  stackName: string,
  name: string,
): Promise<ChangeSetDescription> {
  for (;;) {
    const found = await gateway.describeChangeSet(stackName, name, ctx.signal);
    if (!found) {
      throw new StepFailedError(
        {
          code: 'cdk.change-set-missing',
          message: `The change set ${name} of the stack ${stackName} was deleted while it was being made.`,
          mend: 'Plan again.',
        },
        { retryable: true },
      );
    }
    if (found.status === 'CREATE_COMPLETE' || isEmpty(found)) {
      return found;
    }
    if (found.status === 'FAILED') {
      throw new StepFailedError({
        code: 'cloudformation.change-set-failed',
        message: `AWS cannot plan the update of ${stackName}: ${
          found.statusReason ?? found.status
        }`,
        mend: 'Change what AWS names and plan again.',
      });
    }
    await ctx.sleep(POLL_MILLISECONDS);
  }
}

function isEmpty({ status, statusReason = '' }: ChangeSetDescription): boolean {
  return (
    status === 'FAILED' &&
    /didn't contain changes|No updates are to be performed/.test(statusReason)
  );
}
