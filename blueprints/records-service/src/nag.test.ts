import { describeNag } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeNag(subject, [
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:kafka:',
    where: /^workload-roles\/(records|ingest)\//,
    reason:
      'Topics and groups of the environment’s own cluster, whose names the application chooses; to write and to read are two roles.',
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: /^tracing-role\//,
    reason:
      'X-Ray takes traces without regard to resources; AWS’s policy is the list of those calls.',
  },
]);
