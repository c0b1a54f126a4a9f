import {
  CloudFrontClient,
  CreateDistributionWithTagsCommand,
  ListDistributionsCommand,
} from '@aws-sdk/client-cloudfront';
import { apiName, siteName } from '../names';
import { tagList } from '../tags';
import type { Site } from './site';

const ORIGIN = 'api';

/** AWS's own policies `CachingOptimized` and `AllViewerExceptHostHeader`. */
const CACHE_POLICY = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ORIGIN_REQUEST_POLICY = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** CloudFront before the API's name, so that what decides about the region is the origin's name; its own domain name. */
export async function makeDistribution(
  site: Site,
  certificate: string,
): Promise<string> {
  const client = site.client(CloudFrontClient);
  const name = siteName(site.system.name);
  const { DistributionList } = await client.send(
    new ListDistributionsCommand({}),
  );
  const found = DistributionList?.Items?.find(({ Aliases }) =>
    Aliases?.Items?.includes(name),
  );
  if (found) {
    return found.DomainName!;
  }
  const { Distribution } = await client.send(
    new CreateDistributionWithTagsCommand({
      DistributionConfigWithTags: {
        DistributionConfig: {
          CallerReference: `footprint ${name}`,
          Comment: `Edge of ${site.system.name}`,
          Enabled: true,
          Aliases: { Quantity: 1, Items: [name] },
          Origins: {
            Quantity: 1,
            Items: [
              {
                Id: ORIGIN,
                DomainName: apiName(site.system.name),
                CustomOriginConfig: {
                  HTTPPort: 80,
                  HTTPSPort: 443,
                  OriginProtocolPolicy: 'https-only',
                },
              },
            ],
          },
          DefaultCacheBehavior: {
            TargetOriginId: ORIGIN,
            ViewerProtocolPolicy: 'redirect-to-https',
            CachePolicyId: CACHE_POLICY,
            OriginRequestPolicyId: ORIGIN_REQUEST_POLICY,
            Compress: true,
          },
          ViewerCertificate: {
            ACMCertificateArn: certificate,
            SSLSupportMethod: 'sni-only',
            MinimumProtocolVersion: 'TLSv1.2_2021',
          },
          PriceClass: 'PriceClass_100',
        },
        Tags: { Items: tagList(site.system) },
      },
    }),
  );
  return Distribution!.DomainName!;
}
