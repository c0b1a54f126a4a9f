import { describeDefinition, describeModule } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeDefinition(subject, [
  ['nodeInstanceTypes', ['m5.large'], true],
  ['nodeInstanceTypes', ['c5.large'], false],
  ['dbInstanceClass', 'db.r5.large', true],
  ['dbInstanceClass', 'db.serverless', false],
  ['dbInstances', 16, true],
  ['dbInstances', 17, false],
  ['dbBackupRetentionDays', 36, false],
  ['cacheNodeType', 'cache.m5.large', true],
]);

describeModule(subject, {
  index: () => require('.'),
  cdk: () => require('./cdk'),
});
