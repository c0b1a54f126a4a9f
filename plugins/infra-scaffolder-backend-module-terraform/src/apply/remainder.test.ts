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
}

const documentOf = (changes: Planned[]): PlanDocument => ({
  resource_changes: changes.map(({ name, action, after }) => ({
    address: `aws_sqs_queue.${name}`,
    mode: 'managed',
    type: 'aws_sqs_queue',
    name,
    change: {
      actions: ACTIONS[action],
      before: action === 'create' ? null : {},
      after: action === 'delete' ? null : after,
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

  it('allows values that only became known, and no others', () => {
    const create = (after: JsonObject) =>
      documentOf([{ name: 'q', action: 'create', after }]);
    const confirmed = create({ delay: 1, policy: null, list: [] });
    expect(
      beyondConfirmed(
        confirmed,
        create({ delay: 1, policy: 'p', list: ['a'] }),
      ),
    ).toEqual([]);
    expect(beyondConfirmed(confirmed, create({ delay: 2 }))).toEqual(['q']);
  });
});
