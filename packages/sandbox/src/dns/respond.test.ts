import { once } from 'node:events';
import net from 'node:net';
import dgram from 'node:dgram';
import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import packet from 'dns-packet';
import fc from 'fast-check';
import { DnsServer } from './DnsServer';
import { type Authority, replyTo, respond } from './respond';
import { answer, nameInZone } from './routing';

const record = (
  Name: string,
  Type: ResourceRecordSet['Type'],
  ...values: string[]
): ResourceRecordSet => ({
  Name,
  Type,
  TTL: 60,
  ResourceRecords: values.map(Value => ({ Value })),
});

const ZONE = [
  record(
    'example.com.',
    'SOA',
    'ns-1.awsdns-1.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400',
  ),
  record('example.com.', 'NS', 'ns-1.awsdns-1.com.'),
  record('example.com.', 'MX', '10 mail.example.com.'),
  record('www.example.com.', 'CNAME', 'web.example.com.'),
  record('web.example.com.', 'A', '10.0.0.1', '10.0.0.2'),
  record('text.example.com.', 'TXT', '"a \\"quoted\\" text" "and more"'),
  record('\\052.wild.example.com.', 'A', '10.0.0.9'),
  record('here.wild.example.com.', 'AAAA', '2001:db8::1'),
  record('deep.below.wild.example.com.', 'A', '10.0.0.8'),
];

const authority: Authority = {
  zoneOf: name => (/(^|\.)example\.com\.?$/i.test(name) ? ZONE : undefined),
  resolve: (name, type) =>
    answer(name, type, {
      records: ZONE,
      isHealthy: () => true,
      targetServes: () => true,
      client: {},
      draw: 0,
    }),
};

const ask = (name: string, type: string) => respond(authority, { name, type });
const data = (name: string, type: string) =>
  ask(name, type).answers.map(found => ('data' in found ? found.data : null));

it('follows names within its zones, with the time to live of each', () => {
  expect(ask('WWW.example.com', 'A').answers).toEqual([
    {
      type: 'CNAME',
      name: 'WWW.example.com',
      ttl: 60,
      data: 'web.example.com',
    },
    { type: 'A', name: 'web.example.com', ttl: 60, data: '10.0.0.1' },
    { type: 'A', name: 'web.example.com', ttl: 60, data: '10.0.0.2' },
  ]);
  expect(data('example.com', 'MX')).toEqual([
    { preference: 10, exchange: 'mail.example.com' },
  ]);
  expect(data('text.example.com', 'TXT')).toEqual([
    ['a "quoted" text', 'and more'],
  ]);
});

it.each([
  ['elsewhere.org', 'REFUSED', 0],
  ['none.example.com', 'NXDOMAIN', 1],
  ['web.example.com', 'NOERROR', 1],
  ['below.wild.example.com', 'NOERROR', 1],
  ['here.wild.example.com', 'NOERROR', 0],
])('an AAAA question for %s: %s', (name, rcode, authorities) => {
  const reply = ask(name, 'AAAA');
  expect(reply.rcode).toBe(rcode);
  expect(reply.authorities).toHaveLength(authorities);
});

it('a wildcard stands for any labels, but not for a name that exists or lies below one', () => {
  expect(data('any.wild.example.com', 'A')).toEqual(['10.0.0.9']);
  expect(data('any.thing.wild.example.com', 'A')).toEqual(['10.0.0.9']);
  expect(data('here.wild.example.com', 'A')).toEqual([]);
  expect(ask('x.here.wild.example.com', 'A').rcode).toBe('NXDOMAIN');
  expect(ask('x.below.wild.example.com', 'A').rcode).toBe('NXDOMAIN');
});

it('every name of a zone is found as itself, whatever its case', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONE.filter(({ Name }) => !Name!.includes('052'))),
      fc.func(fc.boolean()),
      ({ Name }, isUpper) => {
        const asked = [...Name!]
          .map((letter, index) =>
            isUpper(index) ? letter.toUpperCase() : letter,
          )
          .join('');
        expect(nameInZone(ZONE, asked)).toBe(Name);
      },
    ),
  );
});

const MALFORMED: Array<[ResourceRecordSet['Type'], string]> = [
  ['MX', 'mail.example.com.'],
  ['SRV', '1 2'],
  ['TXT', `"${'x'.repeat(70_000)}"`],
];

it.each(MALFORMED)(
  'says that it failed where a record of type %s holds too little or too much',
  (type, value) => {
    const name = 'bad.example.com';
    const bad: Authority = {
      zoneOf: () => [record(name, type, value)],
      resolve: (asked, askedType) =>
        askedType === type && asked === name
          ? { values: [value], ttlSeconds: 60 }
          : undefined,
    };
    const question = { type: type as 'A', name };
    const reply = replyTo(
      bad,
      packet.encode({ type: 'query', id: 9, questions: [question] }),
    );
    expect(packet.decode(reply!)).toMatchObject({
      id: 9,
      rcode: 'SERVFAIL',
      answers: [],
    });
  },
);

it('answers or keeps silent, whatever bytes arrive', () => {
  const header = fc.constant([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const name = fc.array(
    fc
      .uint8Array({ minLength: 1, maxLength: 63 })
      .map(label => [label.length, ...label]),
    { maxLength: 4 },
  );
  const asked = fc
    .tuple(header, name, fc.uint8Array({ minLength: 3, maxLength: 40 }))
    .map(([head, labels, rest]) =>
      Buffer.from([...head, ...labels.flat(), ...rest]),
    );
  fc.assert(
    fc.property(
      fc.oneof(
        asked,
        fc.uint8Array({ maxLength: 600 }).map(bytes => Buffer.from(bytes)),
      ),
      message => {
        const reply = replyTo({ ...authority, zoneOf: () => ZONE }, message);
        expect(reply === undefined || reply.length >= 12).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

describe('the server', () => {
  let server: DnsServer;
  const long = Array.from({ length: 100 }, (_, index) => `10.1.0.${index}`);
  beforeAll(async () => {
    ZONE.push(record('long.example.com.', 'A', ...long));
    server = await DnsServer.start(authority, 0);
  });
  afterAll(() => server.stop());

  const query = (name: string) =>
    packet.encode({
      type: 'query',
      id: 7,
      flags: packet.RECURSION_DESIRED,
      questions: [{ type: 'A', name }],
    });

  async function overUdp(message: Buffer) {
    const socket = dgram.createSocket('udp4');
    socket.send(message, server.port, '127.0.0.1');
    const [reply] = (await once(socket, 'message')) as [Buffer];
    socket.close();
    return packet.decode(reply);
  }

  async function overTcp(messages: Buffer[]) {
    const socket = net.connect(server.port, '127.0.0.1');
    const replies: packet.DecodedPacket[] = [];
    let read = Buffer.alloc(0);
    socket.write(Buffer.concat(messages));
    for await (const chunk of socket) {
      read = Buffer.concat([read, chunk as Buffer]);
      while (read.length >= 2 && read.length >= 2 + read.readUInt16BE(0)) {
        const end = 2 + read.readUInt16BE(0);
        replies.push(packet.decode(read.subarray(2, end)));
        read = read.subarray(end);
      }
      if (replies.length === messages.length) {
        break;
      }
    }
    return replies;
  }

  const framed = (message: Buffer) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(message.length);
    return Buffer.concat([length, message]);
  };

  it('answers over UDP, and outlives what is no question', async () => {
    const socket = dgram.createSocket('udp4');
    socket.send(Buffer.from('not DNS'), server.port, '127.0.0.1');
    const reply = await overUdp(query('web.example.com'));
    socket.close();
    expect(reply).toMatchObject({ id: 7, type: 'response', flag_aa: true });
    expect(reply.answers).toHaveLength(2);
  });

  it('cuts off what is too long for UDP, and tells it over TCP', async () => {
    const cut = await overUdp(query('long.example.com'));
    expect(cut.flag_tc).toBe(true);
    expect(cut.answers).toEqual([]);
    const replies = await overTcp([
      framed(query('long.example.com')),
      framed(query('web.example.com')),
    ]);
    expect(replies.map(({ answers = [] }) => answers.length)).toEqual([100, 2]);
  });
});
