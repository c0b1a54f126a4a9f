import kubernetes from '../../data/kubernetesVersions.json';
import { Exact, sum } from '../engine/money';
import { HOURS } from '../engine/month';
import type { Pricer } from '../engine/types';
import { numberOf, pointedAt, textOf, within } from '../engine/values';

const ENDS: Record<string, string> = kubernetes.endOfStandardSupport;

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

/**
 * Whether AWS asks more for it, and since when: from the day on which standard support ends, as the calendar of EKS has
 * it. Versions older than the calendar are in extended support, newer ones are not.
 */
export function extendedSupportOf(
  version: string,
  at: Date,
): { since?: string } | undefined {
  const end = ENDS[version];
  if (end) {
    return new Date(end) <= at ? { since: end } : undefined;
  }
  const oldest = Math.min(...Object.keys(ENDS).map(minorOf));
  return minorOf(version) < oldest ? {} : undefined;
}

/** The control plane, and what flows between zones in the cluster. */
const cluster: Pricer = ({ properties }, scope) => {
  const version = textOf(properties.Version);
  const support = version ? extendedSupportOf(version, scope.at) : undefined;
  const since = support?.since ? ` since ${support.since}` : '';
  return {
    title: `Kubernetes ${version ?? 'of AWS’s choice'}${
      support ? `, in extended support${since}` : ''
    }`,
    parts: [
      scope.part(
        'Control plane',
        {
          service: 'AmazonEKS',
          usage: 'AmazonEKS-Hours:perCluster',
          operation: 'CreateOperation',
        },
        HOURS,
      ),
      ...(support
        ? [
            scope.part(
              'Extended support',
              {
                service: 'AmazonEKS',
                usage: 'AmazonEKS-Hours:extendedSupport',
                operation: 'ExtendedSupport',
              },
              HOURS,
            ),
          ]
        : []),
      scope.part(
        'Traffic between zones, out and in',
        { service: 'AWSDataTransfer', usage: 'DataTransfer-Regional-Bytes' },
        scope.assume('zoneTrafficGb').times(2),
      ),
    ],
    missing: [],
  };
};

/** The add-on that makes Container Insights is paid for by what it observes; the others cost nothing. */
const addon: Pricer = ({ properties }, scope) => {
  const name = textOf(properties.AddonName) ?? 'an add-on';
  if (name !== 'amazon-cloudwatch-observability') {
    return { title: name, parts: [], missing: [] };
  }
  const owner = pointedAt(properties.ClusterName) ?? properties.ClusterName;
  const nodes = sum(
    scope
      .ofType('AWS::EKS::Nodegroup')
      .filter(
        group =>
          (pointedAt(group.properties.ClusterName) ??
            group.properties.ClusterName) === owner,
      )
      .map(group => {
        const scaling = within(group.properties, 'ScalingConfig');
        return (
          numberOf(scaling.DesiredSize) ??
          numberOf(scaling.MinSize) ??
          new Exact(0)
        );
      }),
  );
  return {
    title: `Container Insights of ${nodes} nodes`,
    parts: [
      scope.part(
        'Observations',
        { service: 'AmazonCloudWatch', usage: 'CW:ObservationUsage' },
        scope.assume('observationMillionsPerNode').times(nodes).times(1e6),
      ),
    ],
    missing: [],
  };
};

export const clusterPricers: Record<string, Pricer> = {
  'AWS::EKS::Cluster': cluster,
  'AWS::EKS::Addon': addon,
};
