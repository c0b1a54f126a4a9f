import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import {
  apiName,
  DECIDING_TTL_SECONDS,
  regionalName,
  siteName,
  ZONE_NAME,
} from '../names';
import type { HealthChecks } from './healthChecks';
import type { Site } from './site';
import type { StackOutputs } from './stack';

/** The zone that every alias to CloudFront names. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** The hosted zone of the organisation; one for all systems. */
export async function makeZone(route53: Route53Client): Promise<string> {
  const { HostedZones = [] } = await route53.send(
    new ListHostedZonesByNameCommand({ DNSName: ZONE_NAME }),
  );
  const found = HostedZones.find(({ Name }) => Name === `${ZONE_NAME}.`);
  if (found) {
    return found.Id!;
  }
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({
      Name: ZONE_NAME,
      CallerReference: `footprint ${ZONE_NAME} ${Date.now()}`,
      HostedZoneConfig: { Comment: 'Public names of the systems' },
    }),
  );
  await route53.send(
    new ChangeTagsForResourceCommand({
      ResourceType: 'hostedzone',
      ResourceId: HostedZone!.Id!.replace('/hostedzone/', ''),
      AddTags: [
        { Key: 'slipway:owner', Value: 'group:default/platform' },
        { Key: 'slipway:managed-by', Value: 'operations' },
      ],
    }),
  );
  return HostedZone!.Id!;
}

function alias(name: string, dnsName: string, zone: string): ResourceRecordSet {
  return {
    Name: name,
    Type: 'A',
    AliasTarget: {
      DNSName: dnsName,
      HostedZoneId: zone,
      EvaluateTargetHealth: false,
    },
  };
}

/** What decides about the region: a failover pair, or one plain record where there is nowhere to go. */
function decidingRecords(
  site: Site,
  regions: string[],
  checks: HealthChecks,
): ResourceRecordSet[] {
  const { system } = site;
  const record = (region: string): ResourceRecordSet => ({
    Name: apiName(system.name),
    Type: 'CNAME',
    TTL: DECIDING_TTL_SECONDS,
    ResourceRecords: [{ Value: regionalName(system.name, region) }],
  });
  const [standby] = regions.filter(region => region !== system.homeRegion);
  if (!checks.home) {
    return [record(system.homeRegion)];
  }
  return [
    {
      ...record(system.homeRegion),
      SetIdentifier: system.homeRegion,
      Failover: 'PRIMARY',
      HealthCheckId: checks.home,
    },
    {
      ...record(standby),
      SetIdentifier: standby,
      Failover: 'SECONDARY',
      // A standby that must be brought to life first is taken on a person's word alone.
      HealthCheckId:
        system.entrance.failsOver === 'by-itself'
          ? checks.endpoints[standby]
          : undefined,
    },
  ];
}

/** The records of a system that are not there yet; those that are stay as people have set them. */
export async function makeRecords(
  site: Site,
  zoneId: string,
  stacks: Record<string, StackOutputs>,
  checks: HealthChecks,
  distribution: string | undefined,
): Promise<void> {
  const route53 = site.client(Route53Client);
  const { name } = site.system;
  const wanted = [
    ...Object.entries(stacks).map(([region, stack]) =>
      alias(
        regionalName(name, region),
        stack.loadBalancerName,
        stack.loadBalancerZone,
      ),
    ),
    ...decidingRecords(site, Object.keys(stacks), checks),
    ...(distribution
      ? [alias(siteName(name), distribution, CLOUDFRONT_ZONE)]
      : []),
  ];
  const there = await namesIn(route53, zoneId);
  const missing = wanted.filter(record => !there.has(`${record.Name}.`));
  if (missing.length > 0) {
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        ChangeBatch: {
          Changes: missing.map(ResourceRecordSet => ({
            Action: 'CREATE' as const,
            ResourceRecordSet,
          })),
        },
      }),
    );
  }
}

async function namesIn(
  route53: Route53Client,
  zoneId: string,
): Promise<Set<string>> {
  const { ResourceRecordSets = [] } = await route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, MaxItems: 300 }),
  );
  return new Set(ResourceRecordSets.map(({ Name }) => Name!));
}
