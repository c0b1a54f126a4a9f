import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { CloudFormationGateway } from '../aws/types';
import { requireOurs } from '../plan/basis';
import { stackNameOf } from '../plan/naming';
import { parseTemplate, resourcePaths } from '../plan/template';
import { driftedResources } from './driftedResources';

const POLL_MILLISECONDS = 1000;

/** Has CloudFormation compare the environment's stack with what is there. */
export async function detectDrift(
  gateway: CloudFormationGateway,
  environment: Environment,
  signal: AbortSignal,
): Promise<DriftedResource[]> {
  const name = stackNameOf(environment);
  const stack = await gateway.describeStack(name, signal);
  if (!stack) {
    throw new Error(
      `There is no stack ${name} in account ${environment.accountId}, ${environment.region}: somebody deleted it outside the portal.`,
    );
  }
  requireOurs(stack, environment);
  const { drift } = gateway;
  const detection = await drift.begin(stack.id, signal);
  for (;;) {
    const { status, reason } = await drift.status(detection, signal);
    // A detection fails when one resource cannot be checked; what it says of the others holds.
    if (status === 'DETECTION_COMPLETE' || status === 'DETECTION_FAILED') {
      break;
    }
    if (status !== 'DETECTION_IN_PROGRESS') {
      throw new Error(
        `CloudFormation did not check ${name}: ${reason ?? status}`,
      );
    }
    await delay(POLL_MILLISECONDS, undefined, { signal });
  }
  const [resources, drifts, body = ''] = await Promise.all([
    gateway.listResources(stack.id, signal),
    drift.resources(stack.id, signal),
    gateway.getTemplate(stack.id, signal),
  ]);
  return driftedResources(
    resources,
    drifts,
    resourcePaths(parseTemplate(body)),
  );
}
