import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { StepContext } from '@slipway/plugin-runs-node';
import type {
  CloudFormationGateway,
  CloudFormationGateways,
} from '../aws/types';
import type { WatchSettings } from '../config';
import { Patience } from './Patience';
import { patientGateway } from './patientGateway';

/** The environment at work on, and the AWS it lies in. */
export interface EngineWorld {
  environment: Environment;
  gateway: CloudFormationGateway;
  patience: Patience;
}

/**
 * The world as one call of one step sees it. Signing in is borne with like any read: a back end that has just started
 * does it first, and AWS may be silent then.
 *
 * @throws StepFailedError as {@link CloudFormationGateways.of} does.
 */
export async function worldOf(
  ctx: StepContext,
  environment: Environment,
  gateways: CloudFormationGateways,
  settings: WatchSettings,
): Promise<EngineWorld> {
  const { accountId, region } = environment;
  const patience = Patience.create(ctx, environment, settings);
  const gateway = await patience.attempt(() =>
    gateways.of({ accountId, region }),
  );
  return {
    environment,
    gateway: patientGateway(gateway, patience),
    patience,
  };
}
