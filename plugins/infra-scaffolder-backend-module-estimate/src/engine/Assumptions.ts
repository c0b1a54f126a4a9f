import { Exact } from './money';

/** A number or word that a plan does not tell. */
export interface Assumption {
  value: string;
  /** One sentence, with `{value}` where the value stands. */
  says: string;
}

/** What is assumed, and which of it an estimate made use of. */
export class Assumptions {
  readonly #all: Record<string, Assumption>;
  readonly #used = new Set<string>();

  static of(all: Record<string, Assumption>): Assumptions {
    return new Assumptions(all);
  }

  private constructor(all: Record<string, Assumption>) {
    this.#all = all;
  }

  number(key: string): Exact {
    return new Exact(this.text(key));
  }

  text(key: string): string {
    if (!Object.hasOwn(this.#all, key)) {
      throw new Error(`There is no assumption ${key}.`);
    }
    this.#used.add(key);
    return this.#all[key].value;
  }

  /** In the order in which they are written down. */
  sentences(): string[] {
    return Object.entries(this.#all)
      .filter(([key]) => this.#used.has(key))
      .map(([, { says, value }]) => says.replace('{value}', value));
  }
}
