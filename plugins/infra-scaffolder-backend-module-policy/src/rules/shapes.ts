import type {
  NamespaceDefinition,
  SchemaJson,
} from '@cedar-policy/cedar-wasm/nodejs';

/** What a value must be like for Cedar to take it. */
export type Shape =
  | { kind: 'text' | 'whole' | 'truth' | 'decimal' }
  | { kind: 'set'; element: Shape }
  | RecordShape;

export interface RecordShape {
  kind: 'record';
  attributes: Record<string, { shape: Shape; required: boolean }>;
}

/** Where within the properties of a type the elements of a list are. */
export interface Part {
  type: string;
  path: string[];
}

/** How resources of a CloudFormation type are told to Cedar. */
export interface TypeShape {
  record: RecordShape;
  /** The property that holds tags; undefined where the type takes none. */
  tags?: string;
  kinds: string[];
  /** Never a resource of its own, only an element of a list within others. */
  isElement: boolean;
}

type TypeJson = {
  type: string;
  element?: TypeJson;
  attributes?: Record<string, TypeJson & { required?: boolean }>;
};

const PLAIN: Record<string, Exclude<Shape['kind'], 'set' | 'record'>> = {
  String: 'text',
  Long: 'whole',
  Bool: 'truth',
  Boolean: 'truth',
  decimal: 'decimal',
};

function shapeOf(json: TypeJson, schema: SchemaJson<string>): Shape {
  if (json.type === 'Set') {
    return { kind: 'set', element: shapeOf(json.element!, schema) };
  }
  if (json.type === 'Record') {
    return recordOf(json, schema);
  }
  if (PLAIN[json.type]) {
    return { kind: PLAIN[json.type] };
  }
  const [, namespace, name] = /^(?:(.*)::)?([^:]+)$/.exec(json.type)!;
  const common = schema[namespace ?? '']?.commonTypes?.[name];
  if (!common) {
    throw new Error(
      `a property cannot have the type ${json.type}: use String, Long, Bool, decimal, Set, a record or a type of the same namespace`,
    );
  }
  return shapeOf(common as TypeJson, schema);
}

function recordOf(json: TypeJson, schema: SchemaJson<string>): RecordShape {
  const attributes: RecordShape['attributes'] = {};
  for (const [name, type] of Object.entries(json.attributes ?? {})) {
    attributes[name] = {
      shape: shapeOf(type, schema),
      required: type.required ?? true,
    };
  }
  return { kind: 'record', attributes };
}

type EntityType = NamespaceDefinition<string>['entityTypes'][string];

/** @throws Error saying what of the type a plan cannot hold. */
export function typeShapeOf(
  type: EntityType,
  schema: SchemaJson<string>,
): TypeShape {
  if ('enum' in type) {
    throw new Error('a resource type has properties, not an enumeration');
  }
  const shape = (type.shape ?? { type: 'Record' }) as TypeJson;
  const marks = type.annotations ?? {};
  const record = recordOf(shape, schema);
  for (const [name, { required }] of Object.entries(record.attributes)) {
    if (required) {
      throw new Error(`a plan may leave ${name} out; write ${name}?`);
    }
  }
  return {
    record,
    ...(type.tags && { tags: marks.tags ?? 'Tags' }),
    kinds: [
      ...(type.tags ? ['tagged'] : []),
      ...(marks.kinds ?? '').split(/\s+/).filter(Boolean),
    ],
    isElement: Boolean(marks.each) && !marks.alone,
  };
}

/** `@each("AWS::EC2::SecurityGroup.SecurityGroupIngress AWS::…")`: the elements of these lists are of the type. */
export function partsOf(
  name: string,
  type: EntityType,
): Array<{ owner: string; part: Part }> {
  return (type.annotations?.each ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map(place => {
      const [owner, ...path] = place.split('.');
      return { owner, part: { type: name, path } };
    });
}
