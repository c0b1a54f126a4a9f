import type { JsonObject, JsonValue } from '@backstage/types';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { inputFor, type Subject, synthesize } from '../subject';

function anotherValue(schema: ParameterSchema, value: JsonValue): JsonValue {
  const option = schema.enum?.find(each => each !== value);
  if (option !== undefined) return option;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) {
    const items = schema.items?.enum?.find(each => !value.includes(each));
    return items ? [items] : [];
  }
  if (typeof value === 'string') return '';
  return Number(value) < (schema.maximum ?? Infinity)
    ? Number(value) + 1
    : Number(value) - 1;
}

/** Each parameter changes the template; `bases` are tried in turn, for parameters of one role or mode only. @public */
export function describeParameters(
  subject: Subject,
  options: {
    /** Size and parameters from which each single change is made. */
    bases: Array<[string, JsonObject]>;
    /** Values to change to, where the next one of the schema would not do. */
    others?: JsonObject;
    /** Parameters, and the sentence with which they are refused. */
    refused: Array<[JsonObject, string]>;
  },
): void {
  const { parameters } = subject.blueprint;
  describe('parameters', () => {
    it('are all used: each changes the template', () => {
      const bases = options.bases.map(([size, values]) => {
        const input = inputFor(subject, size, values);
        return { input, body: synthesize(subject, input).body };
      });
      const unused = Object.entries(parameters)
        .filter(([name, schema]) =>
          bases.every(({ input, body }) => {
            const value = input.parameters[name]!;
            const other = options.others?.[name] ?? anotherValue(schema, value);
            try {
              const changed = synthesize(subject, {
                ...input,
                parameters: { ...input.parameters, [name]: other },
              });
              return changed.body === body;
            } catch {
              return true;
            }
          }),
        )
        .map(([name]) => name);
      expect(unused).toEqual([]);
    }, 120_000);

    it.each(options.refused)(
      '%j is refused with a way to mend it',
      (values, message) => {
        const input = inputFor(subject, subject.production, values);
        expect(() => synthesize(subject, input)).toThrow(message);
      },
    );
  });
}
