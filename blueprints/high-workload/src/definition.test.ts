import { describeDefinition, describeModule } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeDefinition(subject, [
  ['nodeMaxSize', 50, true],
  ['nodeMaxSize', 51, false],
  ['dbInstanceClass', 'db.m5.large', true],
  ['dbInstanceClass', 'db.m5.tiny', false],
  ['dbReadReplicas', 6, false],
  ['role', 'standby', true],
  ['partnerStack', 'app', false],
]);

describeModule(subject, {
  index: () => require('.'),
  cdk: () => require('./cdk'),
});
