import { ConflictError } from '@backstage/errors';
import {
  freezeRefusal,
  type Environment,
  type FreezePeriod,
} from '@slipway/plugin-infra-scaffolder-common';
import { StepFailedError } from '@slipway/plugin-runs-node';

/** Why nothing is applied now. */
export interface FreezeRefusal {
  message: string;
  mend: string;
}

/** Of an environment that somebody froze; undefined where nobody did. */
export function refusalOfOwnFreeze({
  name,
  freeze,
}: Pick<Environment, 'name' | 'freeze'>): FreezeRefusal | undefined {
  return (
    freeze && {
      message: `${name} is frozen by ${freeze.by} since ${
        freeze.since
      }: ${freeze.reason.replace(/\.$/, '')}.`,
      mend: 'Ask them, an SRE or an admin to lift it.',
    }
  );
}

/** Of a period of the calendar. */
export function refusalOfPeriod(
  name: string,
  period: FreezePeriod,
): FreezeRefusal {
  return {
    message: freezeRefusal(name, period),
    mend: 'Wait until it ends, or ask an SRE or an admin to let this plan through.',
  };
}

/** @throws ConflictError where there is a refusal. */
export function refuseRequest(refusal: FreezeRefusal | undefined): void {
  if (refusal) {
    throw new ConflictError(`${refusal.message} ${refusal.mend}`);
  }
}

/** @throws StepFailedError where there is a refusal. */
export function refuseStep(refusal: FreezeRefusal | undefined): void {
  if (refusal) {
    throw new StepFailedError({
      code: 'infra.frozen',
      message: refusal.message,
      mend: `${refusal.mend} Then retry this step.`,
    });
  }
}
