import { InputError } from '@backstage/errors';

/** An IPv4 block as numbers: first address and prefix length. @public */
export interface Ipv4Block {
  first: number;
  prefixLength: number;
}

/** Number of addresses of a prefix length. @public */
export function addressCount(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

/**
 * Reads `10.0.0.0/16`.
 * @throws InputError if it is not a block whose host bits are zero.
 * @public
 */
export function parseCidr(cidr: string): Ipv4Block {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(
    cidr,
  );
  const octets = match?.slice(1, 5).map(Number) ?? [];
  const prefixLength = Number(match?.[5]);
  if (!match || octets.some(octet => octet > 255) || prefixLength > 32) {
    throw new InputError(
      `"${cidr}" is not an IPv4 CIDR block; write it like 10.0.0.0/16.`,
    );
  }
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  if (first % addressCount(prefixLength) !== 0) {
    const base = first - (first % addressCount(prefixLength));
    throw new InputError(
      `"${cidr}" does not start at the boundary of a /${prefixLength}; use ${formatCidr(
        { first: base, prefixLength },
      )}.`,
    );
  }
  return { first, prefixLength };
}

/** Writes a block as `10.0.0.0/16`. @public */
export function formatCidr(block: Ipv4Block): string {
  const octets = [24, 16, 8, 0].map(
    shift => Math.floor(block.first / 2 ** shift) % 256,
  );
  return `${octets.join('.')}/${block.prefixLength}`;
}

/**
 * The `index`-th block of `prefixLength` within `block`, counted from 0.
 * @throws InputError if there is none.
 * @public
 */
export function subBlock(
  block: Ipv4Block,
  prefixLength: number,
  index: number,
): Ipv4Block {
  const slots = 2 ** (prefixLength - block.prefixLength);
  if (index < 0 || index >= slots) {
    throw new InputError(
      `${formatCidr(block)} has no /${prefixLength} number ${index}.`,
    );
  }
  return {
    first: block.first + index * addressCount(prefixLength),
    prefixLength,
  };
}
