import fc from 'fast-check';
import {
  checkCidr,
  cidrOverlaps,
  mustParseCidr,
  nextFreeCidr,
  parseCidr,
  type Cidr,
} from './cidr';

const cidr = (minimum: number, maximum: number) =>
  fc
    .record({
      address: fc.nat({ max: 2 ** 32 - 1 }),
      prefixLength: fc.integer({ min: minimum, max: maximum }),
    })
    .map(({ address, prefixLength }): Cidr => {
      const size = 2 ** (32 - prefixLength);
      const first = address - (address % size);
      const octets = [24, 16, 8, 0].map(
        shift => Math.floor(first / 2 ** shift) % 256,
      );
      return mustParseCidr(`${octets.join('.')}/${prefixLength}`);
    });

describe('parseCidr', () => {
  it.each([
    ['10.0.0.0/16', 0x0a000000, 0x0a00ffff],
    ['0.0.0.0/0', 0, 0xffffffff],
    ['255.255.255.255/32', 0xffffffff, 0xffffffff],
    ['192.168.128.0/17', 0xc0a88000, 0xc0a8ffff],
  ])('reads %s', (text, first, last) => {
    expect(parseCidr(text)).toEqual({
      ok: true,
      cidr: { first, last, prefixLength: Number(text.split('/')[1]), text },
    });
  });

  it.each([
    ['10.0.0.0', 'prefix length is missing', '10.0.0.0/16'],
    ['10.0.1.0/16', 'begins at 10.0.0.0. Use 10.0.0.0/16.', '10.0.0.0/16'],
    ['10.0.0.0/33', '/33 is not a prefix length', undefined],
    ['10.0.256.0/16', '256 is not part of an IPv4 address', undefined],
    ['10.0.0/16', 'Write an IPv4 block', undefined],
    ['fd00::/8', 'Write an IPv4 block', undefined],
    ['10.0.0.0/-1', 'Write an IPv4 block', undefined],
    ['', 'Write an IPv4 block', undefined],
  ])('says how to mend "%s"', (text, message, suggestion) => {
    expect(parseCidr(text)).toEqual({
      ok: false,
      message: expect.stringContaining(message),
      suggestion,
    });
  });

  it('takes every block in canonical form and refuses every other text', () => {
    fc.assert(
      fc.property(cidr(0, 32), block => {
        expect(parseCidr(block.text)).toEqual({ ok: true, cidr: block });
      }),
    );
    fc.assert(
      fc.property(fc.string(), text => {
        const result = parseCidr(text);
        expect(result.ok ? result.cidr.text : text.trim()).toBe(text.trim());
      }),
    );
  });
});

describe('nextFreeCidr', () => {
  it('begins at the start of the first pool and goes on to the next', () => {
    const pools = ['10.0.0.0/15', '172.20.0.0/16'].map(mustParseCidr);
    const taken: Cidr[] = [];
    const given = Array.from({ length: 4 }, () => {
      const free = nextFreeCidr(pools, taken, 16);
      if (free) {
        taken.push(free);
      }
      return free?.text;
    });
    expect(given).toEqual([
      '10.0.0.0/16',
      '10.1.0.0/16',
      '172.20.0.0/16',
      undefined,
    ]);
  });

  it('gives the lowest aligned block in a pool that overlaps nothing, and none only when there is none', () => {
    const pool = mustParseCidr('10.0.0.0/12');
    fc.assert(
      fc.property(
        fc.array(
          cidr(12, 24).filter(block => cidrOverlaps(pool, block)),
          {
            maxLength: 8,
          },
        ),
        fc.array(
          fc
            .record({
              offset: fc.nat({ max: 2 ** 8 - 1 }),
              prefixLength: fc.integer({ min: 14, max: 20 }),
            })
            .map(({ offset, prefixLength }) => {
              const size = 2 ** (32 - prefixLength);
              const first =
                pool.first +
                ((offset * 4096) / size - (((offset * 4096) / size) % 1)) *
                  size;
              return { first, last: first + size - 1 };
            }),
          { maxLength: 30 },
        ),
        fc.integer({ min: 12, max: 20 }),
        (wide, narrow, prefixLength) => {
          const taken = [...wide, ...narrow];
          const size = 2 ** (32 - prefixLength);
          const free = nextFreeCidr([pool], taken, prefixLength);
          const isFree = (block: { first: number; last: number }) =>
            !taken.some(other => cidrOverlaps(other, block));
          const blocks = Array.from(
            { length: (pool.last + 1 - pool.first) / size },
            (_, index) => ({
              first: pool.first + index * size,
              last: pool.first + (index + 1) * size - 1,
            }),
          );
          const lowest = blocks.find(isFree);
          expect(free && { first: free.first, last: free.last }).toEqual(
            lowest,
          );
          expect(free?.prefixLength ?? prefixLength).toBe(prefixLength);
        },
      ),
    );
  });
});

describe('checkCidr', () => {
  const lengths = { minimum: 16, maximum: 20 };

  it.each(['10.0.0.0/16', '172.31.240.0/20', '192.168.0.0/16'])(
    'takes %s',
    text => {
      expect(checkCidr(text, lengths)).toBeUndefined();
    },
  );

  it.each([
    ['10.0.0.0/8', 'between /16 and /20', '10.0.0.0/16'],
    ['10.0.0.0/24', 'between /16 and /20', '10.0.0.0/20'],
    ['172.32.0.0/16', 'not private address space (RFC 1918)', undefined],
    ['8.8.0.0/16', 'not private address space (RFC 1918)', undefined],
    ['nonsense', 'Write an IPv4 block', undefined],
  ])('says how to mend %s', (text, message, suggestion) => {
    const issue = checkCidr(text, lengths);
    expect(issue?.message).toContain(message);
    expect(issue?.suggestion).toBe(suggestion);
  });

  it('suggests only what it would take itself', () => {
    fc.assert(
      fc.property(cidr(0, 32), block => {
        const { suggestion = '10.0.0.0/16' } =
          checkCidr(block.text, lengths) ?? {};
        const again = checkCidr(suggestion, lengths);
        expect(again?.message ?? 'RFC 1918').toContain('RFC 1918');
      }),
    );
  });
});
