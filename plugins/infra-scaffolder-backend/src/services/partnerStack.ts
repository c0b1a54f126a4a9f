import type { JsonObject } from '@backstage/types';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentStore } from '../database/types';
import type { EnvironmentRunInputs } from './environmentRun';

/** What CloudFormation lets a stack be called; nothing else names one. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/** The stack that is named as the other half's; undefined where none is. */
export function partnerStackOf(
  parameters: JsonObject | undefined,
): string | undefined {
  const stack = parameters?.partnerStack;
  return typeof stack === 'string' && STACK_NAME.test(stack)
    ? stack
    : undefined;
}

/**
 * Why a run may not join its environment to the partner that it names: the name is another environment's now than the one
 * that was agreed to, or nobody's. Undefined where it may. Between two environments of one owner it always may.
 */
export async function refusalOfPartner(
  environment: Environment,
  { operation, desired, partnerId }: EnvironmentRunInputs,
  environments: Pick<EnvironmentStore, 'ofStack'>,
): Promise<{ message: string; mend: string } | undefined> {
  const stack =
    operation === 'destroy' ? undefined : partnerStackOf(desired.parameters);
  if (!stack) {
    return undefined;
  }
  const partner = await environments.ofStack(stack, environment.accountId);
  if (!partner) {
    const stands =
      operation === 'update' &&
      partnerStackOf(environment.parameters) === stack;
    return stands
      ? undefined
      : {
          message: `No environment has the stack ${stack} any more, which ${environment.name} is to be joined to.`,
          mend: 'Cancel the run, and ask anew once there is one.',
        };
  }
  return partner.owner === environment.owner || partner.id === partnerId
    ? undefined
    : {
        message: `${stack} is not the stack of the environment any more that ${environment.name} was to be joined to: another group has the name.`,
        mend: 'Cancel the run, and name another one, or ask somebody who may change both, e.g. an SRE.',
      };
}
