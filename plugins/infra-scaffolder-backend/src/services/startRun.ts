import type {
  Environment,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { Knex } from 'knex';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import {
  environmentRun,
  type DesiredState,
  type RunPurpose,
} from './environmentRun';

const MESSAGES: Record<Operation, (name: string, what?: string) => string> = {
  create: name => `Asked for ${name}.`,
  update: (name, what) => `Asked for a change of ${name}: ${what}.`,
  destroy: name => `Asked to destroy ${name}.`,
};

function messageOf(
  { name, expiry }: Environment,
  operation: Operation,
  purpose: RunPurpose | undefined,
  what?: string,
): string {
  switch (purpose?.kind) {
    case 'expiry':
      return `The end of ${name} has come: it is destroyed, as ${expiry?.consent.by} agreed.`;
    case 'despite-dependents':
      return `Asked to destroy ${name} in spite of what depends on it: ${purpose.reason}`;
    default:
      return MESSAGES[operation](name, what);
  }
}

/**
 * Creates a run that holds the environment, in the transaction in which the caller has locked it and found it free: the
 * run exists if and only if it holds the environment.
 */
export async function startRun(
  stores: {
    environments: EnvironmentStore;
    activity: ActivityStore;
    runs: RunEngine;
  },
  options: {
    environment: Environment;
    operation: Operation;
    desired: DesiredState;
    purpose?: RunPurpose;
    partnerId?: string;
    actor: string;
    /** Of an update: what is to become of what. */
    what?: string;
    tx: Knex.Transaction;
  },
): Promise<Run> {
  const { environment, operation, desired, purpose, partnerId, actor, tx } =
    options;
  const at = new Date();
  const run = await stores.runs.create(
    environmentRun({
      environment,
      operation,
      desired,
      purpose,
      partnerId,
      createdBy: actor,
    }),
    tx,
  );
  await stores.environments.update(
    environment.id,
    {
      activeRun: { runId: run.id, operation, startedBy: actor, since: at },
      undo: null,
    },
    { at, tx },
  );
  await stores.activity.add(
    environment.id,
    {
      at,
      actor,
      action: `environment.${operation}-requested`,
      message: messageOf(environment, operation, purpose, options.what),
      runId: run.id,
    },
    tx,
  );
  return run;
}
