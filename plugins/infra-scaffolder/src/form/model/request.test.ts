import { sampleBlueprint } from '../../testing';
import {
  checkLocally,
  mergeIssues,
  missingOf,
  saidOf,
  startRequest,
  withParameter,
} from './request';

const start = startRequest(sampleBlueprint, { name: 'shop-dev' });

it('keeps only parameters set by hand, so that the others follow the size', () => {
  const set = withParameter(start, 'nodeMinSize', 5);
  expect(set.parameters).toEqual({ nodeMinSize: 5 });
  expect(withParameter(set, 'nodeMinSize', undefined).parameters).toEqual({});
});

it('finds at once what the size makes wrong', () => {
  const set = withParameter(start, 'nodeMinSize', 5);
  expect(checkLocally(sampleBlueprint, { ...set, size: 'dev' })).toEqual([
    expect.objectContaining({ path: 'parameters.nodeMinSize' }),
  ]);
  expect(checkLocally(sampleBlueprint, { ...set, size: 'prod' })).toEqual([]);
});

it('finds malformed names and blocks, with what would do', () => {
  const issues = checkLocally(sampleBlueprint, {
    ...start,
    name: 'Shop Dev',
    cidr: '10.0.0.7/16',
  });
  expect(issues).toEqual([
    expect.objectContaining({ path: 'name', suggestion: 'shop-dev' }),
    expect.objectContaining({ path: 'cidr', suggestion: '10.0.0.0/16' }),
  ]);
});

it('says what is missing, and sends only what is said', () => {
  expect(missingOf(start).map(({ path }) => path)).toEqual([
    'owner',
    'system',
    'accountId',
    'region',
    'cidr',
  ]);
  expect(Object.keys(saidOf(start))).toEqual([
    'blueprint',
    'name',
    'size',
    'engine',
    'parameters',
  ]);
});

describe('mergeIssues', () => {
  const taken = { path: 'name', message: 'shop-dev is taken' };
  const overlap = { path: 'cidr', message: 'overlaps' };

  it('drops what the back end said of a value that has changed since', () => {
    const answered = { request: start, issues: [taken] };
    expect(mergeIssues(start, [], answered)).toEqual([taken]);
    expect(mergeIssues({ ...start, name: 'shop' }, [], answered)).toEqual([]);
  });

  it('drops what was said of a block in another region', () => {
    const answered = { request: start, issues: [overlap] };
    const moved = { ...start, region: 'us-west-2' };
    expect(mergeIssues(moved, [], answered)).toEqual([]);
  });

  it('prefers what the page finds by itself', () => {
    const own = { path: 'name', message: 'too short' };
    const answered = { request: start, issues: [taken] };
    expect(mergeIssues(start, [own], answered)).toEqual([own]);
  });
});
