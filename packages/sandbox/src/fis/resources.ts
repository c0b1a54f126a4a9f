import {
  paginateDescribeInstances,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import {
  DescribeNodegroupCommand,
  paginateListClusters,
  paginateListNodegroups,
} from '@aws-sdk/client-eks';
import {
  ListTagsForResourceCommand,
  paginateDescribeReplicationGroups,
} from '@aws-sdk/client-elasticache';
import {
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
} from '@aws-sdk/client-rds';
import {
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import type { AwsClients } from './AwsClients';
import type { TargetInput } from './model';
import type { Resource } from './selection';

interface Place {
  clients: AwsClients;
  account: string;
  region: string;
}

type Lister = (place: Place, target: TargetInput) => Promise<Resource[]>;

function tagsOf(
  pairs: Array<{ Key?: string; Value?: string }> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    (pairs ?? []).map(({ Key, Value }) => [Key!, Value ?? '']),
  );
}

function some(...names: Array<string | undefined>): string[] {
  return names.filter(name => name !== undefined);
}

const instances: Lister = async ({ clients, account, region }) => {
  const found: Resource[] = [];
  for await (const page of paginateDescribeInstances(
    { client: clients.ec2 },
    {},
  )) {
    for (const instance of (page.Reservations ?? []).flatMap(
      ({ Instances = [] }) => Instances,
    )) {
      if (instance.State?.Name !== 'terminated') {
        found.push({
          arn: `arn:aws:ec2:${region}:${account}:instance/${instance.InstanceId}`,
          tags: tagsOf(instance.Tags),
          zones: some(instance.Placement?.AvailabilityZone),
          vpc: instance.VpcId,
          attributes: instance,
        });
      }
    }
  }
  return found;
};

const subnets: Lister = async ({ clients, account, region }) => {
  const found: Resource[] = [];
  for await (const page of paginateDescribeSubnets(
    { client: clients.ec2 },
    {},
  )) {
    for (const subnet of page.Subnets ?? []) {
      found.push({
        arn: `arn:aws:ec2:${region}:${account}:subnet/${subnet.SubnetId}`,
        tags: tagsOf(subnet.Tags),
        zones: some(subnet.AvailabilityZone, subnet.AvailabilityZoneId),
        vpc: subnet.VpcId,
        attributes: subnet,
      });
    }
  }
  return found;
};

const nodegroups: Lister = async ({ clients: { eks } }) => {
  const found: Resource[] = [];
  for await (const { clusters = [] } of paginateListClusters(
    { client: eks },
    {},
  )) {
    for (const clusterName of clusters) {
      for await (const page of paginateListNodegroups(
        { client: eks },
        { clusterName },
      )) {
        for (const nodegroupName of page.nodegroups ?? []) {
          const { nodegroup } = await eks.send(
            new DescribeNodegroupCommand({ clusterName, nodegroupName }),
          );
          found.push({
            arn: nodegroup!.nodegroupArn!,
            tags: nodegroup!.tags ?? {},
            zones: [],
            attributes: nodegroup,
          });
        }
      }
    }
  }
  return found;
};

const databases: Lister = async ({ clients: { rds } }) => {
  const found: Resource[] = [];
  for await (const page of paginateDescribeDBInstances({ client: rds }, {})) {
    for (const database of page.DBInstances ?? []) {
      found.push({
        arn: database.DBInstanceArn!,
        tags: tagsOf(database.TagList),
        zones: some(database.AvailabilityZone),
        vpc: database.DBSubnetGroup?.VpcId,
        attributes: database,
      });
    }
  }
  return found;
};

const clusters: Lister = async ({ clients: { rds } }) => {
  const found: Resource[] = [];
  for await (const page of paginateDescribeDBClusters({ client: rds }, {})) {
    for (const cluster of page.DBClusters ?? []) {
      found.push({
        arn: cluster.DBClusterArn!,
        tags: tagsOf(cluster.TagList),
        zones: cluster.AvailabilityZones ?? [],
        attributes: cluster,
      });
    }
  }
  return found;
};

const replicationGroups: Lister = async ({ clients: { elastiCache } }) => {
  const found: Resource[] = [];
  for await (const page of paginateDescribeReplicationGroups(
    { client: elastiCache },
    {},
  )) {
    for (const group of page.ReplicationGroups ?? []) {
      const { TagList } = await elastiCache.send(
        new ListTagsForResourceCommand({ ResourceName: group.ARN }),
      );
      found.push({
        arn: group.ARN!,
        tags: tagsOf(TagList),
        zones: (group.NodeGroups ?? []).flatMap(({ NodeGroupMembers = [] }) =>
          NodeGroupMembers.flatMap(({ PreferredAvailabilityZone }) =>
            some(PreferredAvailabilityZone),
          ),
        ),
        attributes: group,
      });
    }
  }
  return found;
};

/** S3 tells no region of us-east-1's buckets, and answers an error for a bucket without tags. */
const buckets: Lister = async ({ clients: { s3 }, region }) => {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const found = await Promise.all(
    Buckets.map(async ({ Name: Bucket }) => {
      const location = await s3.send(new GetBucketLocationCommand({ Bucket }));
      const { TagSet } = await s3
        .send(new GetBucketTaggingCommand({ Bucket }))
        .catch(() => ({ TagSet: [] }));
      const resource = {
        arn: `arn:aws:s3:::${Bucket}`,
        tags: tagsOf(TagSet),
        zones: [],
        attributes: { Name: Bucket },
      };
      const isHere = (location.LocationConstraint ?? 'us-east-1') === region;
      return isHere ? [resource] : [];
    }),
  );
  return found.flat();
};

/** A role is a name: FIS does not look it up either before the fault begins. */
const roles: Lister = async (_place, { resourceArns = [] }) =>
  resourceArns.map(arn => ({ arn, tags: {}, zones: [], attributes: {} }));

/** How the resources of a type are found, by the type as FIS names it. */
export const LISTERS: Record<string, Lister> = {
  'aws:ec2:instance': instances,
  'aws:ec2:subnet': subnets,
  'aws:eks:nodegroup': nodegroups,
  'aws:elasticache:replicationgroup': replicationGroups,
  'aws:iam:role': roles,
  'aws:rds:cluster': clusters,
  'aws:rds:db': databases,
  'aws:s3:bucket': buckets,
};
