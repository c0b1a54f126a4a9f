import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { RecordShape, Shape } from '../rules/shapes';
import { cedarDecimal, Projection } from './project';

const PSEUDO = { 'AWS::Region': 'us-east-1' };

const shape: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>(tie => ({
  shape: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Shape>(
      { kind: 'text' },
      { kind: 'whole' },
      { kind: 'truth' },
      { kind: 'decimal' },
    ),
    tie('shape').map((element): Shape => ({ kind: 'set', element })),
    fc
      .dictionary(
        fc.constantFrom('A', 'B', 'C', 'D'),
        tie('shape').map(inner => ({ shape: inner, required: false })),
      )
      .map((attributes): Shape => ({ kind: 'record', attributes })),
  ),
})).shape;

const record = fc
  .dictionary(
    fc.constantFrom('A', 'B', 'C', 'D'),
    fc.record({ shape, required: fc.boolean() }),
  )
  .map((attributes): RecordShape => ({ kind: 'record', attributes }));

/** As JSON is read. */
const PLAIN = { noNullPrototype: true };

const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(
      fc.string(),
      fc.constantFrom('true', 'False', '5432', '-1', '1.25', '{"A":1}', '*'),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ) as fc.Arbitrary<JsonValue>,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom('A', 'B', 'C', 'D', 'Ref', 'Fn::Join', 'Fn::Sub'),
      tie('value'),
      PLAIN,
    ) as fc.Arbitrary<JsonValue>,
    fc.constantFrom<JsonValue>(
      { Ref: 'AWS::Region' },
      { Ref: 'Key' },
      { 'Fn::GetAtt': ['Key', 'Arn'] },
      { 'Fn::Sub': '${AWS::Region}-x' },
      { 'Fn::Sub': '${Key}-x' },
    ),
  ),
})).value;

function isOf(taken: unknown, { ...of }: Shape): boolean {
  switch (of.kind) {
    case 'text':
      return typeof taken === 'string';
    case 'whole':
      return Number.isSafeInteger(taken);
    case 'truth':
      return typeof taken === 'boolean';
    case 'decimal':
      return /^-?\d+\.\d{1,4}$/.test(
        (taken as { __extn: { arg: string } }).__extn.arg,
      );
    case 'set':
      return (
        Array.isArray(taken) && taken.every(each => isOf(each, of.element))
      );
    default:
      return Object.entries(taken as object).every(
        ([name, each]) =>
          of.attributes[name] && isOf(each, of.attributes[name].shape),
      );
  }
}

describe('what Cedar is told of properties', () => {
  it('is always what the schema says it is, whatever the engine gave', () => {
    fc.assert(
      fc.property(
        record,
        fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D', 'E'), value, PLAIN),
        (of, properties) => {
          const taken = new Projection(PSEUDO).record(
            properties as JsonObject,
            of,
            '',
          );
          expect(taken === undefined || isOf(taken, of)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('names each property that was given and could not be taken', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), shape),
        fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), value, PLAIN),
        (shapes, properties) => {
          const projection = new Projection(PSEUDO);
          const taken = projection.record(
            properties as JsonObject,
            {
              kind: 'record',
              attributes: Object.fromEntries(
                Object.entries(shapes).map(([name, each]) => [
                  name,
                  { shape: each, required: false },
                ]),
              ),
            },
            '',
          )!;
          const lost = Object.keys(shapes).filter(
            name =>
              !(name in taken) &&
              (properties[name] ?? null) !== null &&
              !projection.unknown.has(name),
          );
          expect(lost).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads as one what CloudFormation takes as one', () => {
    const of = (kind: 'whole' | 'truth' | 'text'): RecordShape => ({
      kind: 'record',
      attributes: { P: { shape: { kind }, required: false } },
    });
    const read = (given: JsonValue, kind: 'whole' | 'truth' | 'text') =>
      new Projection(PSEUDO).record({ P: given }, of(kind), '')!.P;
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (number, truth) => {
        expect(read(String(number), 'whole')).toBe(read(number, 'whole'));
        expect(read(String(truth), 'truth')).toBe(read(truth, 'truth'));
        expect(read([String(number)], 'text')).toBe(String(number));
      }),
    );
  });

  it('is no other number for being cut to what Cedar holds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 9999 }),
        (whole, fraction) => {
          const text = `${whole}.${String(fraction).padStart(4, '0')}`;
          const { arg } = (cedarDecimal(text) as { __extn: { arg: string } })
            .__extn;
          expect(Number(arg)).toBe(Number(text));
        },
      ),
    );
    expect(cedarDecimal('9999999999999999')).toBeUndefined();
    expect(cedarDecimal('1e5')).toBeUndefined();
  });
});
