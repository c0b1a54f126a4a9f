import type { JsonObject } from '@backstage/types';
import { inputFor, ofType, only, synthesize } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describe('security', () => {
  const { template } = synthesize(
    subject,
    inputFor(subject, 'prod', subject.everything),
  );

  it('lets the database be reached by the nodes on its port only', () => {
    const rules = ofType(template, 'AWS::EC2::SecurityGroupIngress')
      .map(({ Properties }) => Properties)
      .filter(rule => rule.GroupId['Fn::GetAtt'][0] === 'DatabaseSecurity');
    expect(rules).toEqual([
      expect.objectContaining({
        FromPort: 5432,
        ToPort: 5432,
        IpProtocol: 'tcp',
        SourceSecurityGroupId: { 'Fn::GetAtt': ['NodeSecurity', 'GroupId'] },
      }),
    ]);
  });

  it('opens to the internet the load balancer only', () => {
    const open = ofType(template, 'AWS::EC2::SecurityGroupIngress')
      .map(({ Properties }) => Properties)
      .filter(rule => rule.CidrIp);
    expect(
      open.map(rule => [rule.GroupId['Fn::GetAtt'][0], rule.FromPort]),
    ).toEqual([
      ['EdgeSecurity', 80],
      ['EdgeSecurity', 443],
    ]);
  });

  it('ties each service role to one service account through the issuer', () => {
    const federated = ofType(template, 'AWS::IAM::Role')
      .map(role => role.Properties.AssumeRolePolicyDocument)
      .filter(trust => trust['Fn::Sub'])
      .map(trust => {
        const [text, variables] = trust['Fn::Sub'];
        expect(Object.keys(variables).sort()).toEqual([
          'Issuer',
          'ProviderArn',
        ]);
        return JSON.parse(text).Statement[0].Condition.StringEquals;
      });
    expect(
      federated.map(condition => condition['${Issuer}:sub']).sort(),
    ).toEqual([
      'system:serviceaccount:amazon-cloudwatch:cloudwatch-agent',
      'system:serviceaccount:application:api-gateway',
      'system:serviceaccount:application:backend',
      'system:serviceaccount:application:frontend',
      'system:serviceaccount:external-secrets:external-secrets',
      'system:serviceaccount:kube-system:aws-load-balancer-controller',
      'system:serviceaccount:kube-system:aws-node',
      'system:serviceaccount:kube-system:cluster-autoscaler',
      'system:serviceaccount:kube-system:ebs-csi-controller-sa',
    ]);
    for (const condition of federated) {
      expect(condition['${Issuer}:aud']).toBe('sts.amazonaws.com');
    }
  });

  it('encrypts and closes every bucket, log, secret, image and topic', () => {
    for (const { Properties } of ofType(template, 'AWS::S3::Bucket')) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.VersioningConfiguration.Status).toBe('Enabled');
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([
        true,
        true,
        true,
        true,
      ]);
    }
    for (const [type, property] of [
      ['AWS::Logs::LogGroup', 'KmsKeyId'],
      ['AWS::SecretsManager::Secret', 'KmsKeyId'],
      ['AWS::SNS::Topic', 'KmsMasterKeyId'],
      ['AWS::EKS::Cluster', 'EncryptionConfig'],
      ['AWS::RDS::DBInstance', 'PerformanceInsightsKMSKeyId'],
    ]) {
      for (const { Properties } of ofType(template, type)) {
        expect(Properties[property]).toBeDefined();
      }
    }
    for (const { Properties } of ofType(template, 'AWS::ECR::Repository')) {
      expect(Properties).toMatchObject({
        ImageTagMutability: 'IMMUTABLE',
        ImageScanningConfiguration: { ScanOnPush: true },
        EncryptionConfiguration: { EncryptionType: 'KMS' },
      });
    }
  });

  it('keeps the Kubernetes API private unless ranges are given', () => {
    const access = (parameters: JsonObject) =>
      only(
        synthesize(subject, inputFor(subject, 'prod', parameters)).template,
        'AWS::EKS::Cluster',
      ).Properties.ResourcesVpcConfig;
    expect(access({})).toMatchObject({ EndpointPublicAccess: false });
    expect(access({ apiPublicAccessCidrs: ['203.0.113.0/24'] })).toMatchObject({
      EndpointPublicAccess: true,
      PublicAccessCidrs: ['203.0.113.0/24'],
    });
  });
});
