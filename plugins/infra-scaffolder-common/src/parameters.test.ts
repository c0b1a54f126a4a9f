import fc from 'fast-check';
import type { Blueprint } from './blueprint';
import { checkBlueprint } from './checkBlueprint';
import { checkParameters, completeParameters } from './parameters';

const blueprint: Blueprint = {
  id: 'shop-platform',
  version: '1.0.0',
  title: 'Shop platform',
  description: '',
  source: 'Tests',
  engines: ['cdk'],
  sizes: {
    dev: { title: 'Dev', description: '', parameters: {} },
    prod: {
      title: 'Production',
      description: '',
      parameters: { minimum: 3, classes: ['m6i.large'] },
    },
  },
  defaultSize: 'dev',
  parameters: {
    minimum: {
      type: 'integer',
      title: 'At least',
      minimum: 1,
      maximum: 20,
      default: 1,
      group: 'Nodes',
      unit: 'nodes',
      message: 'Choose 1 to 20 nodes.',
    },
    maximum: {
      type: 'integer',
      title: 'At most',
      minimum: 1,
      maximum: 20,
      default: 5,
      group: 'Nodes',
      message: 'Choose 1 to 20 nodes.',
    },
    classes: {
      type: 'array',
      title: 'Classes',
      items: { type: 'string', enum: ['t3.medium', 'm6i.large'] },
      minItems: 1,
      uniqueItems: true,
      default: ['t3.medium'],
      group: 'Nodes',
      message: 'Choose one class at least.',
    },
  },
  rules: [
    {
      left: 'minimum',
      right: 'maximum',
      message: 'The least cannot be more than the most.',
    },
  ],
  cidrPrefixLength: { minimum: 16, maximum: 20, default: 16 },
  outputs: [],
};

describe('completeParameters', () => {
  it('lays the size over the defaults and the person over the size', () => {
    expect(completeParameters(blueprint, 'dev', {})).toEqual({
      minimum: 1,
      maximum: 5,
      classes: ['t3.medium'],
    });
    expect(
      completeParameters(blueprint, 'prod', { minimum: 4, stray: true }),
    ).toEqual({ minimum: 4, maximum: 5, classes: ['m6i.large'] });
  });

  it('takes nothing that is inherited', () => {
    for (const name of ['__proto__', 'toString', 'constructor']) {
      expect(completeParameters(blueprint, name, {})).toEqual(
        completeParameters(blueprint, 'dev', {}),
      );
    }
  });
});

describe('checkParameters', () => {
  it.each([
    ['dev', {}, []],
    ['dev', { minimum: 5 }, []],
    ['dev', { minimum: 21 }, ['parameters.minimum: Choose 1 to 20 nodes.']],
    ['dev', { minimum: 1.5 }, ['parameters.minimum: Choose 1 to 20 nodes.']],
    ['dev', { minimum: null }, ['parameters.minimum: Choose 1 to 20 nodes.']],
    [
      'dev',
      { classes: [] },
      ['parameters.classes: Choose one class at least.'],
    ],
    [
      'dev',
      { minimum: 6 },
      ['parameters.minimum: The least cannot be more than the most.'],
    ],
    [
      'prod',
      { maximum: 2 },
      ['parameters.minimum: The least cannot be more than the most.'],
    ],
    [
      'dev',
      { nodes: 3 },
      [
        'parameters.nodes: Shop platform 1.0.0 has no parameter "nodes". Leave it out.',
      ],
    ],
    [
      'huge',
      {},
      ['size: Shop platform has no size "huge". Choose one of dev, prod.'],
    ],
  ])('of size %s with %j', (size, values, expected) => {
    expect(
      checkParameters(blueprint, size, values).map(
        ({ path, message }) => `${path}: ${message}`,
      ),
    ).toEqual(expected);
  });

  it.each([
    '{{resolve:secretsmanager:shop/db:SecretString:password}}@example.com',
    '${AWS::AccountId}',
    '${Token[TOKEN.12]}',
    '%{ if true }',
    ['plain', '{{resolve:ssm:/key}}'],
  ])('refuses %j, which an engine would look up', value => {
    const { parameters, ...rest } = blueprint;
    const isList = Array.isArray(value);
    const open = {
      ...parameters.minimum,
      type: isList ? ('array' as const) : ('string' as const),
      minimum: undefined,
      maximum: undefined,
      default: isList ? [] : '',
    };
    const issues = (said: string | string[]) =>
      checkParameters({ ...rest, parameters: { ...parameters, open } }, 'dev', {
        open: said,
      });
    expect(issues(value)).toEqual([
      {
        path: 'parameters.open',
        message: expect.stringContaining('Leave "{{", "${" and "%{" out'),
      },
    ]);
    expect(issues(isList ? ['5 % {of} $'] : '5 % {of} $')).toEqual([]);
  });

  it('never throws and never changes what it is given', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(
          fc.constantFrom('minimum', 'maximum', 'classes', '__proto__', 'x'),
          fc.jsonValue(),
        ),
        (size, values) => {
          const before = JSON.stringify(values);
          checkParameters(
            blueprint,
            size,
            values as Parameters<typeof checkParameters>[2],
          );
          expect(JSON.stringify(values)).toBe(before);
        },
      ),
    );
  });
});

describe('checkBlueprint', () => {
  it('finds nothing in one that is well-formed', () => {
    expect(checkBlueprint(blueprint)).toEqual([]);
  });

  it.each<[Partial<Blueprint>, string]>([
    [{ id: 'Shop' }, 'its id "Shop" is not lower-case'],
    [{ version: 'new' }, 'its version "new" is not like 1.0.0'],
    [{ engines: [] }, 'it names no engine'],
    [{ defaultSize: 'mid' }, 'its default size "mid" is not among its sizes'],
    [
      { cidrPrefixLength: { minimum: 20, maximum: 16, default: 16 } },
      'are not in order within 16 to 28',
    ],
    [
      { rules: [{ left: 'minimum', right: 'classes', message: '' }] },
      'a rule names "classes", which is no numeric parameter',
    ],
    [
      {
        parameters: {
          ...blueprint.parameters,
          minimum: { ...blueprint.parameters.minimum, default: 0 },
        },
      },
      'parameter "minimum": its default does not fit its own schema',
    ],
    [
      {
        sizes: {
          ...blueprint.sizes,
          dev: { title: '', description: '', parameters: { minimum: 9 } },
        },
      },
      'size "dev", parameters.minimum: The least cannot be more than the most.',
    ],
  ])('finds what is wrong: %j', (change, problem) => {
    expect(checkBlueprint({ ...blueprint, ...change })).toEqual([
      expect.stringContaining(problem),
    ]);
  });
});
