import type { JsonObject, JsonValue } from '@backstage/types';

/** A state file (format 4), as far as the engine reads it. */
export interface TerraformState {
  lineage: string;
  serial: number;
  outputs: Record<string, { value: JsonValue; sensitive?: boolean }>;
  resources: StateResource[];
}

/** One instance of a managed resource. */
export interface StateResource {
  address: string;
  module: string;
  type: string;
  name: string;
  index?: string | number;
  attributes: JsonObject;
  isTainted: boolean;
}

interface RawState {
  version: number;
  lineage: string;
  serial: number;
  outputs?: TerraformState['outputs'];
  resources?: Array<{
    mode: string;
    module?: string;
    type: string;
    name: string;
    instances: Array<{
      index_key?: string | number;
      status?: string;
      deposed?: string;
      attributes?: JsonObject;
    }>;
  }>;
}

export function parseState(text: string): TerraformState {
  const raw = JSON.parse(text) as RawState;
  return {
    lineage: raw.lineage,
    serial: raw.serial,
    outputs: raw.outputs ?? {},
    resources: (raw.resources ?? [])
      .filter(({ mode }) => mode === 'managed')
      .flatMap(({ module = '', type, name, instances }) =>
        instances
          .filter(({ deposed }) => !deposed)
          .map(({ index_key: index, status, attributes = {} }) => ({
            address: addressOf({ module, type, name, index }),
            module,
            type,
            name,
            ...(index !== undefined && { index }),
            attributes,
            isTainted: status === 'tainted',
          })),
      ),
  };
}

export function addressOf(resource: {
  module: string;
  type: string;
  name: string;
  index?: string | number;
}): string {
  const { module, type, name, index } = resource;
  const key =
    index === undefined
      ? ''
      : `[${typeof index === 'number' ? index : JSON.stringify(index)}]`;
  return `${module && `${module}.`}${type}.${name}${key}`;
}
