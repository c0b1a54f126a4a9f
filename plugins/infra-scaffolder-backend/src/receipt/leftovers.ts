import type { Orphan } from '@slipway/plugin-infra-scaffolder-common';

/** The parts of `arn:partition:service:region:account:resource`. */
export interface ArnParts {
  service: string;
  region: string;
  /** e.g. `volume/vol-1`, `db:shop`, or a bucket's name. */
  resource: string;
}

export function partsOfArn(arn: string): ArnParts {
  const [, , service = '', region = '', , ...resource] = arn.split(':');
  return { service, region, resource: resource.join(':') };
}

/** `volume` of `volume/vol-1`, `db` of `db:shop`. */
function kindOf({ resource }: ArnParts): string {
  return resource.split(/[/:]/)[0];
}

/** The last part of a resource, as most commands of the AWS CLI want it. */
function idOf({ resource }: ArnParts): string {
  return resource.split(/[/:]/).slice(1).join('/');
}

const SNAPSHOTS: Record<string, string[]> = {
  rds: ['snapshot', 'cluster-snapshot'],
  ec2: ['snapshot'],
  elasticache: ['snapshot'],
  dynamodb: ['backup'],
  backup: ['recovery-point'],
};

/**
 * Whether it outlives its environment on purpose, as the one thing that is left of the data. By the formats of
 * {@link https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html}
 */
export function isSnapshot(parts: ArnParts): boolean {
  return (SNAPSHOTS[parts.service] ?? []).includes(kindOf(parts));
}

/**
 * Whether AWS made it by itself and removes it when its retention is over: the names of such snapshots begin with `rds:`.
 * {@link https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html}
 */
export function isAutomaticBackup({ service, resource }: ArnParts): boolean {
  return service === 'rds' && /^(cluster-)?snapshot:rds:/.test(resource);
}

/** How a person deletes what is left, by service and kind; the id takes the place of `ID`, the ARN that of `ARN`. */
const COMMANDS: Record<string, string> = {
  'ec2 volume': 'ec2 delete-volume --volume-id ID',
  'ec2 network-interface':
    'ec2 delete-network-interface --network-interface-id ID',
  'ec2 security-group': 'ec2 delete-security-group --group-id ID',
  'ec2 elastic-ip': 'ec2 release-address --allocation-id ID',
  'ec2 natgateway': 'ec2 delete-nat-gateway --nat-gateway-id ID',
  'ec2 vpc-endpoint': 'ec2 delete-vpc-endpoints --vpc-endpoint-ids ID',
  'ec2 subnet': 'ec2 delete-subnet --subnet-id ID',
  'ec2 route-table': 'ec2 delete-route-table --route-table-id ID',
  'ec2 vpc': 'ec2 delete-vpc --vpc-id ID',
  'ec2 instance': 'ec2 terminate-instances --instance-ids ID',
  'ec2 launch-template': 'ec2 delete-launch-template --launch-template-id ID',
  'elasticloadbalancing loadbalancer':
    'elbv2 delete-load-balancer --load-balancer-arn ARN',
  'elasticloadbalancing targetgroup':
    'elbv2 delete-target-group --target-group-arn ARN',
  'logs log-group': 'logs delete-log-group --log-group-name ID',
  'kms key': 'kms schedule-key-deletion --key-id ARN',
  'secretsmanager secret': 'secretsmanager delete-secret --secret-id ARN',
  'sqs ': 'sqs delete-queue --queue-url, with the URL of the queue',
  'sns ': 'sns delete-topic --topic-arn ARN',
  'dynamodb table': 'dynamodb delete-table --table-name ID',
  'ecr repository': 'ecr delete-repository --force --repository-name ID',
  'acm certificate': 'acm delete-certificate --certificate-arn ARN',
  'rds db': 'rds delete-db-instance --db-instance-identifier ID',
  'rds cluster': 'rds delete-db-cluster --db-cluster-identifier ID',
  'cloudwatch alarm': 'cloudwatch delete-alarms --alarm-names ID',
  'cloudformation stack': 'cloudformation delete-stack --stack-name ARN',
};
/** Services whose resources have a name and no kind in their ARN. */
const NAMELESS = new Set(['sqs', 'sns', 's3']);

/** What has the tags of an environment that is gone. */
export function orphanOf(arn: string, askedRegion: string): Orphan {
  const parts = partsOfArn(arn);
  const { service, resource } = parts;
  const region = parts.region || askedRegion;
  const command =
    COMMANDS[`${service} ${NAMELESS.has(service) ? '' : kindOf(parts)}`];
  let howToRemove = `Delete it in the console of ${service}, ${region}.`;
  if (service === 's3') {
    howToRemove = `aws s3 rb s3://${resource} --force`;
  } else if (command) {
    howToRemove = `aws ${command
      .replace('ARN', arn)
      .replace('ID', idOf(parts))} --region ${region}`;
  }
  return { arn, region, service, howToRemove };
}
