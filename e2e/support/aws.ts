import {
  CloudFormationClient,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListClustersCommand,
  ListNodegroupsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eks';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { portal } from './portal';

/** Settings of a client of the sandbox's AWS. */
export function awsSettings(endpoint: string, region = 'us-east-1') {
  return {
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
}

type Settings = ReturnType<typeof awsSettings>;

/** An environment as AWS's own APIs tell it; the portal is not asked. */
export async function describeInAws(
  environment: string,
  settings: Settings = awsSettings(portal.awsUrl()),
) {
  const prefix = `slipway-${environment}`;
  const ec2 = new EC2Client(settings);
  const eks = new EKSClient(settings);
  const tagged = {
    Filters: [{ Name: 'tag:slipway:environment', Values: [environment] }],
  };
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand(tagged));
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(tagged));
  const { NatGateways = [] } = await ec2.send(
    new DescribeNatGatewaysCommand({ Filter: tagged.Filters }),
  );
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand(tagged),
  );
  const { clusters = [] } = await eks.send(new ListClustersCommand({}));
  const clusterName = clusters.find(name => name.startsWith(prefix));
  const { DBInstances = [] } = await new RDSClient(settings).send(
    new DescribeDBInstancesCommand({}),
  );
  const { SecretList = [] } = await new SecretsManagerClient(settings).send(
    new ListSecretsCommand({}),
  );
  const { Roles = [] } = await new IAMClient(settings).send(
    new ListRolesCommand({ MaxItems: 1000 }),
  );
  return {
    stacks: await stacks(prefix, settings),
    vpcs: Vpcs,
    subnets: Subnets,
    natGateways: NatGateways.filter(({ State }) => State !== 'deleted'),
    instances: Reservations.flatMap(({ Instances = [] }) => Instances).filter(
      ({ State }) => State?.Name !== 'terminated',
    ),
    cluster: clusterName ? await cluster(eks, clusterName) : undefined,
    databases: DBInstances.filter(({ DBInstanceIdentifier }) =>
      DBInstanceIdentifier?.startsWith(prefix),
    ),
    secrets: SecretList.filter(
      ({ Name, DeletedDate }) => Name?.includes(prefix) && !DeletedDate,
    ).map(({ Name }) => Name),
    roles: Roles.filter(({ RoleName }) => RoleName?.startsWith(prefix)).map(
      ({ RoleName }) => RoleName,
    ),
  };
}

/** What an environment that is not there looks like. */
export const NOTHING = {
  stacks: [],
  vpcs: [],
  subnets: [],
  natGateways: [],
  instances: [],
  cluster: undefined,
  databases: [],
  secrets: [],
  roles: [],
};

async function stacks(prefix: string, settings: Settings) {
  const { Stacks = [] } = await new CloudFormationClient(settings).send(
    new DescribeStacksCommand({}),
  );
  return Stacks.filter(({ StackName }) => StackName === prefix).map(
    ({ StackStatus }) => StackStatus,
  );
}

/** Undefined where it goes away meanwhile; nodes are left out where there are none. */
async function cluster(eks: EKSClient, name: string) {
  try {
    const { cluster: found } = await eks.send(
      new DescribeClusterCommand({ name }),
    );
    const { nodegroups = [] } = await eks.send(
      new ListNodegroupsCommand({ clusterName: name }),
    );
    return {
      version: found?.version,
      status: found?.status,
      ...(nodegroups.length > 0 && (await nodes(eks, name, nodegroups[0]))),
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
}

async function nodes(
  eks: EKSClient,
  clusterName: string,
  nodegroupName: string,
) {
  const { nodegroup } = await eks.send(
    new DescribeNodegroupCommand({ clusterName, nodegroupName }),
  );
  return {
    scaling: nodegroup?.scalingConfig,
    instanceTypes: nodegroup?.instanceTypes,
  };
}
