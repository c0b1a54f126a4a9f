/** An IPv4 block as integers; `first` and `last` are the lowest and highest address in it. @public */
export interface Cidr {
  first: number;
  last: number;
  prefixLength: number;
  /** Canonical form, e.g. `10.0.0.0/16`. */
  text: string;
}

/** @public */
export type CidrResult =
  | { ok: true; cidr: Cidr }
  | { ok: false; message: string; suggestion?: string };

const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

function addressText(address: number): string {
  return [24, 16, 8, 0]
    .map(shift => Math.floor(address / 2 ** shift) % 256)
    .join('.');
}

function block(first: number, prefixLength: number): Cidr {
  return {
    first,
    last: first + 2 ** (32 - prefixLength) - 1,
    prefixLength,
    text: `${addressText(first)}/${prefixLength}`,
  };
}

/** Reads `a.b.c.d/n`; where it cannot, says how to mend it, with a value that would do where one is near. @public */
export function parseCidr(text: string): CidrResult {
  const match =
    /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(
      text.trim(),
    );
  if (!match) {
    return {
      ok: false,
      message:
        'Write an IPv4 block as four numbers and a prefix length, e.g. 10.0.0.0/16.',
    };
  }
  const octets = match.slice(1, 5).map(Number);
  const tooLarge = octets.find(octet => octet > 255);
  if (tooLarge !== undefined) {
    return {
      ok: false,
      message: `${tooLarge} is not part of an IPv4 address: each of the four numbers is 0 to 255.`,
    };
  }
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  if (match[5] === undefined) {
    return {
      ok: false,
      message: 'The prefix length is missing: write it behind a slash.',
      suggestion: `${addressText(address - (address % 65536))}/16`,
    };
  }
  const prefixLength = Number(match[5]);
  if (prefixLength > 32) {
    return {
      ok: false,
      message: `/${prefixLength} is not a prefix length: it is 0 to 32.`,
    };
  }
  const first = address - (address % 2 ** (32 - prefixLength));
  const cidr = block(first, prefixLength);
  if (first !== address) {
    return {
      ok: false,
      message: `${addressText(
        address,
      )} is an address inside the block; a /${prefixLength} begins at ${addressText(
        first,
      )}. Use ${cidr.text}.`,
      suggestion: cidr.text,
    };
  }
  return { ok: true, cidr };
}

/** As {@link parseCidr}, for text that is known to be good. @throws TypeError where it is not. @public */
export function mustParseCidr(text: string): Cidr {
  const result = parseCidr(text);
  if (!result.ok) {
    throw new TypeError(`${text} is not an IPv4 block. ${result.message}`);
  }
  return result.cidr;
}

/** @public */
export function cidrOverlaps(
  a: Pick<Cidr, 'first' | 'last'>,
  b: Pick<Cidr, 'first' | 'last'>,
): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** @public */
export function cidrContains(
  outer: Pick<Cidr, 'first' | 'last'>,
  inner: Pick<Cidr, 'first' | 'last'>,
): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * The lowest aligned block of the prefix length that lies in one of the pools (tried in order) and overlaps nothing taken.
 * @returns undefined where every pool is full.
 * @public
 */
export function nextFreeCidr(
  pools: Cidr[],
  taken: Array<Pick<Cidr, 'first' | 'last'>>,
  prefixLength: number,
): Cidr | undefined {
  const size = 2 ** (32 - prefixLength);
  const ordered = [...taken].sort((a, b) => a.first - b.first);
  for (const pool of pools) {
    let candidate = block(Math.ceil(pool.first / size) * size, prefixLength);
    for (const other of ordered) {
      if (cidrOverlaps(candidate, other)) {
        candidate = block(
          Math.ceil((other.last + 1) / size) * size,
          prefixLength,
        );
      }
    }
    if (cidrContains(pool, candidate)) {
      return candidate;
    }
  }
  return undefined;
}

/**
 * Checks a VPC's block by itself: well-formed, private (RFC 1918), of an allowed size. Overlaps are another question.
 * @public
 */
export function checkCidr(
  text: string,
  prefixLengths: { minimum: number; maximum: number },
): { message: string; suggestion?: string } | undefined {
  const result = parseCidr(text);
  if (!result.ok) {
    return { message: result.message, suggestion: result.suggestion };
  }
  const { cidr } = result;
  if (
    cidr.prefixLength < prefixLengths.minimum ||
    cidr.prefixLength > prefixLengths.maximum
  ) {
    const nearest = Math.min(
      Math.max(cidr.prefixLength, prefixLengths.minimum),
      prefixLengths.maximum,
    );
    const first = cidr.first - (cidr.first % 2 ** (32 - nearest));
    return {
      message:
        prefixLengths.minimum === prefixLengths.maximum
          ? `This blueprint needs a /${prefixLengths.minimum}.`
          : `This blueprint needs a block between /${prefixLengths.minimum} and /${prefixLengths.maximum}.`,
      suggestion: block(first, nearest).text,
    };
  }
  if (!PRIVATE_RANGES.some(range => cidrContains(mustParseCidr(range), cidr))) {
    return {
      message: `${
        cidr.text
      } is not private address space (RFC 1918). Choose a block within ${PRIVATE_RANGES.join(
        ', ',
      )}.`,
    };
  }
  return undefined;
}
