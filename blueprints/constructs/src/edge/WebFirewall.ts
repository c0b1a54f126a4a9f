import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** @public */
export interface WebFirewallProps {
  name: string;
  /** What it stands before. */
  loadBalancerArn: string;
  /** Requests of one address in five minutes. */
  requestLimit: number;
}

/** AWS's own rule groups, in the order of evaluation; together they are AWS's answer to the OWASP Top 10. */
const RULE_GROUPS = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
] as const;

/**
 * A firewall before a load balancer (rows 000-07, 001-12, 002-03): a limit by address, AWS's reputation list, and its rules
 * against the OWASP Top 10. AWS Shield Standard is there without asking.
 *
 * @public
 */
export class WebFirewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Resource', {
      name: props.name,
      description: `Before the load balancer of ${props.name}`,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible(props.name),
      rules: [
        {
          name: 'limit-by-address',
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: props.requestLimit,
            },
          },
          visibilityConfig: visible('limit-by-address'),
        },
        ...RULE_GROUPS.map((name, index) => ({
          name,
          priority: index + 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: { vendorName: 'AWS', name },
          },
          visibilityConfig: visible(name),
        })),
      ],
    });
    this.arn = acl.attrArn;
    new CfnWebACLAssociation(this, 'association', {
      webAclArn: acl.attrArn,
      resourceArn: props.loadBalancerArn,
    });
  }
}

function visible(metricName: string) {
  return {
    metricName,
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
  };
}
