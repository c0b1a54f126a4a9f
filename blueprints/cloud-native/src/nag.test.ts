import { describeNag } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeNag(subject, [
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    where: /^workload-roles\/velero\//,
    reason:
      'Snapshots and volumes are named by EC2 when Velero makes them; tags come with or after their creation.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::',
    where: /^replication\//,
    reason:
      'All objects of the two pairs of buckets; the other region’s key is known by its alias, which the condition asks for.',
  },
]);
