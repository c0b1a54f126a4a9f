import type { JsonObject } from '@backstage/types';
import {
  INFRA_RUN_KINDS,
  type Environment,
  type EnvironmentUpdate,
  type Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import type { NewRun } from '@slipway/plugin-runs-node';

/** What an environment is to become, where a run changes that. */
export type DesiredState = Pick<Environment, 'size' | 'parameters'> & {
  blueprintVersion: string;
};

/** Why an environment is changed, where it is not because somebody filled in the form. */
export type RunPurpose =
  | { kind: 'revert-drift' }
  | { kind: 'accept-drift' }
  | { kind: 'upgrade' }
  /** The portal destroys it at the end that was agreed to. */
  | { kind: 'expiry'; expiresAt: string }
  | { kind: 'despite-dependents'; reason: string };

/** Inputs of every run that works on an environment. */
export type EnvironmentRunInputs = {
  environmentId: string;
  environmentName: string;
  operation: Operation;
  desired: DesiredState;
  purpose?: RunPurpose;
  /** The environment that is meant by the partner's stack, where whoever asked may change that one too. */
  partnerId?: string;
};

/** Ids and types of the steps. */
export const STEPS = {
  plan: { id: 'plan', type: 'infra.plan' },
  confirm: { id: 'confirm', type: 'infra.confirm' },
  approve: { id: 'approve', type: 'infra.approve' },
  apply: { id: 'apply', type: 'infra.apply' },
  record: { id: 'record', type: 'infra.record' },
  leftovers: { id: 'leftovers', type: 'infra.leftovers' },
} as const;

const PLAN_TIMEOUT_SECONDS = 10 * 60;
const APPLY_TIMEOUT_SECONDS = 3 * 60 * 60;
const RECORD_TIMEOUT_SECONDS = 5 * 60;
const LEFTOVERS_TIMEOUT_SECONDS = 10 * 60;

const TITLES: Record<Operation, { run: string; apply: string }> = {
  create: { run: 'Create', apply: 'Create resources' },
  update: { run: 'Change', apply: 'Change resources' },
  destroy: { run: 'Destroy', apply: 'Delete resources' },
};

function titleOf(
  { name }: Environment,
  operation: Operation,
  { blueprintVersion }: DesiredState,
  purpose: RunPurpose | undefined,
): string {
  switch (purpose?.kind) {
    case 'revert-drift':
      return `Put back what drifted in ${name}`;
    case 'accept-drift':
      return `Take over what drifted in ${name}`;
    case 'upgrade':
      return `Upgrade ${name} to ${blueprintVersion}`;
    case 'expiry':
      return `Destroy ${name} at its end`;
    default:
      return `${TITLES[operation].run} ${name}`;
  }
}

export function subjectOf(environmentId: string): string {
  return `environment:${environmentId}`;
}

/** Kinds of run that make, change or end an environment; others, e.g. those that put it to sleep, leave it what it is. */
export const CHANGING_KINDS: string[] = Object.values(INFRA_RUN_KINDS);

export function inputsOf(run: { inputs: JsonObject }): EnvironmentRunInputs {
  return run.inputs as EnvironmentRunInputs;
}

export function desiredStateOf(
  environment: Environment,
  update: EnvironmentUpdate = {},
): DesiredState {
  return {
    size: update.size ?? environment.size,
    parameters: update.parameters ?? environment.parameters,
    blueprintVersion: update.blueprintVersion ?? environment.blueprint.version,
  };
}

/** The environment as the run is to make it. */
export function withDesiredState(
  environment: Environment,
  desired: DesiredState,
): Environment {
  return {
    ...environment,
    size: desired.size,
    parameters: desired.parameters,
    blueprint: {
      id: environment.blueprint.id,
      version: desired.blueprintVersion,
    },
  };
}

/**
 * Plan, wait for a person and where policy asks for another, apply exactly that, record what came of it. Only the recording may be skipped: nothing is
 * applied that nobody confirmed, and nothing is called ready that was not applied.
 */
export function environmentRun(options: {
  environment: Environment;
  operation: Operation;
  desired: DesiredState;
  purpose?: RunPurpose;
  partnerId?: string;
  createdBy: string;
}): NewRun {
  const { environment, operation, desired, purpose, partnerId } = options;
  const inputs: EnvironmentRunInputs = {
    environmentId: environment.id,
    environmentName: environment.name,
    operation,
    desired,
    ...(purpose && { purpose }),
    ...(partnerId && { partnerId }),
  };
  return {
    kind: INFRA_RUN_KINDS[operation],
    title: titleOf(environment, operation, desired, purpose),
    subject: subjectOf(environment.id),
    createdBy: options.createdBy,
    inputs,
    steps: [
      {
        ...STEPS.plan,
        title: 'Plan',
        skippable: false,
        timeoutSeconds: PLAN_TIMEOUT_SECONDS,
        retry: { attempts: 2, delaySeconds: 5 },
      },
      {
        ...STEPS.confirm,
        title: 'Confirm the plan',
        dependsOn: ['plan'],
        skippable: false,
      },
      {
        ...STEPS.approve,
        title: 'Approve the plan',
        dependsOn: ['confirm'],
        skippable: false,
      },
      {
        ...STEPS.apply,
        title: TITLES[operation].apply,
        skippable: false,
        dependsOn: ['approve'],
        timeoutSeconds: APPLY_TIMEOUT_SECONDS,
      },
      {
        ...STEPS.record,
        title: 'Record outputs',
        dependsOn: ['apply'],
        timeoutSeconds: RECORD_TIMEOUT_SECONDS,
        retry: { attempts: 5, delaySeconds: 5 },
      },
      ...(operation === 'destroy'
        ? [
            {
              ...STEPS.leftovers,
              title: 'Look for leftovers',
              dependsOn: ['record'],
              timeoutSeconds: LEFTOVERS_TIMEOUT_SECONDS,
            },
          ]
        : []),
    ],
  };
}
