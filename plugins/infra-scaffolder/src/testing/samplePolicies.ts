import type {
  Exemption,
  PolicyFinding,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';

/** A rule that denies, one that tells, one that is off. */
export const sampleRules: PolicyRule[] = [
  {
    rule: 'no-public-database',
    title: 'No database can be reached from outside',
    effect: 'deny',
    policies: [
      {
        id: 'no-public-database',
        effect: 'deny',
        types: ['AWS::RDS::DBInstance'],
        message: 'The database gets a public address.',
        mend: 'Set PubliclyAccessible to false.',
        unknown: 'counts: whether it is public must be known before',
        text: `@id("no-public-database")
forbid (principal, action, resource is AWS::RDS::DBInstance)
when { resource has PubliclyAccessible && resource.PubliclyAccessible };`,
      },
    ],
  },
  {
    rule: 'no-plain-http',
    title: 'Users are led to HTTPS',
    effect: 'warn',
    policies: [
      {
        id: 'no-plain-http',
        effect: 'warn',
        types: ['AWS::ElasticLoadBalancingV2::Listener'],
        message: 'The listener on port {Port} answers without TLS.',
        mend: 'Give the environment a domain name; then it redirects to HTTPS.',
        unknown: 'passes: listeners of the blueprints say what they do',
        text: '@id("no-plain-http")\nforbid (principal, action, resource);',
      },
    ],
  },
  {
    rule: 'bounds',
    title: 'Nothing grows without bounds',
    effect: 'off',
    policies: [
      {
        id: 'bounds.nodes',
        effect: 'off',
        types: ['AWS::EKS::Nodegroup'],
        message: 'The node group may grow to {ScalingConfig.MaxSize} nodes.',
        mend: 'Set MaxSize to 10 or less; 50 in production.',
        unknown: 'passes: the bound is a parameter of every blueprint',
        text: '@id("bounds.nodes")\nforbid (principal, action, resource);',
      },
    ],
  },
];

/** One that keeps a plan from being applied. */
export function sampleFinding(
  part: Partial<PolicyFinding> = {},
): PolicyFinding {
  return {
    rule: 'no-public-database',
    title: 'No database can be reached from outside',
    effect: 'deny',
    logicalId: 'databaseInstance',
    type: 'AWS::RDS::DBInstance',
    path: 'database/instance',
    message: 'The database gets a public address.',
    mend: 'Set PubliclyAccessible to false.',
    ...part,
  };
}

/** One that holds. */
export function sampleExemption(part: Partial<Exemption> = {}): Exemption {
  return {
    id: 'x1',
    state: 'active',
    rule: 'no-public-database',
    environment: { id: 'e1', name: 'shop-dev' },
    resourcePattern: 'database/*',
    owner: 'group:default/storefront',
    reason: 'A drill against the old client, which cannot use the tunnel.',
    expiresAt: '2100-01-01T00:00:00.000Z',
    askedBy: 'user:default/maya',
    askedAt: '2026-11-24T09:00:00.000Z',
    grantedBy: 'user:default/ada',
    grantedAt: '2026-11-24T10:00:00.000Z',
    ...part,
  };
}
