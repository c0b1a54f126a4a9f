import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import packet from 'dns-packet';
import { type DnsAnswer, nameInZone, normalName } from './routing';

/** What the server knows of the zones it answers for. */
export interface Authority {
  /** The records of the zone that a name lies in; undefined for a name of nobody's here. */
  zoneOf(name: string): ResourceRecordSet[] | undefined;
  resolve(name: string, type: string): DnsAnswer | undefined;
}

/** What a reply holds besides the question. */
export interface Reply {
  rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED' | 'NOTIMP';
  answers: packet.Answer[];
  authorities: packet.Answer[];
}

const RCODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 };
const NOTHING_TO_SAY = { answers: [], authorities: [] };
type Encodable = Omit<Reply, 'rcode'> & { rcode: keyof typeof RCODES };
const MOST_NAMES_FOLLOWED = 8;

function withoutDot(text: string): string {
  return text.replace(/\.$/, '');
}

function soaData(value: string): packet.SoaData {
  const [mname, rname, ...numbers] = value.split(/\s+/);
  const [serial, refresh, retry, expire, minimum] = numbers.map(Number);
  return {
    mname: withoutDot(mname),
    rname: withoutDot(rname),
    serial,
    refresh,
    retry,
    expire,
    minimum,
  };
}

function txtData(value: string): string[] {
  const parts = value.match(/"(?:[^"\\]|\\.)*"/g) ?? [value];
  return parts.map(part => part.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1'));
}

function toRecord(
  type: string,
  name: string,
  ttl: number,
  value: string,
): packet.Answer | undefined {
  const words = value.split(/\s+/);
  switch (type) {
    case 'A':
    case 'AAAA':
      return { type, name, ttl, data: value };
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { type, name, ttl, data: withoutDot(value) };
    case 'TXT':
      return { type, name, ttl, data: txtData(value) };
    case 'MX':
      return {
        type,
        name,
        ttl,
        data: { preference: Number(words[0]), exchange: withoutDot(words[1]) },
      };
    case 'SRV': {
      const [priority, weight, port] = words.slice(0, 3).map(Number);
      const target = withoutDot(words[3]);
      return { type, name, ttl, data: { priority, weight, port, target } };
    }
    case 'SOA':
      return { type, name, ttl, data: soaData(value) };
    default:
      return undefined;
  }
}

function isRecord(answer: packet.Answer | undefined): answer is packet.Answer {
  return answer !== undefined;
}

/** What says how long a resolver may remember that there is nothing. */
function negative(records: ResourceRecordSet[]): packet.Answer[] {
  const soa = records.find(({ Type }) => Type === 'SOA');
  const value = soa?.ResourceRecords?.[0]?.Value;
  if (!soa || !value) {
    return [];
  }
  const { minimum = 0 } = soaData(value);
  const ttl = Math.min(Number(soa.TTL), minimum);
  return [toRecord('SOA', withoutDot(soa.Name!), ttl, value)].filter(isRecord);
}

function followed(
  authority: Authority,
  name: string,
  type: string,
  depth: number,
): packet.Answer[] {
  const found = authority.resolve(name, type);
  if (!found || depth > MOST_NAMES_FOLLOWED) {
    return [];
  }
  const { alias, values, ttlSeconds } = found;
  if (alias) {
    const data = withoutDot(alias);
    return [
      { type: 'CNAME', name, ttl: ttlSeconds, data },
      ...followed(authority, data, type, depth + 1),
    ];
  }
  return values
    .map(value => toRecord(type, name, ttlSeconds, value))
    .filter(isRecord);
}

/**
 * Answers one question as Route 53's name servers do. An alias to a name outside the zones is answered with that name
 * (CNAME), where Route 53 would answer with its addresses: load balancers here have none.
 */
export function respond(
  authority: Authority,
  question: { name: string; type: string },
): Reply {
  const zone = authority.zoneOf(question.name);
  if (!zone) {
    return { rcode: 'REFUSED', answers: [], authorities: [] };
  }
  if (nameInZone(zone, normalName(question.name)) === undefined) {
    return { rcode: 'NXDOMAIN', answers: [], authorities: negative(zone) };
  }
  const answers = followed(authority, question.name, question.type, 0);
  const authorities = answers.length === 0 ? negative(zone) : [];
  return { rcode: 'NOERROR', answers, authorities };
}

/** The reply to a query as bytes; undefined for bytes that are no query. */
export function replyTo(
  authority: Authority,
  message: Buffer,
): Buffer | undefined {
  let query: packet.DecodedPacket;
  try {
    query = packet.decode(message);
  } catch {
    return undefined;
  }
  const [question] = query.questions ?? [];
  if (query.type !== 'query' || !question) {
    return undefined;
  }
  const encode = ({ rcode, answers, authorities }: Encodable) =>
    packet.encode({
      type: 'response',
      id: query.id,
      flags:
        packet.AUTHORITATIVE_ANSWER |
        ((query.flags ?? 0) & packet.RECURSION_DESIRED) |
        RCODES[rcode],
      questions: [question],
      answers,
      authorities,
    });
  try {
    return encode(respond(authority, question));
  } catch {
    // A record holds what its type cannot, such as an MX without a name.
    return encode({ rcode: 'SERVFAIL', ...NOTHING_TO_SAY });
  }
}
