import { block, blocks, type TypeDescription } from '../properties';
import { unwrapped } from '../unwrapped';

/** What stands before the load balancer. */
export const edge: Record<string, TypeDescription> = {
  aws_acm_certificate: {
    type: 'AWS::CertificateManager::Certificate',
    names: { subject_alternative_names: 'SubjectAlternativeNames' },
    omit: [
      'domain_validation_options',
      'options',
      'pending_renewal',
      'renewal_eligibility',
      'renewal_summary',
      'status',
      'validation_emails',
    ],
  },
  aws_cloudfront_distribution: {
    type: 'AWS::CloudFront::Distribution',
    only: [],
    reshape: attributes => ({
      DistributionConfig: unwrapped(
        {
          aliases: attributes.aliases ?? [],
          comment: attributes.comment ?? null,
          default_cache_behavior: attributes.default_cache_behavior ?? [],
          default_root_object: attributes.default_root_object ?? null,
          enabled: attributes.enabled ?? true,
          http_version: attributes.http_version ?? null,
          is_ipv6_enabled: attributes.is_ipv6_enabled ?? false,
          logging_config: attributes.logging_config ?? [],
          ordered_cache_behavior: attributes.ordered_cache_behavior ?? [],
          origin: attributes.origin ?? [],
          price_class: attributes.price_class ?? null,
          viewer_certificate: attributes.viewer_certificate ?? [],
          web_acl_id: attributes.web_acl_id ?? null,
        },
        {
          lists: [
            'ordered_cache_behavior',
            'origin',
            'function_association',
            'lambda_function_association',
            'custom_header',
          ],
          names: {
            acm_certificate_arn: 'AcmCertificateArn',
            cloudfront_default_certificate: 'CloudFrontDefaultCertificate',
            http_port: 'HTTPPort',
            https_port: 'HTTPSPort',
            is_ipv6_enabled: 'IPV6Enabled',
            logging_config: 'Logging',
            ordered_cache_behavior: 'CacheBehaviors',
            origin: 'Origins',
            origin_id: 'Id',
            origin_ssl_protocols: 'OriginSSLProtocols',
            web_acl_id: 'WebACLId',
          },
        },
      ),
    }),
  },
  aws_route53_health_check: {
    type: 'AWS::Route53::HealthCheck',
    only: [],
    reshape: attributes => ({
      HealthCheckConfig: unwrapped(
        Object.fromEntries(
          Object.entries(attributes).filter(
            ([name]) =>
              ![
                'arn',
                'id',
                'reference_name',
                'tags',
                'tags_all',
                'triggers',
              ].includes(name),
          ),
        ),
        {
          names: {
            child_health_threshold: 'HealthThreshold',
            child_healthchecks: 'ChildHealthChecks',
            fqdn: 'FullyQualifiedDomainName',
            invert_healthcheck: 'Inverted',
            ip_address: 'IPAddress',
            enable_sni: 'EnableSNI',
          },
        },
      ),
    }),
    tags: 'HealthCheckTags',
  },
  aws_route53_record: {
    type: 'AWS::Route53::RecordSet',
    names: {
      zone_id: 'HostedZoneId',
      ttl: 'TTL',
      records: 'ResourceRecords',
    },
    omit: ['alias', 'allow_overwrite', 'failover_routing_policy', 'fqdn'],
    reshape: ({ alias, failover_routing_policy: failover }) => ({
      AliasTarget: blocks(alias).map(each => ({
        DNSName: each.name ?? null,
        HostedZoneId: each.zone_id ?? null,
        EvaluateTargetHealth: each.evaluate_target_health ?? false,
      }))[0],
      Failover: block(failover).type,
    }),
  },
  aws_wafv2_web_acl: {
    type: 'AWS::WAFv2::WebACL',
    names: { name: 'Name' },
    only: ['description', 'name', 'scope'],
    reshape: attributes =>
      unwrapped(
        {
          default_action: attributes.default_action ?? [],
          rule: attributes.rule ?? [],
          visibility_config: attributes.visibility_config ?? [],
        },
        {
          lists: ['rule', 'rule_action_override', 'statements'],
          names: {
            cloudwatch_metrics_enabled: 'CloudWatchMetricsEnabled',
            rule: 'Rules',
          },
        },
      ) as ReturnType<NonNullable<TypeDescription['reshape']>>,
  },
  aws_wafv2_web_acl_association: {
    type: 'AWS::WAFv2::WebACLAssociation',
    names: { web_acl_arn: 'WebACLArn' },
  },
};
