import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { connectTo, type ConnectInput } from '.';

function environment(
  outputs: Record<string, string>,
  part: Partial<ConnectInput['environment']> = {},
): ConnectInput['environment'] {
  return {
    name: 'shop-dev',
    owner: 'group:default/storefront',
    system: 'system:default/shop',
    size: 'dev',
    region: 'us-east-1',
    accountId: '123456789012',
    engineState: {},
    outputs: Object.entries(outputs).map(([key, value]) => ({
      key,
      title: key,
      kind: 'text',
      value,
    })),
    ...part,
  };
}

const valuesOf = (input: ConnectInput) =>
  Object.fromEntries(
    connectTo(input)
      .flatMap(group => group.items)
      .map(item => [item.id, item.value]),
  );

describe('how to connect', () => {
  it('tells nothing of what is not there', () => {
    expect(
      connectTo({
        environment: environment({ BastionCommand: 'none', QueueUrl: '' }),
      }),
    ).toEqual([]);
  });

  it('gives Aurora a token for 15 minutes and others their secret by name, never the secret', () => {
    const aurora = valuesOf({
      environment: environment({
        DatabaseEndpoint: 'shop.cluster-abc.us-east-1.rds.amazonaws.com',
        DatabasePort: '5432',
        DatabaseName: 'records',
        DatabaseSecretArn:
          'arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!cluster-1-AbCdEf',
      }),
    });
    expect(aurora['database-token']).toBe(
      'aws rds generate-db-auth-token --region us-east-1 --hostname shop.cluster-abc.us-east-1.rds.amazonaws.com --port 5432 --username DB_USER',
    );
    expect(aurora['database-secret']).toBe(
      "aws secretsmanager get-secret-value --region us-west-2 --secret-id 'arn:aws:secretsmanager:us-west-2:123456789012:secret:rds!cluster-1-AbCdEf' --query SecretString --output text",
    );
    const plain = valuesOf({
      environment: environment({
        DatabaseEndpoint: 'shop.abc.us-east-1.rds.amazonaws.com',
      }),
    });
    expect(plain['database-token']).toBeUndefined();
    expect(plain['database-psql']).toContain('port=5432');
  });

  it('forwards the database through the bastion', () => {
    const values = valuesOf({
      environment: environment({
        DatabaseEndpoint: 'shop.abc.us-east-1.rds.amazonaws.com',
        BastionCommand:
          'aws ssm start-session --region us-east-1 --target i-0123456789abcdef0',
      }),
    });
    expect(values['bastion-database']).toBe(
      `aws ssm start-session --region us-east-1 --target i-0123456789abcdef0 --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters '{"host":["shop.abc.us-east-1.rds.amazonaws.com"],"portNumber":["5432"],"localPortNumber":["5432"]}'`,
    );
  });

  it('finds the state and the stack of either engine, and logs by what exists', () => {
    const cdk = valuesOf({
      environment: environment(
        { ClusterName: 'slipway-shop' },
        { engineState: { stackName: 'slipway-shop' } },
      ),
      resources: [
        {
          type: 'AWS::Logs::LogGroup',
          path: '',
          physicalId: '/slipway/shop/kafka',
        },
        {
          type: 'AWS::EKS::Addon',
          path: '',
          physicalId: 'slipway-shop|amazon-cloudwatch-observability',
        },
      ],
    });
    expect(cdk['console-stack']).toContain('stackId=slipway-shop');
    expect(cdk['log-/slipway/shop/kafka']).toBe(
      'aws logs tail /slipway/shop/kafka --region us-east-1 --since 1h --follow',
    );
    expect(cdk).toHaveProperty([
      'log-/aws/containerinsights/slipway-shop/application',
    ]);
    const terraform = valuesOf({
      environment: environment(
        {},
        { engineState: { stateBucket: 'states', stateKey: 'e1.tfstate' } },
      ),
    });
    expect(terraform['console-state']).toBe('s3://states/e1.tfstate');
  });

  it('fills configured links, and leaves out those that it cannot fill', () => {
    const values = valuesOf({
      environment: environment({}, { name: 'a b' }),
      links: [
        {
          title: 'Grafana',
          url: 'https://g.test/d/x?var-env={name}&s={system}',
        },
        { title: 'Pods', url: 'https://g.test/{cluster}' },
      ],
    });
    expect(values).toEqual({
      'link-Grafana': 'https://g.test/d/x?var-env=a%20b&s=shop',
    });
  });

  it('hands a shell what an output says as one word, whatever that is', () => {
    fc.assert(
      fc.property(
        fc
          .string({ minLength: 1, maxLength: 30 })
          .filter(text => !text.includes('\0') && text !== 'none'),
        text => {
          const command = valuesOf({
            environment: environment({ ClusterName: text }),
          })['cluster-kubeconfig'];
          const { stdout } = spawnSync(
            'sh',
            ['-c', `aws() { printf '%s\\0' "$@"; }; ${command}`],
            { encoding: 'utf8' },
          );
          expect(stdout.split('\0')).toContain(text);
        },
      ),
      { numRuns: 60 },
    );
  });
});
