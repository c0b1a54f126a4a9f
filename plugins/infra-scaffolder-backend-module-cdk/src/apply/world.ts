import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { StepContext } from '@slipway/plugin-runs-node';
import type { CloudFormationGateway } from '../aws/types';
import type { WatchSettings } from '../config';
import { Patience } from './Patience';
import { patientGateway } from './patientGateway';

/** The environment at work on, and the AWS it lies in. */
export interface EngineWorld {
  environment: Environment;
  gateway: CloudFormationGateway;
  patience: Patience;
}

/** The world as one call of one step sees it. */
export function worldOf(
  ctx: StepContext,
  environment: Environment,
  gateway: CloudFormationGateway,
  settings: WatchSettings,
): EngineWorld {
  const patience = Patience.create(ctx, environment, settings);
  return {
    environment,
    gateway: patientGateway(gateway, patience),
    patience,
  };
}
