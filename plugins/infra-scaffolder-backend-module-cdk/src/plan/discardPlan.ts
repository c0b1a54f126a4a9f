import type { StepContext } from '@slipway/plugin-runs-node';
import type { ChangeSetSummary, CloudFormationGateway } from '../aws/types';
import { changeSetPrefix } from './changeSetName';

const POLL_MILLISECONDS = 1000;
const BEING_MADE = ['CREATE_PENDING', 'CREATE_IN_PROGRESS'];
/** AWS is at work with it or has been: it goes by itself when the stack has its new state. */
const IN_USE = ['EXECUTE_IN_PROGRESS', 'EXECUTE_COMPLETE'];

/**
 * Deletes every change set that this run made and nobody will execute. AWS refuses to delete one that is still being
 * made, so that is waited for; one that is executed is left to AWS.
 */
export async function discardPlan(
  ctx: StepContext,
  gateway: CloudFormationGateway,
  stackName: string,
): Promise<void> {
  const own = async () =>
    (await gateway.listChangeSets(stackName, ctx.signal)).filter(({ name }) =>
      name.startsWith(changeSetPrefix(ctx)),
    );
  let found = await own();
  while (found.some(({ status }) => BEING_MADE.includes(status))) {
    await ctx.sleep(POLL_MILLISECONDS);
    found = await own();
  }
  for (const changeSet of found) {
    if (!IN_USE.includes(changeSet.executionStatus)) {
      await deleteChangeSet(ctx, changeSet, { gateway, stackName, own });
    }
  }
}

async function deleteChangeSet(
  ctx: StepContext,
  { id, name }: ChangeSetSummary,
  options: {
    gateway: CloudFormationGateway;
    stackName: string;
    own: () => Promise<ChangeSetSummary[]>;
  },
): Promise<void> {
  const { gateway, stackName, own } = options;
  await ctx.call({
    name: `DeleteChangeSet ${name}`,
    facts: { stackName, changeSetName: name },
    guard: {
      type: 'precondition',
      observe: async () =>
        (await own()).some(other => other.id === id)
          ? { done: false }
          : { done: true, result: {} },
    },
    execute: async () => {
      await gateway.deleteChangeSet(id);
      return {};
    },
  });
}
