import type { JsonValue } from '@backstage/types';
import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { RecordShape, Shape } from '../rules/shapes';
import {
  documentOf,
  isIntrinsic,
  isObject,
  textOf,
  type PseudoParameters,
} from './intrinsics';

const DECIMAL = /^-?\d+(\.\d+)?$/;
const LARGEST = 922_337_203_685_477;

/** Cedar's decimals have at most four digits after the point; more are cut off. */
export function cedarDecimal(text: string): CedarValueJson | undefined {
  if (!DECIMAL.test(text) || Math.abs(Number(text)) > LARGEST) {
    return undefined;
  }
  const [whole, fraction = ''] = text.split('.');
  return {
    __extn: { fn: 'decimal', arg: `${whole}.${fraction.slice(0, 4) || '0'}` },
  };
}

/**
 * Makes of a property what the schema says it is, because CloudFormation takes `"true"` for true, `"5432"` for 5432, one
 * text for a list of one, and an intrinsic function for anything. What cannot be known is left out and its path kept; a
 * text that is known in part stays, with what is unknown as `${Key.Arn}`, so that a rule can ask whether it is set.
 */
export class Projection {
  readonly unknown = new Set<string>();
  readonly #pseudo: PseudoParameters;

  constructor(pseudo: PseudoParameters) {
    this.#pseudo = pseudo;
  }

  record(
    value: JsonValue,
    shape: RecordShape,
    path: string,
  ): Record<string, CedarValueJson> | undefined {
    const document =
      typeof value === 'string' || isIntrinsic(value)
        ? documentOf(value, this.#pseudo)
        : value;
    if (!isObject(document) || isIntrinsic(document)) {
      this.#miss(path);
      return undefined;
    }
    const known: Record<string, CedarValueJson> = {};
    for (const [name, attribute] of Object.entries(shape.attributes)) {
      const given = document[name];
      const taken =
        given === undefined || given === null
          ? undefined
          : this.value(given, attribute.shape, path ? `${path}.${name}` : name);
      if (taken !== undefined) {
        known[name] = taken;
      } else if (attribute.required) {
        this.#miss(path);
        return undefined;
      }
    }
    return known;
  }

  value(
    value: JsonValue,
    shape: Shape,
    path: string,
  ): CedarValueJson | undefined {
    switch (shape.kind) {
      case 'record':
        return this.record(value, shape, path);
      case 'set':
        return this.#set(value, shape.element, path);
      case 'text':
        return this.#text(value, path);
      default:
        return this.#scalar(value, shape.kind, path);
    }
  }

  #set(
    value: JsonValue,
    element: Shape,
    path: string,
  ): CedarValueJson | undefined {
    if (isIntrinsic(value) && element.kind !== 'text') {
      this.#miss(path);
      return undefined;
    }
    return [value]
      .flat()
      .filter(each => each !== null && each !== undefined)
      .map(each => this.value(each as JsonValue, element, path))
      .filter(each => each !== undefined);
  }

  #text(value: JsonValue, path: string): CedarValueJson | undefined {
    const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (Array.isArray(one) || (isObject(one) && !isIntrinsic(one))) {
      this.#miss(path);
      return undefined;
    }
    const { text, known } = textOf(one ?? null, this.#pseudo);
    if (!known) {
      this.#miss(path);
    }
    return text;
  }

  #scalar(
    value: JsonValue,
    kind: 'whole' | 'truth' | 'decimal',
    path: string,
  ): CedarValueJson | undefined {
    const { text, known } = textOf(value, this.#pseudo);
    const taken = known ? this.#read(text, kind) : undefined;
    if (taken === undefined) {
      this.#miss(path);
    }
    return taken;
  }

  #read(text: string, kind: 'whole' | 'truth' | 'decimal') {
    if (kind === 'truth') {
      return /^(true|false)$/i.test(text)
        ? text.toLowerCase() === 'true'
        : undefined;
    }
    if (kind === 'decimal') {
      return cedarDecimal(text);
    }
    return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  #miss(path: string): void {
    if (path) {
      this.unknown.add(path);
    }
  }
}
