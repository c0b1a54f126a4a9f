import type { JsonObject, JsonValue } from '@backstage/types';
import {
  addressOf,
  configuredAs,
  type ModuleStep,
  partsOf,
  type ResourceAddress,
} from './addresses';
import {
  type Expressions,
  type ModuleConfiguration,
  moduleAt,
  referencesOf,
} from './configuration';
import { policyOf } from './policyDocument';
import { pascal } from './naming';
import type { PlanDocument } from './planDocument';
import { isObject } from './properties';

/** Nested calls of modules; beyond it something refers to itself. */
const DEEPEST = 20;
/** What a reference points at, where nobody can tell. */
export const KNOWN_AFTER_APPLY = 'known-after-apply';
/** A value that only the apply will tell, and of which the configuration does not tell where it comes from. */
const LATER: JsonObject = { Ref: KNOWN_AFTER_APPLY };

/** Ids that can be nothing else; others are names, which may stand for anything. */
const GIVEN_BY_AWS =
  /^(arn:.+|[a-z]+-[0-9a-f]{8,17}|[0-9a-f]{8}-[0-9a-f-]{27})$/;

interface Instance extends ResourceAddress {
  address: string;
  after: JsonObject;
}

interface Target {
  address: Omit<ResourceAddress, 'key'>;
  key?: string;
  attribute?: string;
}

/**
 * Tells of values that only the apply will know which resources they come from, by following the configuration: through
 * inputs and outputs of modules to the resource. Locals are where it ends, because Terraform does not show them.
 */
export class References {
  readonly #root: ModuleConfiguration | undefined;
  readonly #instances = new Map<string, Instance[]>();

  static of(document: PlanDocument): References {
    return new References(document);
  }

  readonly #byId = new Map<
    string,
    { address: string; intrinsic: JsonObject }
  >();

  private constructor(document: PlanDocument) {
    this.#root = document.configuration?.root_module;
    for (const { address, mode, change } of document.resource_changes ?? []) {
      if (mode === 'managed') {
        this.#remember(address, change.before ?? change.after ?? {});
      }
      const parsed = addressOf(address);
      const key = configuredAs(parsed);
      this.#instances.set(key, [
        ...(this.#instances.get(key) ?? []),
        { ...parsed, address, after: change.after ?? change.before ?? {} },
      ]);
    }
  }

  /** Ids and ARNs of resources that exist, wherever they stand in a resource's attributes, as references to them. */
  linked(address: string, attributes: JsonObject): JsonObject {
    const link = (value: JsonValue | undefined): JsonValue => {
      if (typeof value === 'string') {
        const found = this.#byId.get(value);
        return found && found.address !== address ? found.intrinsic : value;
      }
      if (Array.isArray(value)) {
        return value.map(link);
      }
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, each]) => [name, link(each)]),
          )
        : value ?? null;
    };
    return link(attributes) as JsonObject;
  }

  /** A resource's attributes with an intrinsic function in place of each configured value that is not known yet. */
  filled(
    address: string,
    known: JsonObject,
    unknown: JsonValue | undefined,
  ): JsonObject {
    const own = addressOf(address);
    const expressions = moduleAt(
      this.#root,
      own.modules.map(({ name }) => name),
    )?.resources?.find(
      ({ type, name, mode }) =>
        type === own.type && name === own.name && mode === 'managed',
    )?.expressions;
    return this.#fillObject(own, known, unknown, expressions);
  }

  #remember(address: string, { id, arn }: JsonObject): void {
    if (typeof id === 'string' && GIVEN_BY_AWS.test(id)) {
      this.#byId.set(id, { address, intrinsic: intrinsic(address, 'id') });
    }
    if (typeof arn === 'string' && arn !== id && arn.startsWith('arn:')) {
      this.#byId.set(arn, { address, intrinsic: intrinsic(address, 'arn') });
    }
  }

  #fillObject(
    own: ResourceAddress,
    known: JsonObject,
    unknown: JsonValue | undefined,
    expressions: Expressions | undefined,
  ): JsonObject {
    if (!isObject(unknown)) {
      return known;
    }
    const filled: JsonObject = { ...known };
    for (const [name, later] of Object.entries(unknown)) {
      const value = this.#fill(
        own,
        name,
        known[name],
        later,
        expressions?.[name],
      );
      if (value !== undefined) {
        filled[name] = value;
      }
    }
    return filled;
  }

  #fill(
    own: ResourceAddress,
    name: string,
    known: JsonValue | undefined,
    unknown: JsonValue | undefined,
    expression: JsonValue | undefined,
  ): JsonValue | undefined {
    if (unknown === true) {
      return this.#valueOf(own, expression, /s$/.test(name));
    }
    if (Array.isArray(unknown)) {
      const list = Array.isArray(known) ? known : [];
      const values = unknown.includes(true)
        ? this.#valueOf(own, expression, true)
        : undefined;
      return unknown.map((later, index) => {
        if (later === true) {
          return (Array.isArray(values) && values[index]) || LATER;
        }
        const inner = list[index];
        const block = Array.isArray(expression)
          ? expression[Math.min(index, expression.length - 1)]
          : expression;
        return isObject(inner) || (isObject(later) && inner === undefined)
          ? this.#fillObject(
              own,
              isObject(inner) ? inner : {},
              later,
              isObject(block) ? block : undefined,
            )
          : inner ?? null;
      });
    }
    return isObject(unknown) && isObject(known)
      ? this.#fillObject(
          own,
          known,
          unknown,
          isObject(expression) ? expression : undefined,
        )
      : known;
  }

  /** Undefined where nothing is configured: then it is AWS that decides. */
  #valueOf(
    own: ResourceAddress,
    expression: JsonValue | undefined,
    isList: boolean,
  ): JsonValue | undefined {
    const references = referencesOf(expression);
    if (references.length === 0) {
      return undefined;
    }
    const found = references
      .flatMap(reference => this.#resolve(own.modules, reference, own.key, 0))
      .flatMap(target => this.#intrinsics(target, isList));
    const unique = [
      ...new Map(found.map(value => [JSON.stringify(value), value])).values(),
    ];
    if (isList) {
      return unique.length > 0 ? unique : [LATER];
    }
    return unique[0] ?? LATER;
  }

  #resolve(
    modules: ModuleStep[],
    reference: string,
    key: string | undefined,
    depth: number,
  ): Target[] {
    const [first, second, third, fourth] = partsOf(reference);
    if (!second || depth > DEEPEST) {
      return [];
    }
    switch (first.name) {
      case 'var': {
        const call = modules.at(-1);
        const parent = modules.slice(0, -1);
        const expression = call
          ? this.#callOf(parent, call.name)?.expressions?.[second.name]
          : undefined;
        return referencesOf(expression).flatMap(each =>
          this.#resolve(parent, each, call?.key ?? key, depth + 1),
        );
      }
      case 'module': {
        const called = { name: second.name, key: second.key };
        const inner = [...modules, called];
        const expression = moduleAt(
          this.#root,
          inner.map(({ name }) => name),
        )?.outputs?.[third?.name ?? '']?.expression;
        return referencesOf(expression as JsonValue | undefined).flatMap(each =>
          this.#resolve(inner, each, second.key ?? key, depth + 1),
        );
      }
      case 'local':
      case 'each':
      case 'count':
      case 'path':
      case 'self':
      case 'terraform':
        return [];
      case 'data':
        return third
          ? [
              {
                address: {
                  modules,
                  isData: true,
                  type: second.name,
                  name: third.name,
                },
                key: third.key ?? key,
                attribute: fourth?.name,
              },
            ]
          : [];
      default:
        return [
          {
            address: {
              modules,
              isData: false,
              type: first.name,
              name: second.name,
            },
            key: second.key ?? key,
            attribute: third?.name,
          },
        ];
    }
  }

  #callOf(modules: ModuleStep[], name: string) {
    return moduleAt(
      this.#root,
      modules.map(step => step.name),
    )?.module_calls?.[name];
  }

  #intrinsics({ address, key, attribute }: Target, all: boolean): JsonValue[] {
    const instances = (this.#instances.get(configuredAs(address)) ?? []).filter(
      instance =>
        instance.modules.every(
          (step, index) =>
            address.modules[index].key === undefined ||
            address.modules[index].key === step.key,
        ),
    );
    const exact = instances.filter(instance => instance.key === key);
    const chosen = exact.length > 0 && !all ? exact : instances;
    return (all ? chosen : chosen.slice(0, 1)).flatMap(
      (instance): JsonObject[] => {
        if (!instance.isData) {
          return [intrinsic(instance.address, attribute)];
        }
        const policy = policyOf(instance.type, instance.after);
        return policy ? [policy] : [];
      },
    );
  }
}

function intrinsic(address: string, attribute: string | undefined): JsonObject {
  return attribute === undefined || attribute === 'id'
    ? { Ref: address }
    : { 'Fn::GetAtt': [address, pascal(attribute)] };
}
