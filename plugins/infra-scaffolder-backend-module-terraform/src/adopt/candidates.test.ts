import fc from 'fast-check';
import type { PlanDocument } from '../describe/planDocument';
import { candidatesOf, type TaggedResource } from './candidates';
import { identityOf } from './identities';

const PLACE = {
  accountId: '123456789012',
  region: 'us-east-1',
  partition: 'aws',
};
const TAGS = { 'slipway:environment-id': 'one', Name: 'shop' };

const vpc = (id: string, tags: Record<string, string> = TAGS) => ({
  arn: `arn:aws:ec2:us-east-1::vpc/${id}`,
  type: 'aws_vpc',
  id,
  tags,
});

function creating(
  ...resources: Array<{ address: string; type: string; after: object }>
): PlanDocument {
  return {
    resource_changes: resources.map(({ address, type, after }) => ({
      address,
      type,
      mode: 'managed',
      name: 'this',
      change: {
        actions: ['create'],
        before: null,
        after: JSON.parse(JSON.stringify(after)),
      },
    })),
  };
}

const found = (
  document: PlanDocument,
  tagged: TaggedResource[],
  tried: string[] = [],
) =>
  candidatesOf(document, tagged, { place: PLACE, tried: new Set(tried) }).map(
    ({ address, id }) => [address, id],
  );

describe('candidatesOf', () => {
  it('finds what is tagged to the letter as it is planned, AWS’s own tags aside', () => {
    const document = creating({
      address: 'aws_vpc.main',
      type: 'aws_vpc',
      after: { tags_all: TAGS },
    });
    expect(
      found(document, [
        vpc('vpc-other', { ...TAGS, Name: 'bank' }),
        vpc('vpc-more', { ...TAGS, team: 'a' }),
        vpc('vpc-own', { ...TAGS, 'aws:cloudformation:stack-name': 'x' }),
      ]),
    ).toEqual([['aws_vpc.main', 'vpc-own']]);
  });

  it('tells rules of one group apart by what they allow', () => {
    const rule = (port: number) => ({
      address: `aws_vpc_security_group_ingress_rule.of[${port}]`,
      type: 'aws_vpc_security_group_ingress_rule',
      after: {
        tags_all: TAGS,
        security_group_id: 'sg-1',
        from_port: port,
        cidr_ipv4: null,
      },
    });
    const tagged = [443, 80].map(port => ({
      arn: `arn:aws:ec2:us-east-1::security-group-rule/sgr-${port}`,
      type: 'aws_vpc_security_group_ingress_rule',
      id: `sgr-${port}`,
      tags: TAGS,
      attributes: {
        security_group_id: 'sg-1',
        from_port: port,
        cidr_ipv4: null,
      },
    }));
    expect(found(creating(rule(80), rule(443)), tagged)).toEqual([
      ['aws_vpc_security_group_ingress_rule.of[80]', 'sgr-80'],
      ['aws_vpc_security_group_ingress_rule.of[443]', 'sgr-443'],
    ]);
  });

  it.each([
    ['aws_iam_role', { name: 'shop-worker' }, 'shop-worker'],
    [
      'aws_route',
      { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' },
      'rtb-1_0.0.0.0/0',
    ],
    [
      'aws_eks_node_group',
      { cluster_name: 'shop', node_group_name: 'main' },
      'shop:main',
    ],
    [
      'aws_sqs_queue',
      { name: 'jobs' },
      'https://sqs.us-east-1.amazonaws.com/123456789012/jobs',
    ],
    [
      'aws_route53_record',
      { zone_id: 'Z1', name: 'a.b', type: 'A', set_identifier: 'east' },
      'Z1_a.b_A_east',
    ],
    [
      'aws_sns_topic',
      { name: 'alarms' },
      'arn:aws:sns:us-east-1:123456789012:alarms',
    ],
  ])('knows %s by its name', (type, after, id) => {
    expect(found(creating({ address: 'x.y', type, after }), [])).toEqual([
      ['x.y', id],
    ]);
  });

  it('waits where a name is not known yet', () => {
    const document = creating({
      address: 'aws_route.out',
      type: 'aws_route',
      after: { destination_cidr_block: '0.0.0.0/0' },
    });
    expect(found(document, [])).toEqual([]);
  });

  it('gives each resource to one address at most, and none to what was tried', () => {
    fc.assert(
      fc.property(
        fc.nat(6),
        fc.nat(6),
        fc.array(fc.nat(5)),
        (planned, existing, triedIndexes) => {
          const document = creating(
            ...Array.from({ length: planned }, (_, index) => ({
              address: `aws_vpc.main[${index}]`,
              type: 'aws_vpc',
              after: { tags_all: TAGS },
            })),
          );
          const tagged = Array.from({ length: existing }, (_, index) =>
            vpc(`vpc-${index}`),
          );
          const tried = triedIndexes.map(index => `aws_vpc.main[${index}]`);
          const pairs = found(document, tagged, tried);
          const free =
            planned -
            new Set(tried.filter((_, at) => triedIndexes[at] < planned)).size;
          expect(pairs).toHaveLength(Math.min(free, existing));
          expect(new Set(pairs.map(([, id]) => id)).size).toBe(pairs.length);
          expect(pairs.filter(([address]) => tried.includes(address))).toEqual(
            [],
          );
        },
      ),
    );
  });
});

describe('identityOf', () => {
  it.each([
    [
      'arn:aws:rds:us-east-1:1:cluster-pg:shop',
      'aws_rds_cluster_parameter_group',
      'shop',
    ],
    [
      'arn:aws:eks:us-east-1:1:nodegroup/shop/main/1-2',
      'aws_eks_node_group',
      'shop:main',
    ],
    [
      'arn:aws:logs:us-east-1:1:log-group:/aws/eks/shop:*',
      'aws_cloudwatch_log_group',
      '/aws/eks/shop',
    ],
    [
      'arn:aws:wafv2:us-east-1:1:regional/webacl/shop/ab-1',
      'aws_wafv2_web_acl',
      'ab-1/shop/REGIONAL',
    ],
    ['arn:aws:s3:::shop-logs', 'aws_s3_bucket', 'shop-logs'],
  ])('reads %s', (arn, type, id) => {
    expect(identityOf(arn)).toEqual({ type, id });
  });

  it('knows nothing of what no module makes', () => {
    expect(identityOf('arn:aws:glue:us-east-1:1:job/x')).toBeUndefined();
  });
});
