import fc from 'fast-check';
import { checkName } from './names';

describe('checkName', () => {
  it.each(['abc', 'shop-dev', 'a1b2', 'a'.repeat(28)])('takes %s', name => {
    expect(checkName(name)).toBeUndefined();
  });

  it.each([
    ['ab', '3 to 28 characters; this one has 2', undefined],
    ['a'.repeat(29), 'this one has 29', 'a'.repeat(28)],
    ['Shop Dev', 'begins with a lower-case letter', 'shop-dev'],
    ['shop--dev', 'single hyphens', 'shop-dev'],
    ['-shop', 'begins with a lower-case letter', 'shop'],
    ['shop-', 'single hyphens', 'shop'],
    ['1shop', 'begins with a lower-case letter', 'shop'],
    ['café', 'lower-case letters, digits', 'cafe'],
    ['___', 'begins with', undefined],
  ])('says how to mend "%s"', (name, message, suggestion) => {
    const issue = checkName(name);
    expect(issue?.message).toContain(message);
    expect(issue?.suggestion).toBe(suggestion);
  });

  it('suggests only what it would take itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), name => {
        const { suggestion = 'good-name' } = checkName(name) ?? {};
        expect(checkName(suggestion)).toBeUndefined();
      }),
    );
  });
});
