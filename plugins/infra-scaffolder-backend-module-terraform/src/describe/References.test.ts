import type { JsonObject, JsonValue } from '@backstage/types';
import fc from 'fast-check';
import { addressOf, configuredAs } from './addresses';
import { normalisePlan } from './planChanges';
import type { PlanDocument, PlannedChange } from './planDocument';

const create = (
  address: string,
  type: string,
  after: JsonObject,
  unknown: JsonValue = {},
): PlannedChange => ({
  address,
  type,
  mode: 'managed',
  name: 'this',
  change: { actions: ['create'], before: null, after, after_unknown: unknown },
});

/** A network module with three subnets, and a balancer in another that is given them. */
const document: PlanDocument = {
  configuration: {
    root_module: {
      module_calls: {
        vpc: {
          module: {
            outputs: {
              subnet_ids: { expression: { references: ['aws_subnet.public'] } },
            },
            resources: [
              { mode: 'managed', type: 'aws_subnet', name: 'public' },
            ],
          },
        },
        logs: {
          module: {
            outputs: {
              name: {
                expression: {
                  references: ['aws_s3_bucket.this.id', 'aws_s3_bucket.this'],
                },
              },
            },
            resources: [
              { mode: 'managed', type: 'aws_s3_bucket', name: 'this' },
              {
                mode: 'managed',
                type: 'aws_s3_bucket_versioning',
                name: 'this',
                expressions: {
                  bucket: {
                    references: ['aws_s3_bucket.this.id', 'aws_s3_bucket.this'],
                  },
                },
              },
            ],
          },
        },
        edge: {
          expressions: {
            subnets: { references: ['module.vpc.subnet_ids', 'module.vpc'] },
            bucket: { references: ['module.logs["b"].name', 'module.logs'] },
            secret: { references: ['local.unseen'] },
          },
          module: {
            resources: [
              {
                mode: 'managed',
                type: 'aws_lb',
                name: 'this',
                expressions: {
                  subnets: { references: ['var.subnets'] },
                  access_logs: [{ bucket: { references: ['var.bucket'] } }],
                  name: { references: ['var.secret'] },
                },
              },
            ],
          },
        },
      },
    },
  },
  resource_changes: [
    ...[0, 1, 2].map(index =>
      create(`module.vpc.aws_subnet.public[${index}]`, 'aws_subnet', {}),
    ),
    ...['a', 'b'].flatMap(key => [
      create(`module.logs["${key}"].aws_s3_bucket.this`, 'aws_s3_bucket', {}),
      create(
        `module.logs["${key}"].aws_s3_bucket_versioning.this`,
        'aws_s3_bucket_versioning',
        { versioning_configuration: [{ status: 'Enabled' }] },
        { bucket: true },
      ),
    ]),
    create(
      'module.edge.aws_lb.this',
      'aws_lb',
      { access_logs: [{ enabled: true }] },
      {
        subnets: true,
        name: true,
        dns_name: true,
        access_logs: [{ bucket: true }],
      },
    ),
  ],
};

describe('a plan in CloudFormation’s words', () => {
  const { after } = normalisePlan(document).resources;
  const of = (id: string) =>
    after.find(({ logicalId }) => logicalId === id)?.properties;

  it('follows what is not known yet through modules to its resources', () => {
    const balancer = of('module.edge.aws_lb.this');
    expect(balancer?.Subnets).toEqual(
      [0, 1, 2].map(index => ({
        Ref: `module.vpc.aws_subnet.public[${index}]`,
      })),
    );
    expect(JSON.stringify(balancer?.AccessLogs)).toContain(
      JSON.stringify({ Ref: 'module.logs["b"].aws_s3_bucket.this' }),
    );
  });

  it('says that a value comes later where its source is not shown, and nothing of what AWS decides', () => {
    const balancer = of('module.edge.aws_lb.this');
    expect(balancer?.Name).toEqual({ Ref: 'known-after-apply' });
    expect(balancer).not.toHaveProperty('DnsName');
  });

  it('makes one bucket of a bucket and its settings, each of its own instance', () => {
    expect(after.map(({ type }) => type)).not.toContain(
      'AWS::S3::BucketVersioning',
    );
    for (const key of ['a', 'b']) {
      expect(of(`module.logs["${key}"].aws_s3_bucket.this`)).toEqual({
        VersioningConfiguration: { Status: 'Enabled' },
      });
    }
  });

  it('links resources that exist by their ids', () => {
    const existing = (address: string, type: string, before: JsonObject) => ({
      ...create(address, type, before),
      change: { actions: ['no-op'], before, after: before },
    });
    const { resources } = normalisePlan({
      resource_changes: [
        existing('aws_vpc.main', 'aws_vpc', { id: 'vpc-0123456789abcdef0' }),
        existing('aws_subnet.one', 'aws_subnet', {
          id: 'subnet-0123456789abcdef0',
          vpc_id: 'vpc-0123456789abcdef0',
        }),
      ],
    });
    expect(resources.before[1].properties).toEqual({
      VpcId: { Ref: 'aws_vpc.main' },
    });
  });

  it('masks what Terraform marks as sensitive', () => {
    const secret = create('aws_db_instance.main', 'aws_db_instance', {
      password: 'canary',
      engine: 'postgres',
    });
    const told = normalisePlan({
      resource_changes: [
        {
          ...secret,
          change: { ...secret.change, after_sensitive: { password: true } },
        },
      ],
    });
    expect(JSON.stringify(told)).not.toContain('canary');
    expect(JSON.stringify(told)).toContain('"Engine":"postgres"');
  });
});

describe('addressOf', () => {
  it('reads any key without losing what stands around it', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, number) => {
        const key = JSON.stringify(text);
        const address = addressOf(
          `module.a[${key}].module.b.data.aws_x.c[${number}]`,
        );
        expect(configuredAs(address)).toBe('module.a.module.b.data.aws_x.c');
        expect(address.modules).toEqual([{ name: 'a', key }, { name: 'b' }]);
        expect(address.key).toBe(String(number));
      }),
    );
  });
});
