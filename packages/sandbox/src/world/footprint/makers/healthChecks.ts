import {
  ChangeTagsForResourceCommand,
  CreateHealthCheckCommand,
  paginateListHealthChecks,
  Route53Client,
  type HealthCheckConfig,
} from '@aws-sdk/client-route-53';
import {
  healthCheckNames,
  regionalName,
  SWITCH_BUCKET,
  SWITCH_REGION,
} from '../names';
import { tagList } from '../tags';
import type { Site } from './site';

/** The fast interval of Route 53, in seconds. */
const FAST_INTERVAL_SECONDS = 10;
const LOOKS_TO_TURN = 3;
/** A person's word needs no confirmation; many checkers look, so one that errs decides nothing. */
const LOOKS_TO_SWITCH = 1;

/** Ids of the health checks that records hang on. */
export interface HealthChecks {
  /** By region. */
  endpoints: Record<string, string>;
  /** Of the record of the home region; undefined for a system that never leaves it. */
  home?: string;
}

async function existing(route53: Route53Client): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const { HealthChecks } of paginateListHealthChecks(
    { client: route53 },
    {},
  )) {
    HealthChecks?.forEach(check => ids.set(check.CallerReference!, check.Id!));
  }
  return ids;
}

/**
 * The health checks of a system: its entrance in each region; the switch, which counts as unhealthy while the system's
 * object is in the bucket of switches; and what the home region's record follows.
 */
export async function makeHealthChecks(site: Site): Promise<HealthChecks> {
  const { system } = site;
  const route53 = site.client(Route53Client);
  const known = await existing(route53);
  const make = async (
    reference: string,
    name: string,
    config: HealthCheckConfig,
  ): Promise<string> => {
    const CallerReference = `footprint ${system.name} ${reference}`;
    const found = known.get(CallerReference);
    if (found) {
      return found;
    }
    const { HealthCheck } = await route53.send(
      new CreateHealthCheckCommand({
        CallerReference,
        HealthCheckConfig: config,
      }),
    );
    await route53.send(
      new ChangeTagsForResourceCommand({
        ResourceType: 'healthcheck',
        ResourceId: HealthCheck!.Id,
        AddTags: tagList(system, name),
      }),
    );
    return HealthCheck!.Id!;
  };
  const looks = {
    Type: 'HTTPS' as const,
    Port: 443,
    RequestInterval: FAST_INTERVAL_SECONDS,
    FailureThreshold: LOOKS_TO_TURN,
  };
  const endpoints: Record<string, string> = {};
  for (const [region, { network }] of Object.entries(system.regions)) {
    if (network) {
      endpoints[region] = await make(
        region,
        healthCheckNames.endpoint(system.name, region),
        {
          ...looks,
          FullyQualifiedDomainName: regionalName(system.name, region),
          ResourcePath: system.entrance.healthPath,
          EnableSNI: true,
        },
      );
    }
  }
  if (system.entrance.failsOver === 'never') {
    return { endpoints };
  }
  const thrown = await make('switch', healthCheckNames.switch(system.name), {
    ...looks,
    FailureThreshold: LOOKS_TO_SWITCH,
    FullyQualifiedDomainName: `${SWITCH_BUCKET}.s3.${SWITCH_REGION}.amazonaws.com`,
    ResourcePath: `/${system.name}`,
    EnableSNI: true,
    Inverted: true,
  });
  if (system.entrance.failsOver === 'by-switch') {
    return { endpoints, home: thrown };
  }
  const children = [endpoints[system.homeRegion], thrown];
  const home = await make('home', healthCheckNames.home(system.name), {
    Type: 'CALCULATED',
    ChildHealthChecks: children,
    HealthThreshold: children.length,
  });
  return { endpoints, home };
}
