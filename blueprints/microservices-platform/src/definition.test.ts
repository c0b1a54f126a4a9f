import { describeDefinition, describeModule } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeDefinition(subject, [
  ['nodeMaxSize', 20, true],
  ['nodeMaxSize', 21, false],
  ['nodeMinSize', 0, false],
  ['nodeInstanceTypes', ['t3.xlarge'], true],
  ['nodeInstanceTypes', [], false],
  ['nodeInstanceTypes', ['m5.large'], false],
  ['kubernetesVersion', '1.28', false],
  ['dbEngineVersion', '15.4', false],
  ['dbStorageGb', 19, false],
  ['dbBackupRetentionDays', 35, true],
  ['dbBackupRetentionDays', 36, false],
  ['dbReadReplicas', 5, true],
  ['dbReadReplicas', 6, false],
  ['apiPublicAccessCidrs', ['203.0.113.0/24'], true],
  ['apiPublicAccessCidrs', ['203.0.113.0/33'], false],
  ['apiPublicAccessCidrs', ['300.0.113.0/24'], false],
  ['apiPublicAccessCidrs', ['0.0.0.0/0"; DROP'], false],
  ['domainName', '', true],
  ['domainName', 'shop.example.com', true],
  ['domainName', 'Shop.example.com', false],
  ['hostedZoneId', '../../x', false],
  ['alarmEmail', 'sre@example.com', true],
  ['alarmEmail', 'sre', false],
  ['alarmEmail', '{{resolve:ssm:/key}}@example.com', false],
  ['alarmEmail', '${AWS::AccountId}@example.com', false],
  ['logRetentionDays', 8, false],
]);

describeModule(subject, {
  index: () => require('.'),
  cdk: () => require('./cdk'),
});
