import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ApplicationLoadBalancer } from '../../edge/ApplicationLoadBalancer';
import type { Alarms } from '../Alarms';

/**
 * The front door: errors, slowness, nobody to answer (rows 000-21, 004-31).
 *
 * @public
 */
export function addEdgeAlarms(
  alarms: Alarms,
  edge: ApplicationLoadBalancer,
  /** What the answers should take, and whose target that is. */
  target: { percentile: number; milliseconds: number; document: string },
): void {
  const loadBalancer = {
    namespace: 'AWS/ApplicationELB',
    dimensions: { LoadBalancer: edge.fullName },
    periodSeconds: 60,
    missingData: TreatMissingData.NOT_BREACHING,
  };
  alarms
    .add('load-balancer-errors', {
      ...loadBalancer,
      description:
        'The load balancer itself answers with 5xx: no healthy pod takes requests.',
      metricName: 'HTTPCode_ELB_5XX_Count',
      statistic: 'Sum',
      when: 'above',
      threshold: 10,
      periods: 3,
    })
    .add('application-errors', {
      ...loadBalancer,
      description: 'The application answers with 5xx.',
      metricName: 'HTTPCode_Target_5XX_Count',
      statistic: 'Sum',
      when: 'above',
      threshold: 25,
      periods: 3,
    })
    .add('application-slow', {
      ...loadBalancer,
      description: `Answers take longer than ${target.milliseconds} ms at the ${target.percentile}th percentile, the target of ${target.document}.`,
      metricName: 'TargetResponseTime',
      statistic: `p${target.percentile}`,
      when: 'above',
      threshold: target.milliseconds / 1000,
      periods: 5,
    })
    .add('pods-unhealthy', {
      ...loadBalancer,
      description: 'Some front-end pods fail the load balancer’s health check.',
      dimensions: {
        LoadBalancer: edge.fullName,
        TargetGroup: edge.targetGroupFullName,
      },
      metricName: 'UnHealthyHostCount',
      statistic: 'Maximum',
      when: 'above',
      threshold: 0,
      periods: 5,
    });
}
