import type { JsonObject } from '@backstage/types';
import type { Pricer } from '../engine/types';
import {
  isOn,
  listOf,
  numberOf,
  pointedAt,
  textOf,
  within,
} from '../engine/values';

const distribution: Pricer = ({ properties }, scope) => {
  const origins = listOf(within(properties, 'DistributionConfig').Origins);
  const shields = origins
    .map(origin => within(origin, 'OriginShield'))
    .filter(shield => isOn(shield.Enabled));
  const requests = scope.assume('cloudFrontMillions').times(1e6);
  const service = 'AmazonCloudFront';
  return {
    title: 'CloudFront',
    parts: [
      scope.part(
        'Data to viewers',
        { service, usage: 'US-DataTransfer-Out-Bytes' },
        scope.assume('cloudFrontGb'),
      ),
      scope.part(
        'Requests',
        { service, usage: 'US-Requests-Tier2-HTTPS' },
        requests,
      ),
      ...shields.slice(0, 1).map(shield =>
        scope.part(
          'Requests to the origin shield',
          {
            service,
            usage: 'Requests-OriginShield',
            region: textOf(shield.OriginShieldRegion),
          },
          requests.times(scope.assume('originShieldPercent').div(100)),
        ),
      ),
    ],
    missing: [],
  };
};

/** Groups of rules that AWS asks more for than for a rule. Source: AWS WAF pricing, "Intelligent threat mitigation". */
const DEARER_GROUPS = /Bot|ATP|ACFP|AntiDDoS/;

const firewall: Pricer = ({ properties }, scope) => {
  const prefix = properties.Scope === 'CLOUDFRONT' ? 'Global-' : '';
  const rules = listOf(properties.Rules);
  const dearer = rules
    .map(rule =>
      textOf(within(rule, 'Statement', 'ManagedRuleGroupStatement').Name),
    )
    .filter(name => name && DEARER_GROUPS.test(name));
  const service = 'awswaf';
  return {
    title: `Firewall with ${rules.length} rules`,
    parts: [
      scope.part('Access list', { service, usage: `${prefix}WebACLV2` }, 1),
      ...(rules.length > 0
        ? [
            scope.part(
              'Rules and groups of rules',
              { service, usage: `${prefix}RuleV2` },
              rules.length,
              { unit: 'rules' },
            ),
          ]
        : []),
      scope.part(
        'Requests',
        { service, usage: `${prefix}RequestV2-Tier1` },
        scope.assume('firewallMillions').times(1e6),
      ),
    ],
    missing: dearer.map(
      name =>
        `${name} costs more than a rule, which the price list does not have.`,
    ),
  };
};

const zone: Pricer = (_, scope) => ({
  title: 'Zone',
  parts: [
    scope.part('Zone', { service: 'AmazonRoute53', usage: 'HostedZone' }, 1),
    scope.part(
      'Names asked for',
      { service: 'AmazonRoute53', usage: 'DNS-Queries' },
      scope.assume('dnsMillions').times(1e6),
    ),
  ],
  missing: [],
});

/** Intervals below that of 30 s are paid for. */
const SLOW_SECONDS = 30;

/**
 * How many of the features that are paid for a check uses. Source: Amazon Route 53 pricing, "Health checks": HTTPS, string
 * matching, a fast interval, latency measurement.
 */
function paidFeatures(check: JsonObject): number {
  const type = textOf(check.Type) ?? '';
  return [
    type.startsWith('HTTPS'),
    type.endsWith('STR_MATCH'),
    numberOf(check.RequestInterval)?.lt(SLOW_SECONDS) ?? false,
    isOn(check.MeasureLatency),
  ].filter(Boolean).length;
}

/** An endpoint is AWS's where the plan makes it, or by its name; checks of checks and of alarms count as AWS's. */
const healthCheck: Pricer = ({ properties }, scope) => {
  const check = within(properties, 'HealthCheckConfig');
  const name = check.FullyQualifiedDomainName;
  const isOfAws =
    /^(CALCULATED|CLOUDWATCH_METRIC|RECOVERY_CONTROL)$/.test(
      textOf(check.Type) ?? '',
    ) ||
    pointedAt(name) !== undefined ||
    /\.amazonaws\.com$/.test(textOf(name) ?? '');
  const features = paidFeatures(check);
  const kind = isOfAws ? 'AWS' : 'Non-AWS';
  return {
    title: `Health check of ${
      isOfAws ? 'an endpoint in AWS' : 'an endpoint elsewhere'
    }`,
    parts: [
      scope.part(
        'Check',
        { service: 'AmazonRoute53', usage: `Health-Check-${kind}` },
        1,
      ),
      ...(features > 0
        ? [
            scope.part(
              'Features that are paid for',
              {
                service: 'AmazonRoute53',
                usage: `Health-Check-Option-${kind}`,
              },
              features,
              { unit: 'features' },
            ),
          ]
        : []),
    ],
    missing: [],
  };
};

export const edgePricers: Record<string, Pricer> = {
  'AWS::CloudFront::Distribution': distribution,
  'AWS::WAFv2::WebACL': firewall,
  'AWS::Route53::HostedZone': zone,
  'AWS::Route53::HealthCheck': healthCheck,
};
