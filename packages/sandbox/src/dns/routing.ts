import type { GeoLocation, ResourceRecordSet } from '@aws-sdk/client-route-53';

/** What decides between records of one name. */
export interface RoutingContext {
  /** Every record set of the zone. */
  records: ResourceRecordSet[];
  /** By health check id; a check that nobody knows counts as healthy, as in Route 53. */
  isHealthy(healthCheckId: string): boolean;
  /** Whether an alias target outside the zone (a load balancer, a distribution) could serve. */
  targetServes(dnsName: string): boolean;
  /** Where the question comes from, for latency and geolocation records. */
  client: {
    /** The AWS region that is nearest to it. */
    region?: string;
    /** Two letters, as are the next two; a subdivision is one of the United States, e.g. `CA`. */
    country?: string;
    continent?: string;
    subdivision?: string;
  };
  /** In [0, 1): which of several weighted records. */
  draw: number;
}

/** `values` of the asked type, or the other name (`CNAME`, or an alias outside the zone) that has the answer. */
export interface DnsAnswer {
  ttlSeconds: number;
  values: string[];
  alias?: string;
  /** Which record won, where several share a name. */
  setIdentifier?: string;
}

/** Route 53 answers an alias to a load balancer with this TTL. */
const ALIAS_TTL_SECONDS = 60;
const MOST_ALIASES = 8;
const MOST_MULTIVALUE = 8;

export function normalName(name: string): string {
  return `${name.toLowerCase().replace(/\.$/, '').replace(/\\052/g, '*')}.`;
}

function isNamed(record: ResourceRecordSet, name: string): boolean {
  return normalName(record.Name!) === name;
}

/** A name is also there when only names below it are. */
function isThere(records: ResourceRecordSet[], name: string): boolean {
  return records.some(({ Name }) => {
    const other = normalName(Name!);
    return other === name || other.endsWith(`.${name}`);
  });
}

/**
 * The name under which a question finds its records: its own, or the wildcard next above it, unless a name in between
 * exists. Undefined when the zone has neither. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function nameInZone(
  records: ResourceRecordSet[],
  name: string,
): string | undefined {
  const asked = normalName(name);
  if (isThere(records, asked)) {
    return asked;
  }
  for (
    let dot = asked.indexOf('.');
    dot >= 0;
    dot = asked.indexOf('.', dot + 1)
  ) {
    const parent = asked.slice(dot + 1);
    if (records.some(record => isNamed(record, `*.${parent}`))) {
      return `*.${parent}`;
    }
    if (parent === '' || isThere(records, parent)) {
      return undefined;
    }
  }
  return undefined;
}

function recordsFor(records: ResourceRecordSet[], name: string, type: string) {
  const found = nameInZone(records, name);
  return records.filter(
    record =>
      found !== undefined && record.Type === type && isNamed(record, found),
  );
}

function serves(
  record: ResourceRecordSet,
  context: RoutingContext,
  depth: number,
): boolean {
  if (record.HealthCheckId && !context.isHealthy(record.HealthCheckId)) {
    return false;
  }
  const alias = record.AliasTarget;
  if (!alias?.EvaluateTargetHealth || depth > MOST_ALIASES) {
    return true;
  }
  const inZone = recordsFor(context.records, alias.DNSName!, record.Type!);
  return inZone.length > 0
    ? inZone.some(target => serves(target, context, depth + 1))
    : context.targetServes(alias.DNSName!);
}

function byWeight(records: ResourceRecordSet[], draw: number) {
  const total = records.reduce((sum, record) => sum + record.Weight!, 0);
  if (total === 0) {
    return records[Math.floor(draw * records.length)];
  }
  let left = draw * total;
  return records.find(record => (left -= record.Weight!) < 0)!;
}

/** From the smallest place that holds the client to the largest; the default last. */
function byLocation(records: ResourceRecordSet[], context: RoutingContext) {
  const { country, continent, subdivision } = context.client;
  const at = (wanted: GeoLocation) =>
    records.find(
      ({ GeoLocation: place }) =>
        place?.SubdivisionCode === wanted.SubdivisionCode &&
        place?.CountryCode === wanted.CountryCode &&
        place?.ContinentCode === wanted.ContinentCode,
    );
  return (
    (subdivision &&
      at({ CountryCode: country, SubdivisionCode: subdivision })) ||
    (country && at({ CountryCode: country })) ||
    (continent && at({ ContinentCode: continent })) ||
    at({ CountryCode: '*' })
  );
}

/**
 * Chooses as Route 53 does: only healthy records compete; when none is healthy, all are treated as healthy.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 */
function choose(
  records: ResourceRecordSet[],
  context: RoutingContext,
  depth: number,
): ResourceRecordSet | undefined {
  const healthy = records.filter(record => serves(record, context, depth));
  const [first] = records;
  if (first.Failover) {
    const primary = records.find(record => record.Failover === 'PRIMARY');
    const secondary = records.find(record => record.Failover === 'SECONDARY');
    const turnsToSecondary =
      secondary && healthy.includes(secondary) && !healthy.includes(primary!);
    return turnsToSecondary ? secondary : primary;
  }
  if (first.Weight !== undefined) {
    const weighted = healthy.filter(record => record.Weight! > 0);
    const competing = [weighted, healthy, records].find(set => set.length > 0)!;
    return byWeight(competing, context.draw);
  }
  const competing = healthy.length > 0 ? healthy : records;
  if (first.GeoLocation) {
    return byLocation(competing, context);
  }
  if (first.Region) {
    return (
      competing.find(record => record.Region === context.client.region) ??
      competing[0]
    );
  }
  return competing[0];
}

function valuesOf(record: ResourceRecordSet): string[] {
  return (record.ResourceRecords ?? []).map(({ Value }) => Value!);
}

/** Answers a question from the records of a zone; undefined where the zone has no such name and type. */
export function answer(
  name: string,
  type: string,
  context: RoutingContext,
  depth = 0,
): DnsAnswer | undefined {
  const direct = recordsFor(context.records, name, type);
  const records =
    direct.length > 0 ? direct : recordsFor(context.records, name, 'CNAME');
  if (records.length === 0 || depth > MOST_ALIASES) {
    return undefined;
  }
  if (records[0].MultiValueAnswer) {
    const healthy = records.filter(record => serves(record, context, depth));
    const chosen = healthy.length > 0 ? healthy : records;
    return {
      ttlSeconds: Number(chosen[0].TTL),
      values: chosen.slice(0, MOST_MULTIVALUE).flatMap(valuesOf),
    };
  }
  const record = choose(records, context, depth);
  if (!record) {
    return undefined;
  }
  const setIdentifier = record.SetIdentifier;
  if (record.AliasTarget) {
    const target = record.AliasTarget.DNSName!;
    const resolved = answer(target, type, context, depth + 1);
    return resolved
      ? { ...resolved, setIdentifier: setIdentifier ?? resolved.setIdentifier }
      : {
          ttlSeconds: ALIAS_TTL_SECONDS,
          values: [],
          alias: normalName(target),
          setIdentifier,
        };
  }
  if (record.Type === 'CNAME' && type !== 'CNAME') {
    return {
      ttlSeconds: Number(record.TTL),
      values: [],
      alias: normalName(valuesOf(record)[0]),
      setIdentifier,
    };
  }
  return {
    ttlSeconds: Number(record.TTL),
    values: valuesOf(record),
    setIdentifier,
  };
}
