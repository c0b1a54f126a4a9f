import { ConflictError } from '@backstage/errors';
import {
  checkCidr,
  cidrOverlaps,
  mustParseCidr,
  nextFreeCidr,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { InfraConfig } from '../config';
import type { Holder } from '../database/types';

/**
 * Which addresses are free. One plan for every account and region, because any two environments may be peered one day:
 * by a transit gateway, or across regions for disaster recovery.
 */
export class AddressPlan {
  readonly #config: InfraConfig;

  static create(config: InfraConfig): AddressPlan {
    return new AddressPlan(config);
  }

  private constructor(config: InfraConfig) {
    this.#config = config;
  }

  /** The lowest free block of the configured pools; undefined where they are full. */
  next(holders: Holder[], prefixLength: number): string | undefined {
    const taken = [
      ...holders.map(holder => mustParseCidr(holder.cidr)),
      ...this.#config.reservedCidrs.map(reserved => reserved.cidr),
    ];
    return nextFreeCidr(this.#config.cidrPools, taken, prefixLength)?.text;
  }

  /** @throws ConflictError where the pools are full. */
  propose(holders: Holder[], prefixLength: number): string {
    const cidr = this.next(holders, prefixLength);
    if (!cidr) {
      throw new ConflictError(
        `No /${prefixLength} is free in ${this.#config.cidrPools
          .map(pool => pool.text)
          .join(
            ', ',
          )}. Destroy an environment, ask for a smaller block, or have an admin add a pool to infraScaffolder.cidrPools.`,
      );
    }
    return cidr;
  }

  /**
   * @param isVisible - whether the person may know of a holder; those they may not are not named.
   */
  check(
    text: string,
    options: {
      holders: Holder[];
      isVisible: (holder: Holder) => boolean;
      prefixLengths: { minimum: number; maximum: number; default: number };
    },
  ): RequestIssue | undefined {
    const malformed = checkCidr(text, options.prefixLengths);
    if (malformed) {
      return { path: 'cidr', ...malformed };
    }
    const cidr = mustParseCidr(text.trim());
    const suggest = () => this.next(options.holders, cidr.prefixLength);

    const reserved = this.#config.reservedCidrs.find(entry =>
      cidrOverlaps(entry.cidr, cidr),
    );
    if (reserved) {
      return {
        path: 'cidr',
        message: `${cidr.text} overlaps ${reserved.cidr.text}, which is kept for ${reserved.title}.`,
        suggestion: suggest(),
      };
    }

    const holder = options.holders.find(other =>
      cidrOverlaps(mustParseCidr(other.cidr), cidr),
    );
    if (holder) {
      const whose = options.isVisible(holder)
        ? `${holder.name} of ${holder.owner}`
        : "another group's environment";
      const free = suggest();
      return {
        path: 'cidr',
        message: `${cidr.text} overlaps ${holder.cidr}, held by ${whose}. ${
          free
            ? `The next free block is ${free}.`
            : 'No block of this size is free; choose a smaller one.'
        }`,
        suggestion: free,
      };
    }
    return undefined;
  }
}
