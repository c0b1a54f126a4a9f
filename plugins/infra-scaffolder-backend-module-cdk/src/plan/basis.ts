import type { JsonObject } from '@backstage/types';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import { StepFailedError } from '@slipway/plugin-runs-node';
import type { Stack } from '../aws/types';

/** State of the stack that a plan was made against; part of the plan's hash. */
export type Basis = {
  /** Absent where there was no stack. */
  stackId?: string;
  status?: string;
  lastUpdatedAt?: string;
};

export function basisOf(stack: Stack | undefined): Basis {
  return stack
    ? {
        stackId: stack.id,
        status: stack.status,
        lastUpdatedAt: stack.lastUpdatedAt,
      }
    : {};
}

export function readBasis(basis: JsonObject): Basis {
  return basis as Basis;
}

/** Whether nothing but the stack's own record is left of a create that failed. */
export function isLeftOver(status: string): boolean {
  return [
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'CREATE_FAILED',
    'DELETE_FAILED',
    'REVIEW_IN_PROGRESS',
  ].includes(status);
}

/** Whether AWS is at work on the stack. */
export function isBusy(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/** @throws StepFailedError `cdk.stack-name-taken` where the stack is somebody else's. */
export function requireOurs(
  stack: Stack,
  environment: { id: string; name: string; accountId: string; region: string },
): void {
  const owner = stack.tags[ENVIRONMENT_ID_TAG];
  if (owner === environment.id) {
    return;
  }
  throw new StepFailedError({
    code: 'cdk.stack-name-taken',
    message: `A stack named ${stack.name} is in account ${
      environment.accountId
    }, ${environment.region}, already, and it is not this environment's${
      owner ? ` (it belongs to environment ${owner})` : ''
    }. Nothing was changed.`,
    mend: 'Choose another name for the environment, or delete that stack if nobody needs it.',
    facts: { stackId: stack.id, stackStatus: stack.status },
  });
}

export function staleFailure(stackName: string, what: string): StepFailedError {
  return new StepFailedError({
    code: 'plan.stale',
    message: `The stack ${stackName} has changed since the plan was made: ${what}. Nothing was changed.`,
    mend: 'Plan again and confirm what it shows now.',
  });
}

export function busyFailure(stack: Stack): StepFailedError {
  return new StepFailedError(
    {
      code: 'cdk.stack-busy',
      message: `AWS is at work on the stack ${stack.name} (${stack.status}), started by somebody else.`,
      mend: 'Wait until it is done, then plan again.',
    },
    { retryable: true },
  );
}
