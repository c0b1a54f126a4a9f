import type { JsonObject, JsonValue } from '@backstage/types';

/** Where an ARN leads: Terraform's type, and the id by which Terraform imports it. */
export interface Identity {
  type: string;
  id: string;
}

type FromArn = [
  service: string,
  resource: RegExp,
  type: string,
  id: (found: RegExpMatchArray, arn: ArnParts) => string,
];

interface ArnParts {
  arn: string;
  service: string;
  region: string;
  accountId: string;
  resource: string;
}

const first = (found: RegExpMatchArray) => found[1];
const whole = (_: RegExpMatchArray, { arn }: ArnParts) => arn;
const pair = (found: RegExpMatchArray) => `${found[1]}:${found[2]}`;

/** Import ids are from the AWS provider's documentation of each type ("Import"), ARNs from AWS's Service Authorization Reference. */
const ARNS: FromArn[] = [
  ['acm', /^certificate\//, 'aws_acm_certificate', whole],
  ['backup', /^backup-plan:(.+)$/, 'aws_backup_plan', first],
  ['backup', /^backup-vault:(.+)$/, 'aws_backup_vault', first],
  ['cloudfront', /^distribution\/(.+)$/, 'aws_cloudfront_distribution', first],
  ['cloudtrail', /^trail\//, 'aws_cloudtrail', whole],
  ['cloudwatch', /^alarm:(.+)$/, 'aws_cloudwatch_metric_alarm', first],
  ['dynamodb', /^table\/([^/]+)$/, 'aws_dynamodb_table', first],
  ['ec2', /^elastic-ip\/(.+)$/, 'aws_eip', first],
  ['ec2', /^instance\/(.+)$/, 'aws_instance', first],
  ['ec2', /^internet-gateway\/(.+)$/, 'aws_internet_gateway', first],
  ['ec2', /^launch-template\/(.+)$/, 'aws_launch_template', first],
  ['ec2', /^natgateway\/(.+)$/, 'aws_nat_gateway', first],
  ['ec2', /^network-acl\/(.+)$/, 'aws_network_acl', first],
  ['ec2', /^route-table\/(.+)$/, 'aws_route_table', first],
  ['ec2', /^security-group\/(.+)$/, 'aws_security_group', first],
  ['ec2', /^subnet\/(.+)$/, 'aws_subnet', first],
  ['ec2', /^vpc\/(.+)$/, 'aws_vpc', first],
  ['ec2', /^vpc-endpoint\/(.+)$/, 'aws_vpc_endpoint', first],
  ['ec2', /^vpc-flow-log\/(.+)$/, 'aws_flow_log', first],
  ['ecr', /^repository\/(.+)$/, 'aws_ecr_repository', first],
  ['eks', /^addon\/([^/]+)\/([^/]+)/, 'aws_eks_addon', pair],
  ['eks', /^cluster\/(.+)$/, 'aws_eks_cluster', first],
  ['eks', /^nodegroup\/([^/]+)\/([^/]+)/, 'aws_eks_node_group', pair],
  [
    'elasticache',
    /^parametergroup:(.+)$/,
    'aws_elasticache_parameter_group',
    first,
  ],
  [
    'elasticache',
    /^replicationgroup:(.+)$/,
    'aws_elasticache_replication_group',
    first,
  ],
  ['elasticache', /^subnetgroup:(.+)$/, 'aws_elasticache_subnet_group', first],
  ['elasticloadbalancing', /^listener\//, 'aws_lb_listener', whole],
  ['elasticloadbalancing', /^loadbalancer\//, 'aws_lb', whole],
  ['elasticloadbalancing', /^targetgroup\//, 'aws_lb_target_group', whole],
  ['iam', /^instance-profile\/(.+)$/, 'aws_iam_instance_profile', first],
  ['iam', /^oidc-provider\//, 'aws_iam_openid_connect_provider', whole],
  ['iam', /^policy\//, 'aws_iam_policy', whole],
  ['iam', /^role\/(.+)$/, 'aws_iam_role', first],
  ['kafka', /^cluster\//, 'aws_msk_cluster', whole],
  ['kms', /^key\/(.+)$/, 'aws_kms_key', first],
  ['logs', /^log-group:(.+?)(:\*)?$/, 'aws_cloudwatch_log_group', first],
  ['rds', /^cluster:(.+)$/, 'aws_rds_cluster', first],
  ['rds', /^cluster-pg:(.+)$/, 'aws_rds_cluster_parameter_group', first],
  ['rds', /^db:(.+)$/, 'aws_db_instance', first],
  ['rds', /^pg:(.+)$/, 'aws_db_parameter_group', first],
  ['rds', /^subgrp:(.+)$/, 'aws_db_subnet_group', first],
  ['route53', /^healthcheck\/(.+)$/, 'aws_route53_health_check', first],
  ['s3', /^([^/]+)$/, 'aws_s3_bucket', first],
  ['secretsmanager', /^secret:/, 'aws_secretsmanager_secret', whole],
  ['sns', /^[^:]+$/, 'aws_sns_topic', whole],
  [
    'sqs',
    /^(.+)$/,
    'aws_sqs_queue',
    ([, name], { region, accountId }) => queueUrl(region, accountId, name),
  ],
  [
    'wafv2',
    /^(global|regional)\/webacl\/([^/]+)\/(.+)$/,
    'aws_wafv2_web_acl',
    ([, scope, name, id]) =>
      `${id}/${name}/${scope === 'global' ? 'CLOUDFRONT' : 'REGIONAL'}`,
  ],
];

/** Undefined for what no module of Terraform makes. */
export function identityOf(arn: string): Identity | undefined {
  const [, , service, region, accountId, ...rest] = arn.split(':');
  const parts = { arn, service, region, accountId, resource: rest.join(':') };
  for (const [ofService, pattern, type, id] of ARNS) {
    const found = ofService === service && parts.resource.match(pattern);
    if (found) {
      return { type, id: id(found, parts) };
    }
  }
  return undefined;
}

function queueUrl(region: string, accountId: string, name: string): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}

export interface Place {
  accountId: string;
  region: string;
  partition: string;
}

type ByName = (
  planned: (name: string) => string | undefined,
  place: Place,
) => Array<string | undefined>;

const parts =
  (separator: string, ...names: string[]): ByName =>
  planned =>
    names.flatMap((name, index) =>
      index === 0 ? [planned(name)] : [separator, planned(name)],
    );

/** Types whose id follows from what is planned: AWS has at most one of them, and refuses a second. */
const NAMED: Record<string, ByName> = {
  aws_appautoscaling_target: parts(
    '/',
    'service_namespace',
    'resource_id',
    'scalable_dimension',
  ),
  aws_backup_vault: parts('', 'name'),
  aws_cloudwatch_dashboard: parts('', 'dashboard_name'),
  aws_cloudwatch_log_group: parts('', 'name'),
  aws_cloudwatch_metric_alarm: parts('', 'alarm_name'),
  aws_db_instance: parts('', 'identifier'),
  aws_db_parameter_group: parts('', 'name'),
  aws_db_subnet_group: parts('', 'name'),
  aws_dynamodb_table: parts('', 'name'),
  aws_ecr_lifecycle_policy: parts('', 'repository'),
  aws_ecr_repository: parts('', 'name'),
  aws_eks_access_entry: parts(':', 'cluster_name', 'principal_arn'),
  aws_eks_access_policy_association: parts(
    '#',
    'cluster_name',
    'principal_arn',
    'policy_arn',
  ),
  aws_eks_addon: parts(':', 'cluster_name', 'addon_name'),
  aws_eks_cluster: parts('', 'name'),
  aws_eks_node_group: parts(':', 'cluster_name', 'node_group_name'),
  aws_elasticache_parameter_group: parts('', 'name'),
  aws_elasticache_replication_group: parts('', 'replication_group_id'),
  aws_elasticache_subnet_group: parts('', 'name'),
  aws_iam_instance_profile: parts('', 'name'),
  aws_iam_role: parts('', 'name'),
  aws_internet_gateway_attachment: parts(':', 'internet_gateway_id', 'vpc_id'),
  aws_kms_alias: parts('', 'name'),
  aws_network_acl_rule: parts(
    ':',
    'network_acl_id',
    'rule_number',
    'protocol',
    'egress',
  ),
  aws_rds_cluster: parts('', 'cluster_identifier'),
  aws_rds_cluster_instance: parts('', 'identifier'),
  aws_rds_cluster_parameter_group: parts('', 'name'),
  aws_rds_global_cluster: parts('', 'global_cluster_identifier'),
  aws_route: parts('_', 'route_table_id', 'destination_cidr_block'),
  aws_route53_record: (planned, place) => {
    const set = planned('set_identifier');
    return [
      ...parts('_', 'zone_id', 'name', 'type')(planned, place),
      ...(set ? ['_', set] : []),
    ];
  },
  aws_route_table_association: parts('/', 'subnet_id', 'route_table_id'),
  aws_s3_bucket: parts('', 'bucket'),
  aws_sns_topic: (planned, { partition, region, accountId }) => [
    `arn:${partition}:sns:${region}:${accountId}:`,
    planned('name'),
  ],
  aws_sqs_queue: (planned, { region, accountId }) => {
    const name = planned('name');
    return [name && queueUrl(region, accountId, name)];
  },
};

/** The import id of a planned resource; undefined where its type has none that can be known, or not yet. */
export function plannedId(
  type: string,
  after: JsonObject,
  place: Place,
): string | undefined {
  const pieces = NAMED[type]?.(name => textOf(after[name]), place);
  return pieces && pieces.every(piece => piece !== undefined)
    ? pieces.join('')
    : undefined;
}

function textOf(value: JsonValue | undefined): string | undefined {
  switch (typeof value) {
    case 'string':
      return value || undefined;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}
