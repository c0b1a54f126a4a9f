import { describeError } from './describeError';

const response = (name: string, more: object = {}) =>
  Object.assign(new Error(`Request failed with 4xx`), {
    name: 'ResponseError',
    body: { error: { name, message: 'shop-dev is frozen', ...more } },
  });

it.each([
  ['NotFoundError', 'missing'],
  ['NotAllowedError', 'denied'],
  ['ConflictError', 'conflict'],
  ['InputError', 'input'],
  ['SomethingElse', 'failed'],
])('tells %s as %s in the back end’s words', (name, kind) => {
  expect(describeError(response(name))).toMatchObject({
    kind,
    message: 'shop-dev is frozen',
  });
});

it('carries issues, and drops what is none', () => {
  const error = response('InputError', {
    issues: [
      { path: 'cidr', message: 'overlaps', suggestion: '10.1.0.0/16' },
      { path: 'name' },
      'rubbish',
    ],
  });
  expect(describeError(error).issues).toEqual([
    { path: 'cidr', message: 'overlaps', suggestion: '10.1.0.0/16' },
  ]);
});

it('takes the back end’s advice, and says when nothing answers', () => {
  expect(
    describeError(response('ConflictError', { mend: 'Lift the freeze.' })).mend,
  ).toBe('Lift the freeze.');
  expect(describeError(new TypeError('Failed to fetch'))).toMatchObject({
    kind: 'offline',
    message: 'The portal’s back end does not answer.',
  });
  expect(describeError('odd').message).toBe('odd');
});
