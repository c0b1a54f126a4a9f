import type {
  Environment,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import { StepFailedError } from '@slipway/plugin-runs-node';
import type { WatchedEnd } from './watchStack';

/** Says which resource stopped an operation and why, what is left, and the way on. */
export function stackFailure(
  operation: Operation,
  environment: Environment,
  { stack, states }: WatchedEnd,
): StepFailedError {
  const failed = states.firstFailure;
  const cause = failed
    ? `${failed.path} (${failed.type}) failed: ${
        failed.reason ?? failed.awsStatus
      }`
    : `AWS says: ${stack.statusReason ?? stack.status}`;
  const { left, mend } = aftermath(operation, stack.status, environment);
  return new StepFailedError({
    code: `cloudformation.${operation}-failed`,
    message: `${cause.replace(/\.?$/, '.')} ${left}`,
    mend,
    facts: {
      stackId: stack.id,
      stackStatus: stack.status,
      ...(failed && {
        logicalId: failed.logicalId,
        type: failed.type,
        awsStatus: failed.awsStatus,
      }),
    },
  });
}

function aftermath(
  operation: Operation,
  status: string,
  { name }: Environment,
): { left: string; mend: string } {
  if (operation === 'destroy') {
    return {
      left: `What comes after it in the stack still exists (${status}).`,
      mend: 'Remove what AWS names as the reason, e.g. by emptying the bucket, then retry the step: it goes on with what is left.',
    };
  }
  if (operation === 'update') {
    return status === 'UPDATE_ROLLBACK_COMPLETE'
      ? {
          left: 'AWS has put everything back as it was.',
          mend: 'Change what AWS names and plan again.',
        }
      : {
          left: `The stack is ${status}.`,
          mend: 'Mend what AWS names, continue the roll-back in the CloudFormation console, then plan again.',
        };
  }
  return status === 'ROLLBACK_COMPLETE' || status === 'DELETE_COMPLETE'
    ? {
        left: 'AWS has removed again what it had made.',
        mend: `Mend what AWS names and retry the step, or cancel the run and ask for ${name} anew with other parameters.`,
      }
    : {
        left: `The stack is ${status}: parts of it may still exist.`,
        mend: 'Mend what AWS names and retry the step: what is left is removed first. Or cancel the run, which removes it.',
      };
}
