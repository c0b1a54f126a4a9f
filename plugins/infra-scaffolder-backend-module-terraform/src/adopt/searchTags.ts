import {
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  paginateDescribeTags,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { JsonObject } from '@backstage/types';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import type { TaggedResource } from './candidates';
import { identityOf } from './identities';

/** As many values as a filter of EC2 takes. */
const FILTER_VALUES = 200;
/** CloudFront, Route 53 and IAM answer there. */
const GLOBAL_REGION = 'us-east-1';

/**
 * What carries an environment's tag in its region, and of the services that are in no region. EC2 is asked itself: it knows
 * a new tag at once, the tagging API minutes later.
 */
export async function searchTags(
  clientConfig: AwsClientConfig,
  environmentId: string,
  signal?: AbortSignal,
): Promise<TaggedResource[]> {
  const regions = [...new Set([clientConfig.region, GLOBAL_REGION])];
  const found = await Promise.all([
    ofEc2(clientConfig, environmentId, signal),
    ...regions.map(region =>
      ofTaggingApi({ ...clientConfig, region }, environmentId, signal),
    ),
  ]);
  const byId = new Map(
    found.flat().map(resource => [`${resource.type} ${resource.id}`, resource]),
  );
  return [...byId.values()];
}

async function ofTaggingApi(
  clientConfig: AwsClientConfig,
  environmentId: string,
  abortSignal?: AbortSignal,
): Promise<TaggedResource[]> {
  const client = new ResourceGroupsTaggingAPIClient(clientConfig);
  const resources: TaggedResource[] = [];
  try {
    const pages = paginateGetResources(
      { client },
      { TagFilters: [{ Key: ENVIRONMENT_ID_TAG, Values: [environmentId] }] },
      { abortSignal },
    );
    for await (const { ResourceTagMappingList = [] } of pages) {
      for (const {
        ResourceARN: arn = '',
        Tags = [],
      } of ResourceTagMappingList) {
        const identity = arn.includes(':ec2:') ? undefined : identityOf(arn);
        if (identity) {
          resources.push({ ...identity, arn, tags: tagMap(Tags) });
        }
      }
    }
    return resources;
  } finally {
    client.destroy();
  }
}

async function ofEc2(
  clientConfig: AwsClientConfig,
  environmentId: string,
  abortSignal?: AbortSignal,
): Promise<TaggedResource[]> {
  const client = new EC2Client(clientConfig);
  try {
    const kinds = new Map<string, string>();
    const marked = paginateDescribeTags(
      { client },
      {
        Filters: [
          { Name: 'key', Values: [ENVIRONMENT_ID_TAG] },
          { Name: 'value', Values: [environmentId] },
        ],
      },
      { abortSignal },
    );
    for await (const { Tags = [] } of marked) {
      for (const { ResourceId, ResourceType } of Tags) {
        if (ResourceId && ResourceType) {
          kinds.set(ResourceId, ResourceType);
        }
      }
    }
    const tags = new Map<string, Record<string, string>>();
    for (const ids of chunks([...kinds.keys()], FILTER_VALUES)) {
      const all = paginateDescribeTags(
        { client },
        { Filters: [{ Name: 'resource-id', Values: ids }] },
        { abortSignal },
      );
      for await (const { Tags = [] } of all) {
        for (const { ResourceId = '', Key = '', Value = '' } of Tags) {
          tags.set(ResourceId, { ...tags.get(ResourceId), [Key]: Value });
        }
      }
    }
    const rules = await ruleAttributes(
      client,
      [...kinds].flatMap(([id, kind]) =>
        kind === 'security-group-rule' ? id : [],
      ),
      abortSignal,
    );
    return [...kinds].flatMap(([id, kind]): TaggedResource[] => {
      const arn = `arn:aws:ec2:${clientConfig.region}::${kind}/${id}`;
      const identity = rules.get(id) ?? identityOf(arn);
      return identity ? [{ arn, tags: tags.get(id) ?? {}, ...identity }] : [];
    });
  } finally {
    client.destroy();
  }
}

/** Rules of one group carry the same tags: what tells them apart is what they allow. */
async function ruleAttributes(
  client: EC2Client,
  ids: string[],
  abortSignal?: AbortSignal,
) {
  const rules = new Map<
    string,
    { type: string; id: string; attributes: JsonObject }
  >();
  for (const some of chunks(ids, FILTER_VALUES)) {
    const { SecurityGroupRules = [] } = await client.send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: some }),
      { abortSignal },
    );
    for (const rule of SecurityGroupRules) {
      const id = rule.SecurityGroupRuleId!;
      rules.set(id, {
        id,
        type: `aws_vpc_security_group_${
          rule.IsEgress ? 'egress' : 'ingress'
        }_rule`,
        attributes: attributesOf(rule),
      });
    }
  }
  return rules;
}

function attributesOf(rule: SecurityGroupRule): JsonObject {
  const hasPorts = rule.IpProtocol !== '-1';
  return {
    security_group_id: rule.GroupId ?? null,
    ip_protocol: rule.IpProtocol ?? null,
    from_port: hasPorts ? rule.FromPort ?? null : null,
    to_port: hasPorts ? rule.ToPort ?? null : null,
    cidr_ipv4: rule.CidrIpv4 ?? null,
    cidr_ipv6: rule.CidrIpv6 ?? null,
    referenced_security_group_id: rule.ReferencedGroupInfo?.GroupId ?? null,
  };
}

function tagMap(
  tags: Array<{ Key?: string; Value?: string }>,
): Record<string, string> {
  return Object.fromEntries(
    tags.map(({ Key = '', Value = '' }) => [Key, Value]),
  );
}

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
