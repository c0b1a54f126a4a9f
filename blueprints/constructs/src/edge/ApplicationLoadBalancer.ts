import { Tags } from 'aws-cdk-lib';
import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  CfnListener,
  CfnLoadBalancer,
  CfnTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { SecurityGroup } from '../network/SecurityGroup';

/** @public */
export interface ApplicationLoadBalancerProps {
  /** Its `Name` tag; AWS makes up the real name, which allows 32 characters only. */
  name: string;
  accountId: string;
  vpcId: string;
  subnetIds: string[];
  securityGroup: SecurityGroup;
  logsBucket: Bucket;
  /** Port on which the pods behind it listen. */
  targetPort: number;
  healthCheckPath: string;
  /** Serves HTTPS under this name, with a certificate proved through the zone; without it, plain HTTP. */
  domain?: LoadBalancerDomain;
}

/** @public */
export interface LoadBalancerDomain {
  name: string;
  hostedZoneId: string;
  /** More names that the certificate proves. */
  otherNames?: string[];
  /** Left out where another record leads to the load balancer, e.g. one that fails over. */
  hasRecord?: boolean;
}

/**
 * Entry from the internet (rows 004-01, 004-05, 004-27): a load balancer over the public subnets of all zones, whose
 * targets are pods by address. With a domain it serves TLS 1.2 and 1.3 and sends HTTP there.
 *
 * @public
 */
export class ApplicationLoadBalancer extends Construct {
  readonly arn: string;
  /** Zone of its own name, for aliases. */
  readonly hostedZoneId: string;
  readonly dnsName: string;
  readonly url: string;
  readonly fullName: string;
  readonly targetGroupArn: string;
  readonly targetGroupFullName: string;

  constructor(
    scope: Construct,
    id: string,
    props: ApplicationLoadBalancerProps,
  ) {
    super(scope, id);
    const logPrefix = 'load-balancer';
    props.logsBucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [
          new ServicePrincipal(
            'logdelivery.elasticloadbalancing.amazonaws.com',
          ),
        ],
        actions: ['s3:PutObject'],
        resources: [
          props.logsBucket.arnForObjects(
            `${logPrefix}/AWSLogs/${props.accountId}/*`,
          ),
        ],
      }),
    );

    const loadBalancer = new CfnLoadBalancer(this, 'load-balancer', {
      type: 'application',
      scheme: 'internet-facing',
      ipAddressType: 'ipv4',
      subnets: props.subnetIds,
      securityGroups: [props.securityGroup.groupId],
      loadBalancerAttributes: attributes({
        'routing.http.drop_invalid_header_fields.enabled': true,
        'routing.http.desync_mitigation_mode': 'defensive',
        'load_balancing.cross_zone.enabled': true,
        'access_logs.s3.enabled': true,
        'access_logs.s3.bucket': props.logsBucket.bucketName,
        'access_logs.s3.prefix': logPrefix,
      }),
    });
    if (props.logsBucket.policy) {
      loadBalancer.node.addDependency(props.logsBucket.policy);
    }
    Tags.of(loadBalancer).add('Name', props.name);

    const targetGroup = new CfnTargetGroup(this, 'target-group', {
      vpcId: props.vpcId,
      targetType: 'ip',
      protocol: 'HTTP',
      port: props.targetPort,
      healthCheckPath: props.healthCheckPath,
      healthCheckIntervalSeconds: 15,
      healthCheckTimeoutSeconds: 5,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
      matcher: { httpCode: '200-399' },
      targetGroupAttributes: attributes({
        'deregistration_delay.timeout_seconds': 30,
      }),
    });

    const forward = { type: 'forward', targetGroupArn: targetGroup.ref };
    if (props.domain) {
      this.#serveDomain(props.domain, loadBalancer, forward);
      this.#listen('http-listener', loadBalancer, 80, {
        type: 'redirect',
        redirectConfig: {
          protocol: 'HTTPS',
          port: '443',
          statusCode: 'HTTP_301',
        },
      });
    } else {
      this.#listen('http-listener', loadBalancer, 80, forward);
    }

    this.arn = loadBalancer.ref;
    this.hostedZoneId = loadBalancer.attrCanonicalHostedZoneId;
    this.dnsName = loadBalancer.attrDnsName;
    this.url = props.domain
      ? `https://${props.domain.name}`
      : `http://${loadBalancer.attrDnsName}`;
    this.fullName = loadBalancer.attrLoadBalancerFullName;
    this.targetGroupArn = targetGroup.ref;
    this.targetGroupFullName = targetGroup.attrTargetGroupFullName;
  }

  #serveDomain(
    domain: LoadBalancerDomain,
    loadBalancer: CfnLoadBalancer,
    forward: CfnListener.ActionProperty,
  ): void {
    const certificate = new CfnCertificate(this, 'certificate', {
      domainName: domain.name,
      subjectAlternativeNames: domain.otherNames,
      validationMethod: 'DNS',
      domainValidationOptions: [domain.name, ...(domain.otherNames ?? [])].map(
        domainName => ({ domainName, hostedZoneId: domain.hostedZoneId }),
      ),
    });
    new CfnListener(this, 'https-listener', {
      loadBalancerArn: loadBalancer.ref,
      protocol: 'HTTPS',
      port: 443,
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificates: [{ certificateArn: certificate.ref }],
      defaultActions: [forward],
    });
    if (domain.hasRecord === false) return;
    new CfnRecordSet(this, 'record', {
      hostedZoneId: domain.hostedZoneId,
      name: domain.name,
      type: 'A',
      aliasTarget: {
        dnsName: loadBalancer.attrDnsName,
        hostedZoneId: loadBalancer.attrCanonicalHostedZoneId,
        evaluateTargetHealth: true,
      },
    });
  }

  #listen(
    id: string,
    loadBalancer: CfnLoadBalancer,
    port: number,
    action: CfnListener.ActionProperty,
  ): void {
    new CfnListener(this, id, {
      loadBalancerArn: loadBalancer.ref,
      protocol: 'HTTP',
      port,
      defaultActions: [action],
    });
  }
}

function attributes(values: Record<string, string | number | boolean>) {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: String(value),
  }));
}
