import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

/**
 * Typed reading of a blueprint's parameters, which reach the worker as plain JSON.
 * Each method throws `InputError` that names the parameter if the value is missing or of another type.
 *
 * @public
 */
export class ParameterReader {
  readonly #values: JsonObject;
  readonly #read = new Set<string>();

  private constructor(values: JsonObject) {
    this.#values = values;
  }

  static of(values: JsonObject): ParameterReader {
    return new ParameterReader(values);
  }

  /** Names read so far. */
  get readNames(): string[] {
    return [...this.#read].sort();
  }

  string(name: string): string {
    const value = this.#take(name);
    if (typeof value !== 'string') throw this.#mismatch(name, 'a text');
    return value;
  }

  oneOf<const T extends string>(name: string, options: readonly T[]): T {
    const value = this.string(name);
    const option = options.find(candidate => candidate === value);
    if (option === undefined) {
      throw this.#mismatch(name, `one of ${options.join(', ')}`);
    }
    return option;
  }

  integer(name: string): number {
    const value = this.#take(name);
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw this.#mismatch(name, 'a whole number');
    }
    return value;
  }

  boolean(name: string): boolean {
    const value = this.#take(name);
    if (typeof value !== 'boolean') {
      throw this.#mismatch(name, 'true or false');
    }
    return value;
  }

  strings(name: string): string[] {
    const value = this.#take(name);
    if (
      !Array.isArray(value) ||
      !value.every((item): item is string => typeof item === 'string')
    ) {
      throw this.#mismatch(name, 'a list of texts');
    }
    return value;
  }

  #take(name: string) {
    this.#read.add(name);
    return this.#values[name];
  }

  #mismatch(name: string, expected: string): InputError {
    const given = JSON.stringify(this.#values[name]) ?? 'nothing';
    return new InputError(
      `Parameter "${name}" must be ${expected}, but is ${given}.`,
    );
  }
}
