import { CfnHealthCheck, CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';

/** How DNS chooses among the regions of one name. @public */
export type Routing =
  | { kind: 'failover'; role: 'primary' | 'standby' }
  | { kind: 'weighted'; weight: number }
  /** A two-letter continent, or `rest` for everybody else. */
  | { kind: 'geolocation'; continent: string };

/** @public */
export interface RoutedRecordProps {
  name: string;
  hostedZoneId: string;
  /** This region's among the records of the name. */
  setIdentifier: string;
  routing: Routing;
  loadBalancer: { dnsName: string; hostedZoneId: string };
  healthCheckPath: string;
  tags: Record<string, string>;
}

/** With three failures in a row at this pace a region is given up after 30 s, well within a minute. */
const HEALTH_CHECK_SECONDS = 10;
const HEALTH_CHECK_FAILURES = 3;

/**
 * This region's record of a name that several regions share, and the health check that withdraws it (rows 000-23, 001-27,
 * 001-33, 001-34, 002-04). Each region's stack has its own, so either can be made or lost alone.
 *
 * @public
 */
export class RoutedRecord extends Construct {
  readonly healthCheckId: string;

  constructor(scope: Construct, id: string, props: RoutedRecordProps) {
    super(scope, id);
    const healthCheck = new CfnHealthCheck(this, 'health-check', {
      healthCheckConfig: {
        type: 'HTTPS',
        fullyQualifiedDomainName: props.loadBalancer.dnsName,
        port: 443,
        resourcePath: props.healthCheckPath,
        requestInterval: HEALTH_CHECK_SECONDS,
        failureThreshold: HEALTH_CHECK_FAILURES,
        enableSni: true,
      },
      healthCheckTags: Object.entries({
        Name: `${props.name} ${props.setIdentifier}`,
        ...props.tags,
      }).map(([key, value]) => ({ key, value })),
    });
    this.healthCheckId = healthCheck.attrHealthCheckId;
    new CfnRecordSet(this, 'record', {
      hostedZoneId: props.hostedZoneId,
      name: props.name,
      type: 'A',
      setIdentifier: props.setIdentifier,
      healthCheckId: this.healthCheckId,
      aliasTarget: {
        dnsName: props.loadBalancer.dnsName,
        hostedZoneId: props.loadBalancer.hostedZoneId,
        evaluateTargetHealth: true,
      },
      ...policyOf(props.routing),
    });
  }
}

function policyOf(routing: Routing) {
  switch (routing.kind) {
    case 'failover':
      return { failover: routing.role === 'primary' ? 'PRIMARY' : 'SECONDARY' };
    case 'weighted':
      return { weight: routing.weight };
    default:
      return {
        geoLocation:
          routing.continent === 'rest'
            ? { countryCode: '*' }
            : { continentCode: routing.continent },
      };
  }
}
