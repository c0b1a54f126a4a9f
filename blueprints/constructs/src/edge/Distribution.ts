import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** @public */
export interface DistributionProps {
  name: string;
  /** Name of the origin: the load balancer's, or one whose record chooses the region. */
  originName: string;
  /** Whether the origin speaks TLS under that name. */
  originTls: boolean;
  /** Region of one more cache before the origin, e.g. `us-east-1`. */
  originShieldRegion?: string;
  /** Only in us-east-1, from where CloudFront takes certificates. */
  domain?: { name: string; hostedZoneId: string };
  logsBucket: Bucket;
}

/** AWS's own policies `CachingOptimized`, `CachingDisabled` and `AllViewer`. */
const CACHED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const NOT_CACHED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_OF_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const ORIGIN = 'load-balancer';
/** The hosted zone of everything that CloudFront serves. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';
/** Paths of files whose names change with their content. */
const STATIC_PATHS = ['/assets/*', '/static/*'];

/**
 * CloudFront before a load balancer (rows 000-12, 001-04, 001-13, 002-03): static paths are cached and compressed, the rest
 * is passed on. Where the origin is a name with failover records, the region behind it changes without CloudFront.
 *
 * @public
 */
export class Distribution extends Construct {
  readonly id: string;
  readonly domainName: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const behaviour = {
      targetOriginId: ORIGIN,
      viewerProtocolPolicy: 'redirect-to-https',
      compress: true,
    };
    const distribution = new CfnDistribution(this, 'Resource', {
      distributionConfig: {
        enabled: true,
        comment: `Edge of ${props.name}`,
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        priceClass: 'PriceClass_All',
        origins: [
          {
            id: ORIGIN,
            domainName: props.originName,
            customOriginConfig: {
              originProtocolPolicy: props.originTls
                ? 'https-only'
                : 'http-only',
              originSslProtocols: ['TLSv1.2'],
            },
            ...(props.originShieldRegion
              ? {
                  originShield: {
                    enabled: true,
                    originShieldRegion: props.originShieldRegion,
                  },
                }
              : {}),
          },
        ],
        defaultCacheBehavior: {
          ...behaviour,
          allowedMethods: [
            'GET',
            'HEAD',
            'OPTIONS',
            'PUT',
            'PATCH',
            'POST',
            'DELETE',
          ],
          cachePolicyId: NOT_CACHED,
          originRequestPolicyId: ALL_OF_VIEWER,
        },
        cacheBehaviors: STATIC_PATHS.map(pathPattern => ({
          ...behaviour,
          pathPattern,
          allowedMethods: ['GET', 'HEAD'],
          cachePolicyId: CACHED,
        })),
        logging: {
          bucket: props.logsBucket.bucketRegionalDomainName,
          prefix: 'cloudfront/',
          includeCookies: false,
        },
        ...this.#served(props.domain),
      },
    });
    this.id = distribution.ref;
    this.domainName = distribution.attrDomainName;
    this.url = `https://${props.domain?.name ?? this.domainName}`;
    if (props.domain) {
      for (const type of ['A', 'AAAA']) {
        new CfnRecordSet(this, `record-${type.toLowerCase()}`, {
          hostedZoneId: props.domain.hostedZoneId,
          name: props.domain.name,
          type,
          aliasTarget: {
            dnsName: this.domainName,
            hostedZoneId: CLOUDFRONT_ZONE,
            evaluateTargetHealth: false,
          },
        });
      }
    }
  }

  #served(domain: DistributionProps['domain']) {
    if (!domain) {
      return { viewerCertificate: { cloudFrontDefaultCertificate: true } };
    }
    const certificate = new CfnCertificate(this, 'certificate', {
      domainName: domain.name,
      validationMethod: 'DNS',
      domainValidationOptions: [
        { domainName: domain.name, hostedZoneId: domain.hostedZoneId },
      ],
    });
    return {
      aliases: [domain.name],
      viewerCertificate: {
        acmCertificateArn: certificate.ref,
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion: 'TLSv1.2_2021',
      },
    };
  }
}
