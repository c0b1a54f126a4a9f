import type { JsonValue } from '@backstage/types';
import fc from 'fast-check';
import { attributeChanges } from './attributes';

const properties = () =>
  fc.dictionary(
    fc.constantFrom('Name', 'Size', 'Options', 'Tags'),
    fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
    { minKeys: 1 },
  );

describe('attributeChanges', () => {
  it('finds leaves by dotted path', () => {
    expect(
      attributeChanges(
        { Name: 'a', Vpc: { Cidr: '10.0.0.0/16', Dns: true }, Old: 1 },
        { Name: 'a', Vpc: { Cidr: '10.1.0.0/16', Dns: true }, New: [1] },
      ),
    ).toEqual([
      { path: 'Vpc.Cidr', before: '10.0.0.0/16', after: '10.1.0.0/16' },
      { path: 'Old', before: 1 },
      { path: 'New', after: [1] },
    ]);
  });

  it('shows references and lists as a whole', () => {
    expect(
      attributeChanges(
        { Vpc: { Ref: 'A' }, Zones: ['a', 'b'] },
        { Vpc: { Ref: 'B' }, Zones: ['a', 'c'] },
      ),
    ).toEqual([
      { path: 'Vpc', before: { Ref: 'A' }, after: { Ref: 'B' } },
      { path: 'Zones', before: ['a', 'b'], after: ['a', 'c'] },
    ]);
  });

  it('finds nothing between equals, and mirrors itself', () => {
    fc.assert(
      fc.property(properties(), properties(), (before, after) => {
        expect(attributeChanges(before, structuredClone(before))).toEqual([]);
        const mirrored = attributeChanges(after, before)
          .map(({ path, before: old, after: young }) => [path, young, old])
          .sort();
        expect(
          attributeChanges(before, after)
            .map(({ path, before: old, after: young }) => [path, old, young])
            .sort(),
        ).toEqual(mirrored);
      }),
    );
  });
});
