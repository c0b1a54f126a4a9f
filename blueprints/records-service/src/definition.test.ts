import { describeDefinition, describeModule } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeDefinition(subject, [
  ['kubernetesVersion', '1.28', false],
  ['dbEngineVersion', '15.4', false],
  ['kafkaVersion', '3.5', false],
  ['nodeInstanceTypes', ['c5.2xlarge'], true],
  ['nodeMaxSize', 10, true],
  ['dbIops', 16000, true],
  ['dbIops', 3000, false],
  ['dbReadReplicas', 6, false],
  ['kafkaBrokers', 3, true],
  ['kafkaBrokers', 4, false],
]);

describeModule(subject, {
  index: () => require('.'),
  cdk: () => require('./cdk'),
});
