import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { RDSClient } from '@aws-sdk/client-rds';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';

export interface AwsClients {
  autoScaling: AutoScalingClient;
  ec2: EC2Client;
  eks: EKSClient;
  rds: RDSClient;
  tags: ResourceGroupsTaggingAPIClient;
}

/** Does something with clients of the environment's account and region, and lets go of them. */
export async function withAwsClients<T>(
  aws: AwsAccess,
  { accountId, region }: Pick<Environment, 'accountId' | 'region'>,
  work: (clients: AwsClients) => Promise<T>,
): Promise<T> {
  const config = await aws.clientConfig({ accountId, region });
  const clients = {
    autoScaling: new AutoScalingClient(config),
    ec2: new EC2Client(config),
    eks: new EKSClient(config),
    rds: new RDSClient(config),
    tags: new ResourceGroupsTaggingAPIClient(config),
  };
  try {
    return await work(clients);
  } finally {
    Object.values(clients).forEach(client => client.destroy());
  }
}
