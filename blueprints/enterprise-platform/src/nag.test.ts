import { describeNag } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeNag(subject, [
  {
    rule: 'AwsSolutions-VPC3',
    where: /^database-acl\//,
    reason:
      'The document asks for network ACLs as an additional fence (003-05); the security groups behind it stand on their own.',
  },
]);
