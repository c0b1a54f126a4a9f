import { describeDefinition, describeModule } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeDefinition(subject, [
  ['nodeMaxSize', 30, true],
  ['nodeMaxSize', 31, false],
  ['nodeInstanceTypes', ['t3.large'], true],
  ['nodeInstanceTypes', ['t2.micro'], false],
  ['spotMinSize', 0, true],
  ['dbMinCapacity', 0.5, true],
  ['dbMinCapacity', 0.7, false],
  ['dbInstances', 16, true],
  ['dbInstances', 17, false],
  ['cacheShards', 0, false],
  ['role', 'primary', true],
  ['role', 'secondary', false],
  ['partnerRegion', 'us-west-2', true],
  ['partnerRegion', 'us_west_2', false],
  ['partnerStack', 'shop', false],
  ['requestLimit', 99, false],
  ['rotationDays', 91, false],
  ['backupVault', 'Default', true],
]);

describeModule(subject, {
  index: () => require('.'),
  cdk: () => require('./cdk'),
});
