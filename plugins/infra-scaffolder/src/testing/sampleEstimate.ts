import type {
  CostEstimate,
  CostLine,
} from '@slipway/plugin-infra-scaffolder-common';

const LINES: CostLine[] = [
  {
    logicalId: 'ClusterControlPlane',
    type: 'AWS::EKS::Cluster',
    path: 'cluster/control-plane',
    title: 'Kubernetes 1.36',
    monthlyUsd: '75.00',
    parts: [
      {
        title: 'Control plane',
        quantity: '730',
        unit: 'hours',
        unitPriceUsd: '0.1',
        monthlyUsd: '73.00',
      },
      {
        title: 'Traffic between zones, out and in',
        quantity: '200',
        unit: 'GB',
        unitPriceUsd: '0.01',
        monthlyUsd: '2.00',
      },
    ],
  },
  {
    logicalId: 'DatabaseInstance',
    type: 'AWS::RDS::DBInstance',
    path: 'database/instance',
    title: 'db.t3.small',
    monthlyUsd: '36.59',
    parts: [
      {
        title: 'Instance',
        quantity: '730',
        unit: 'hours',
        unitPriceUsd: '0.036',
        monthlyUsd: '26.28',
      },
      {
        title: '80 GB of gp3',
        quantity: '80',
        unit: 'GB-months',
        unitPriceUsd: '0.115',
        monthlyUsd: '9.20',
      },
      {
        title: 'Enhanced Monitoring',
        quantity: '2.22',
        unit: 'GB',
        unitPriceUsd: '0.5',
        monthlyUsd: '1.11',
      },
    ],
  },
  {
    logicalId: 'DatabaseSecret',
    type: 'AWS::SecretsManager::Secret',
    path: 'database/secret',
    title: 'Secret',
    monthlyUsd: '0.45',
    parts: [
      {
        title: 'Secret',
        quantity: '1',
        unit: 'secrets',
        unitPriceUsd: '0.4',
        monthlyUsd: '0.40',
      },
      {
        title: 'Reads',
        quantity: '10000',
        unit: 'requests',
        unitPriceUsd: '0.000005',
        monthlyUsd: '0.05',
      },
    ],
  },
];

/** What three resources come to, all of them new. */
export function sampleEstimate(part: Partial<CostEstimate> = {}): CostEstimate {
  return {
    pricesOf: '2026-07-20',
    region: 'us-east-1',
    monthlyBeforeUsd: '0.00',
    monthlyUsd: '112.04',
    lines: LINES,
    unpriced: [],
    assumptions: [
      '100 GB a month go between zones within each cluster, paid for on both sides.',
      'Each secret is read 10 thousand times a month.',
    ],
    ...part,
  };
}

/** The same where the database was smaller, a bucket goes, and one resource cannot be priced. */
export function sampleChangeEstimate(): CostEstimate {
  const [cluster, database, secret] = LINES;
  return sampleEstimate({
    monthlyBeforeUsd: '94.41',
    lines: [
      { ...cluster, monthlyBeforeUsd: '75.00' },
      { ...database, monthlyBeforeUsd: '15.76' },
      { ...secret, monthlyBeforeUsd: '0.45' },
      {
        logicalId: 'AssetsBucket',
        type: 'AWS::S3::Bucket',
        path: 'assets-bucket',
        title: 'Bucket, Standard',
        monthlyBeforeUsd: '3.20',
        monthlyUsd: '0.00',
        parts: [],
      },
    ],
    unpriced: [
      {
        type: 'AWS::Neptune::DBCluster',
        path: 'graph/cluster',
        reason: 'Nobody taught the portal what AWS::Neptune::DBCluster costs.',
      },
    ],
  });
}
