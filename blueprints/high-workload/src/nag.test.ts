import { describeNag } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeNag(subject, [
  {
    rule: 'AwsSolutions-IAM5[Resource::',
    where: /^replication\//,
    reason:
      'All objects of the pair of buckets; the other region’s key is known by its alias, which the condition asks for.',
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: /^bastion\/role\//,
    reason:
      'Session Manager’s agent asks for this policy of AWS’s and for nothing else.',
  },
  {
    rule: 'AwsSolutions-RDS2',
    where: /^database\/instance$/,
    reason:
      'The standby’s is a replica, encrypted by the key it names; CloudFormation takes StorageEncrypted from its source.',
  },
  {
    rule: 'AwsSolutions-EC29',
    where: /^bastion\/instance$/,
    reason: 'It holds nothing: one that is lost is made anew by the stack.',
  },
]);
