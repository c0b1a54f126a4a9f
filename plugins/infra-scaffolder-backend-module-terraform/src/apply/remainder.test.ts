import type { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import type { PlanDocument } from '../describe/planDocument';
import { beyondConfirmed } from './remainder';

type Action = 'create' | 'update' | 'delete' | 'replace';

const ACTIONS: Record<Action, string[]> = {
  create: ['create'],
  update: ['update'],
  delete: ['delete'],
  replace: ['delete', 'create'],
};

interface Planned {
  name: string;
  action: Action;
  after: JsonObject;
  unknown?: JsonObject;
}

const documentOf = (changes: Planned[]): PlanDocument => ({
  resource_changes: changes.map(({ name, action, after, unknown }) => ({
    address: `aws_sqs_queue.${name}`,
    mode: 'managed',
    type: 'aws_sqs_queue',
    name,
    change: {
      actions: ACTIONS[action],
      before: action === 'create' ? null : {},
      after: action === 'delete' ? null : after,
      after_unknown: unknown ?? {},
    },
  })),
});

const plans = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,3}$/),
    action: fc.constantFrom<Action>('create', 'update', 'delete', 'replace'),
    after: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
    ) as fc.Arbitrary<JsonObject>,
  }),
  { selector: ({ name }) => name },
);

describe('beyondConfirmed', () => {
  it('finds nothing in any part of the plan that was confirmed', () => {
    fc.assert(
      fc.property(plans, fc.infiniteStream(fc.boolean()), (plan, coins) => {
        const rest = plan.filter(() => coins.next().value);
        expect(beyondConfirmed(documentOf(plan), documentOf(rest))).toEqual([]);
      }),
    );
  });

  it('finds every change to what was not to be changed', () => {
    fc.assert(
      fc.property(
        plans,
        fc.constantFrom<Action>('create', 'update', 'delete', 'replace'),
        (plan, action) => {
          const more = { name: 'another', action, after: {} };
          expect(
            beyondConfirmed(documentOf(plan), documentOf([...plan, more])),
          ).toEqual(['another']);
        },
      ),
    );
  });

  it.each<[Action, Action, boolean]>([
    ['create', 'create', true],
    ['create', 'update', true],
    ['create', 'replace', true],
    ['create', 'delete', false],
    ['update', 'update', true],
    ['update', 'replace', false],
    ['update', 'delete', false],
    ['replace', 'create', true],
    ['replace', 'delete', true],
    ['delete', 'delete', true],
    ['delete', 'create', false],
  ])('of a confirmed %s, a %s is part: %s', (was, is, isPart) => {
    const one = (action: Action) =>
      documentOf([{ name: 'q', action, after: { delay: 1 } }]);
    expect(beyondConfirmed(one(was), one(is))).toEqual(isPart ? [] : ['q']);
  });

  const create = (after: JsonObject, unknown?: JsonObject) =>
    documentOf([{ name: 'q', action: 'create', after, unknown }]);

  it.each<[string, JsonObject, JsonObject]>([
    ['another value', { delay: 1 }, { delay: 2 }],
    ['a policy in place of none', { policy: null }, { policy: 'p' }],
    ['a policy that is not named', {}, { policy: 'p' }],
    ['an entry in an empty list', { list: [] }, { list: ['a'] }],
    ['an entry more', { list: ['a'] }, { list: ['a', 'b'] }],
    ['an entry less', { list: ['a'] }, { list: [] }],
    ['a tag more', { tags: { a: '1' } }, { tags: { a: '1', b: '2' } }],
    ['a switch', { open: null }, { open: true }],
    ['a value gone', { delay: 1 }, { delay: null }],
  ])('of what was known, does not allow %s', (_, was, is) => {
    expect(beyondConfirmed(create(was), create(is))).toEqual(['q']);
  });

  it('does not tell what is not set from what is empty', () => {
    const confirmed = create({ list: null, open: null, name: '' });
    const now = create({ list: [], open: false });
    expect(beyondConfirmed(confirmed, now)).toEqual([]);
  });

  it('allows anything where the apply was to tell, and only there', () => {
    const confirmed = create(
      { delay: 1, rules: [{ port: 80 }, { port: 81 }], name: null },
      { arn: true, list: true, rules: [{ group: true }, {}] },
    );
    const now = (first: JsonObject, second: JsonObject) =>
      create({
        delay: 1,
        arn: 'arn:q',
        list: ['a', 'b'],
        rules: [
          { port: 80, ...first },
          { port: 81, ...second },
        ],
        name: null,
      });
    expect(beyondConfirmed(confirmed, now({ group: 'sg-1' }, {}))).toEqual([]);
    expect(beyondConfirmed(confirmed, now({}, { group: 'sg-1' }))).toEqual([
      'q',
    ]);
    expect(
      beyondConfirmed(confirmed, now({ group: 'sg-1', cidr: '0.0.0.0/0' }, {})),
    ).toEqual(['q']);
  });
});
