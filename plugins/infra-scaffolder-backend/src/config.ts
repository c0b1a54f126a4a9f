import type { Config } from '@backstage/config';
import { parseCidr, type Cidr } from '@slipway/plugin-infra-scaffolder-common';

/** A block that no environment may take. */
export interface ReservedCidr {
  cidr: Cidr;
  /** What it is used for, e.g. `the office network`. */
  title: string;
}

export interface InfraConfig {
  /** Blocks that are proposed to people, in order. */
  cidrPools: Cidr[];
  reservedCidrs: ReservedCidr[];
}

const DEFAULT_POOLS = ['10.0.0.0/8'];

function readCidr(text: string, key: string): Cidr {
  const result = parseCidr(text);
  if (!result.ok) {
    throw new Error(`${key}: "${text}". ${result.message}`);
  }
  return result.cidr;
}

/** @throws Error naming the key that is not well-formed. */
export function readInfraConfig(config: Config): InfraConfig {
  const pools =
    config.getOptionalStringArray('infraScaffolder.cidrPools') ?? DEFAULT_POOLS;
  const reserved =
    config.getOptionalConfigArray('infraScaffolder.reservedCidrs') ?? [];
  return {
    cidrPools: pools.map(text => readCidr(text, 'infraScaffolder.cidrPools')),
    reservedCidrs: reserved.map(entry => ({
      cidr: readCidr(
        entry.getString('cidr'),
        'infraScaffolder.reservedCidrs[].cidr',
      ),
      title: entry.getString('title'),
    })),
  };
}
