import {
  connectTo,
  type ConnectGroup,
} from '@slipway/plugin-infra-scaffolder-common';
import { spawnSync } from 'node:child_process';
import { inputFor, synthesize, type Subject, type Template } from '../subject';

const SECRET =
  'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-AbCdEf';

/** What AWS would answer for an attribute of a resource, in AWS's own shape. */
function answer(template: Template, logicalId: string, attribute?: string) {
  const type = template.Resources[logicalId]?.Type;
  if (attribute?.endsWith('Address')) {
    const kind = attribute.startsWith('Read') ? 'cluster-ro-' : 'cluster-';
    return type === 'AWS::RDS::DBCluster'
      ? `shop.${kind}abc123.us-east-1.rds.amazonaws.com`
      : 'shop.abc123.us-east-1.rds.amazonaws.com';
  }
  switch (type) {
    case 'AWS::EC2::Instance':
      return 'i-0123456789abcdef0';
    case 'AWS::SecretsManager::Secret':
      return SECRET;
    case 'AWS::RDS::DBCluster':
      return attribute === 'Endpoint.Port' ? '5432' : SECRET;
    case 'AWS::SQS::Queue':
      return 'https://sqs.us-east-1.amazonaws.com/123456789012/work';
    default:
      return `${logicalId}-${attribute ?? 'ref'}`
        .toLowerCase()
        .replace(/\./g, '-');
  }
}

/** The value of an output as CloudFormation would put it together. */
function textOf(template: Template, value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const [[name, argument]] = Object.entries(value as Record<string, unknown>);
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(part => textOf(template, part)).join(separator);
  }
  if (name === 'Fn::GetAtt') {
    const [logicalId, attribute] = argument as [string, string];
    return answer(template, logicalId, attribute);
  }
  return name === 'Ref' ? answer(template, String(argument)) : name;
}

function panelOf(
  subject: Subject,
  size: string,
): {
  template: Template;
  groups: ConnectGroup[];
  logGroups: string[];
} {
  const input = inputFor(subject, size);
  const { template } = synthesize(subject, input);
  const resources = Object.values(template.Resources).map(
    ({ Type, Properties }) => ({
      type: Type,
      path: '',
      physicalId:
        Type === 'AWS::Logs::LogGroup'
          ? textOf(template, Properties.LogGroupName)
          : undefined,
    }),
  );
  const logGroups = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::Logs::LogGroup' ? [physicalId!] : [],
  );
  const groups = connectTo({
    environment: {
      name: 'shop-dev',
      owner: 'group:default/storefront',
      system: 'system:default/shop',
      size,
      region: 'us-east-1',
      accountId: '123456789012',
      engineState: { stackName: input.stackName },
      outputs: subject.blueprint.outputs.flatMap(output =>
        template.Outputs[output.key]
          ? [
              {
                ...output,
                value: textOf(template, template.Outputs[output.key].Value),
              },
            ]
          : [],
      ),
    },
    resources,
    links: [
      { title: 'Grafana', url: 'https://grafana.test/d/env?var-env={name}' },
    ],
  });
  return { template, groups, logGroups };
}

/**
 * The panel that says how to reach an environment has everything that the blueprint makes, at each size, as commands that
 * a shell takes.
 * @public
 */
export function describeConnect(subject: Subject): void {
  describe('the panel that says how to reach it', () => {
    it.each(Object.keys(subject.blueprint.sizes))(
      'is whole at size %s',
      size => {
        const { template, groups, logGroups } = panelOf(subject, size);
        const has = (...types: string[]) =>
          Object.values(template.Resources).some(({ Type }) =>
            types.includes(Type),
          );
        const expected = {
          application: true,
          cluster: has('AWS::EKS::Cluster'),
          database: has('AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'),
          cache: has('AWS::ElastiCache::ReplicationGroup'),
          messaging: has('AWS::SQS::Queue', 'AWS::MSK::Cluster'),
          images: has('AWS::ECR::Repository'),
          bastion: has('AWS::EC2::Instance'),
          logs: true,
          dashboards: true,
          console: true,
        };
        const ids = groups.map(({ id }) => id as string);
        expect(ids.filter(id => id !== 'storage')).toEqual(
          Object.entries(expected).flatMap(([id, is]) => (is ? [id] : [])),
        );

        const items = groups.flatMap(group => group.items);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        for (const item of items) {
          expect(item.value).not.toMatch(
            /undefined|\[object|\bnone\b|resolve:/,
          );
          expect(item.value.length).toBeGreaterThan(0);
          if (item.open) {
            // Without a domain name there is no certificate.
            expect(new URL(item.open).protocol).toMatch(
              item.id === 'application-url' ? /^https?:$/ : /^https:$/,
            );
          }
          if (item.kind === 'command') {
            const { status, stderr } = spawnSync(
              'sh',
              ['-n', '-c', item.value],
              {
                encoding: 'utf8',
              },
            );
            expect(`${item.value}: ${status} ${stderr}`).toBe(
              `${item.value}: 0 `,
            );
          }
        }
        const valueOf = (id: string) =>
          items.find(item => item.id === id)?.value;
        expect(valueOf('cluster-kubeconfig')).toMatch(
          /^aws eks update-kubeconfig --region us-east-1 --name \S+ --role-arn \S+ --alias shop-dev$/,
        );
        expect(Boolean(valueOf('database-token'))).toBe(
          has('AWS::RDS::DBCluster'),
        );
        for (const logGroup of logGroups) {
          expect(valueOf(`log-${logGroup}`)).toContain(logGroup);
        }
        expect(valueOf('link-Grafana')).toBe(
          'https://grafana.test/d/env?var-env=shop-dev',
        );
      },
      60_000,
    );
  });
}
