import { InputError } from '@backstage/errors';
import { formatCidr, parseCidr, subBlock } from './cidr';

/** Subnet CIDRs of a VPC, one per zone in each tier. @public */
export interface SubnetLayout {
  private: string[];
  public: string[];
  database: string[];
}

/** Index of each tier's first subnet among the equal blocks of the VPC, as document 004 counts them. */
const FIRST_INDEX = { private: 0, public: 48, database: 52 } as const;

/** Index 54 must exist, so a VPC is cut into at least 64 blocks. */
const MINIMUM_SPLIT_BITS = 6;

/**
 * Splits a VPC the way document 004 does (rows 004-02, 004-03, 004-04): `10.0.0.0/16` gives private
 * `10.0.0–2.0/24`, public `10.0.48–50.0/24`, database `10.0.52–54.0/24`. Smaller VPCs keep the same indices;
 * blocks stay /24 while 64 of them fit (down to /18), then become /25 (of a /19) and /26 (of a /20).
 * A load balancer needs a /27 in each public subnet, hence nothing smaller than a /20.
 *
 * @param cidr - the VPC, /16 to /20
 * @param zones - zones used, 1 to 3
 * @throws InputError if the CIDR is malformed or of another size.
 * @public
 */
export function subnetLayout(cidr: string, zones: number): SubnetLayout {
  const vpc = parseCidr(cidr);
  if (vpc.prefixLength < 16 || vpc.prefixLength > 20) {
    throw new InputError(
      `The VPC ${cidr} must be a /16 to /20; AWS takes none larger than /16, and in one smaller than /20 the load balancer finds no /27.`,
    );
  }
  const prefixLength = Math.max(24, vpc.prefixLength + MINIMUM_SPLIT_BITS);
  const tier = (firstIndex: number) =>
    Array.from({ length: zones }, (_, zone) =>
      formatCidr(subBlock(vpc, prefixLength, firstIndex + zone)),
    );
  return {
    private: tier(FIRST_INDEX.private),
    public: tier(FIRST_INDEX.public),
    database: tier(FIRST_INDEX.database),
  };
}
