import { EMPTY_ON_DESTROY_TAG } from '@slipway/plugin-infra-scaffolder-common';
import { bucketsToDelete } from './buckets';
import type { Template } from './template';

const MARKED = [{ Key: EMPTY_ON_DESTROY_TAG, Value: 'true' }];

function template(more: object): Template {
  return {
    Resources: {
      Logs: {
        Type: 'AWS::S3::Bucket',
        Properties: { Tags: MARKED },
        ...more,
      },
    },
  };
}

const found = (status: string, more: object = {}) =>
  bucketsToDelete(
    [
      {
        logicalId: 'Logs',
        physicalId: 'company-logs',
        type: 'AWS::S3::Bucket',
        status,
        updatedAt: '2026-11-25T04:00:00.000Z',
      },
    ],
    template(more),
  );

it.each([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE',
  'DELETE_FAILED',
])('a marked bucket that is %s may be emptied', status => {
  expect(found(status)).toEqual([
    { logicalId: 'Logs', name: 'company-logs', mayBeEmptied: true },
  ]);
});

it.each(['CREATE_FAILED', 'CREATE_IN_PROGRESS', 'DELETE_COMPLETE'])(
  "a bucket that is %s is not the stack's to empty: another one may have its name",
  status => {
    expect(found(status)).toEqual([]);
  },
);

it.each(['Retain', 'RetainExceptOnCreate'])(
  'a bucket that outlives its stack by the policy %s keeps what it holds',
  DeletionPolicy => {
    expect(found('CREATE_COMPLETE', { DeletionPolicy })).toEqual([]);
  },
);

it.each([
  ['no tags', undefined],
  ['another value', [{ Key: EMPTY_ON_DESTROY_TAG, Value: 'false' }]],
  [
    'a value that only AWS knows',
    [{ Key: EMPTY_ON_DESTROY_TAG, Value: { Ref: 'P' } }],
  ],
  ['tags that are no list', { Key: EMPTY_ON_DESTROY_TAG, Value: 'true' }],
])('a bucket with %s is not emptied', (_, Tags) => {
  const [bucket] = found('CREATE_COMPLETE', { Properties: { Tags } });
  expect(bucket.mayBeEmptied).toBe(false);
});
