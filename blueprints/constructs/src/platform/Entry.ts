import { InputError } from '@backstage/errors';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { ApplicationLoadBalancer } from '../edge/ApplicationLoadBalancer';
import { Distribution } from '../edge/Distribution';
import { RoutedRecord, type Routing } from '../edge/RoutedRecord';
import { WebFirewall } from '../edge/WebFirewall';
import { SecurityGroup } from '../network/SecurityGroup';
import type { EnvironmentStack } from '../stack/EnvironmentStack';
import { secureBucket } from '../storage/SecureBucket';
import type { Foundation } from './Foundation';

/** @public */
export interface EntryProps {
  foundation: Foundation;
  targetPort: number;
  healthCheckPath: string;
  domain?: { name: string; hostedZoneId: string };
  /** Makes the load balancer one of several behind the name. */
  routing?: Routing;
  /** `own`: made here; `elsewhere`: another region's stack has it, and its origin's name is used. */
  cdn: 'own' | 'elsewhere' | 'none';
  hasOriginShield?: boolean;
  /** Requests of one address in five minutes; none: no firewall. */
  requestLimit?: number;
  /** Ranges that reach the load balancer; everybody by default. */
  allowedCidrs?: string[];
}

/**
 * The way in: load balancer, firewall before it, CloudFront before both, and the records that lead there.
 *
 * With CloudFront the site's name leads to it, and `origin.` before that name to the load balancers, so that a failover
 * moves the origin and leaves CloudFront as it is.
 *
 * @public
 */
export class Entry {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly distribution?: Distribution;
  /** CloudFront's own log of requests. */
  readonly cdnLogsBucket?: Bucket;
  readonly healthCheckId?: string;
  readonly url: string;

  constructor(stack: EnvironmentStack, props: EntryProps) {
    const { foundation, domain, routing } = props;
    const { network, place, name } = foundation;
    const hasCdn = props.cdn !== 'none';
    if (props.cdn === 'own' && domain && place.region !== 'us-east-1') {
      throw new InputError(
        `CloudFront takes certificates of us-east-1 only, and this environment is in ${place.region}: choose us-east-1, switch cdn off, or leave domainName and hostedZoneId empty.`,
      );
    }
    if (routing && !domain) {
      throw new InputError(
        'Routing among regions is a matter of a name: give domainName and hostedZoneId.',
      );
    }
    const originName =
      domain && (hasCdn ? `origin.${domain.name}` : domain.name);
    this.loadBalancer = new ApplicationLoadBalancer(stack, 'edge', {
      name,
      accountId: place.accountId,
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
      securityGroup: this.#security(stack, props),
      logsBucket: foundation.logsBucket,
      targetPort: props.targetPort,
      healthCheckPath: props.healthCheckPath,
      domain:
        domain && originName
          ? {
              name: originName,
              hostedZoneId: domain.hostedZoneId,
              otherNames: hasCdn ? [domain.name] : undefined,
              hasRecord: !routing,
            }
          : undefined,
    });
    this.loadBalancer.node.addDependency(...network.ingress);
    if (props.requestLimit !== undefined) {
      new WebFirewall(stack, 'firewall', {
        name,
        loadBalancerArn: this.loadBalancer.arn,
        requestLimit: props.requestLimit,
      });
    }
    if (routing && domain && originName) {
      this.healthCheckId = new RoutedRecord(stack, 'routing', {
        name: originName,
        hostedZoneId: domain.hostedZoneId,
        setIdentifier: place.region,
        routing,
        loadBalancer: this.loadBalancer,
        healthCheckPath: props.healthCheckPath,
        tags: place.tags,
      }).healthCheckId;
    }
    if (props.cdn === 'own') {
      this.cdnLogsBucket = secureBucket(stack, 'cdn-logs-bucket', {
        encryption: { by: 's3' },
        versioned: true,
        expireAfterDays: foundation.logRetentionDays,
        acceptsAccessLists: true,
      });
      this.distribution = new Distribution(stack, 'distribution', {
        name,
        originName: originName ?? this.loadBalancer.dnsName,
        originTls: domain !== undefined,
        originShieldRegion: props.hasOriginShield ? place.region : undefined,
        domain,
        logsBucket: this.cdnLogsBucket,
      });
    }
    this.url = this.distribution?.url ?? this.loadBalancer.url;
  }

  #security(stack: EnvironmentStack, props: EntryProps): SecurityGroup {
    const { foundation, domain, targetPort } = props;
    const group = new SecurityGroup(stack, 'edge-security', {
      name: `${foundation.name}-load-balancer`,
      vpcId: foundation.network.vpcId,
      description: `Load balancer of ${foundation.name}`,
    });
    const cidrs = props.allowedCidrs?.length
      ? props.allowedCidrs
      : ['0.0.0.0/0'];
    for (const [index, cidr] of cidrs.entries()) {
      for (const port of domain ? [80, 443] : [80]) {
        group.allowFromCidr(
          props.allowedCidrs?.length
            ? `from-${index + 1}-${port}`
            : `from-internet-${port}`,
          cidr,
          { from: port, description: 'Users' },
        );
      }
    }
    return group.allowTo('to-pods', foundation.security.nodes, {
      from: targetPort,
      description: 'Load balancer to pods',
    });
  }
}
