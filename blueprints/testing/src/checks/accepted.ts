import type { Acceptance } from './nag';

const AWS_MANAGED =
  'EKS, RDS and AWS Backup ask for this policy of AWS’s, which follows what their agents need from version to version; the role is assumed by that service or by one service account.';

/** What the constructs of the library do on purpose, whatever the blueprint. */
export const LIBRARY: Acceptance[] = [
  {
    rule: 'AwsSolutions-IAM4',
    where: /^cluster\/role\/|-nodes\/role\/|^node-group\/role\/|^addons\//,
    reason: AWS_MANAGED,
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: /monitoring-role\/|^daily-backups\/role\//,
    reason: AWS_MANAGED,
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: /^workload-roles\/tracing\//,
    reason:
      'X-Ray takes traces without regard to resources; AWS’s policy is the list of those calls.',
  },
  {
    rule: 'AwsSolutions-IAM5[Action::kms:',
    where: /^cluster\/role\/DefaultPolicy\//,
    reason:
      'GenerateDataKey* and ReEncrypt* are families of one call each, on one key.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    where: /^workload-roles\/(autoscaler|load-balancer-controller)\//,
    reason:
      'Describe calls of EC2, Auto Scaling and load balancing take no resource; what changes anything is narrowed by tag or ARN.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<',
    where: /^workload-roles\//,
    reason:
      'All objects of one bucket of the environment, for the service whose bucket it is.',
  },
  {
    rule: 'AwsSolutions-EC23',
    where: /^edge-security\/from-internet-(80|443)$/,
    reason:
      'Users come from everywhere; behind these two ports is the load balancer alone.',
  },
  {
    rule: 'AwsSolutions-EKS1',
    where: /^cluster\/control-plane$/,
    reason:
      'Only where a person gives ranges, and from those ranges alone; it is private by default.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    where: /secret\/Resource$/,
    reason:
      'Rotation needs a function that reaches the database, which is the account’s: with rotationFunctionArn the database’s secret rotates. AUTH tokens and signing keys change by an update that applications follow.',
  },
  {
    rule: 'AwsSolutions-RDS10',
    where: /^database\//,
    reason:
      'dbDeletionProtection is on in production; smaller sizes are meant to be thrown away.',
  },
  {
    rule: 'AwsSolutions-RDS3',
    where: /^database\//,
    reason: 'dbMultiAz is on in production; smaller sizes live in one zone.',
  },
  {
    rule: 'AwsSolutions-RDS2',
    where: /^database\/replica-\d+$/,
    reason: 'A replica is encrypted as its source is, which is by our key.',
  },
  {
    rule: 'AwsSolutions-RDS11',
    where: /^database\//,
    reason:
      'The usual port hides from nobody; the security group lets the pods in and no one else.',
  },
  {
    rule: 'AwsSolutions-AEC5',
    where: /^cache\/group$/,
    reason:
      'The usual port hides from nobody; the security group lets the pods in and no one else.',
  },
  {
    rule: 'AwsSolutions-AEC4',
    where: /^cache\/group$/,
    reason:
      'Replicas in other zones are there from staging on; development has none.',
  },
  {
    rule: 'AwsSolutions-AEC3',
    where: /^cache\/group$/,
    reason:
      'A secondary of a global datastore takes encryption from its primary and must not say it again.',
  },
  {
    rule: 'AwsSolutions-AEC6',
    where: /^cache\/group$/,
    reason:
      'A secondary of a global datastore takes its AUTH token from its primary and must not say it again.',
  },
  {
    rule: 'AwsSolutions-S1',
    where: /^(cdn-)?logs-bucket\//,
    reason: 'It holds the logs; logging it would never end.',
  },
  {
    rule: 'AwsSolutions-CFR1',
    where: /^distribution\//,
    reason: 'The documents name no country that is not served.',
  },
  {
    rule: 'AwsSolutions-CFR2',
    where: /^distribution\//,
    reason:
      'The firewall stands before each region’s load balancer, where it also sees who goes around CloudFront.',
  },
  {
    rule: 'AwsSolutions-CFR4',
    where: /^distribution\//,
    reason:
      'Without a domain CloudFront serves its own name and certificate, whose least version cannot be chosen; with one it is TLS 1.2.',
  },
  {
    rule: 'AwsSolutions-CFR5',
    where: /^distribution\//,
    reason:
      'Without a domain the load balancer has no certificate that could be proved; with one the origin is reached by TLS 1.2 only.',
  },
];
