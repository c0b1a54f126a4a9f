import { type FakeAws, refused } from './FakeAws';

export const ACCOUNT = '123456789012';

export function identityOf(account: string) {
  return {
    body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/slipway-provisioner/portal</Arn><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  };
}

const listOf = (name: string, items: string[]) =>
  `<${name}>${items.map(item => `<item>${item}</item>`).join('')}</${name}>`;

export function regionsWith(optIn: string) {
  return {
    body: `<DescribeRegionsResponse>${listOf('regionInfo', [
      '<regionName>us-east-1</regionName><optInStatus>opt-in-not-required</optInStatus>',
      `<regionName>af-south-1</regionName><optInStatus>${optIn}</optInStatus>`,
    ])}</DescribeRegionsResponse>`,
  };
}

export function addresses(count: number) {
  return {
    body: `<DescribeAddressesResponse>${listOf(
      'addressesSet',
      Array.from(
        { length: count },
        (_, i) => `<publicIp>1.2.3.${i}</publicIp>`,
      ),
    )}</DescribeAddressesResponse>`,
  };
}

export function quotas(value: number) {
  return { body: JSON.stringify({ Quota: { Value: value } }) };
}

const TAGS = ['environment', 'system', 'owner', 'cost-center'];

export function costTags(status: string, names = TAGS) {
  return {
    body: JSON.stringify({
      CostAllocationTags: names.map(name => ({
        TagKey: `slipway:${name}`,
        Type: 'UserDefined',
        Status: status,
      })),
    }),
  };
}

/** An account in which nothing is missing. */
export function everythingThere(aws: FakeAws) {
  Object.assign(aws.answers, {
    'sts:GetCallerIdentity': identityOf(ACCOUNT),
    'ec2:DescribeRegions': regionsWith('opted-in'),
    'ec2:DescribeVpcs': {
      body: `<DescribeVpcsResponse>${listOf('vpcSet', [
        '<vpcId>vpc-1</vpcId>',
        '<vpcId>vpc-2</vpcId>',
      ])}</DescribeVpcsResponse>`,
    },
    'ec2:DescribeAddresses': addresses(1),
    'eks:GET': { body: '{"clusters":["one"]}' },
    'rds:DescribeDBInstances': {
      body: '<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances/></DescribeDBInstancesResult></DescribeDBInstancesResponse>',
    },
    'servicequotas:GetServiceQuota': quotas(5),
    'ce:ListCostAllocationTags': costTags('Active'),
    'cloudformation:DescribeStacks': refused(
      400,
      'ValidationError',
      'Stack with id slipway-onboarding-check-of-no-environment does not exist',
    ),
    's3:HEAD': {},
    'tagging:GetResources': { body: '{"ResourceTagMappingList":[]}' },
    'cloudtrail:LookupEvents': { body: '{"Events":[]}' },
    'dynamodb:DescribeTable': {
      body: '{"Table":{"KeySchema":[{"AttributeName":"LockID","KeyType":"HASH"}]}}',
    },
  });
}
