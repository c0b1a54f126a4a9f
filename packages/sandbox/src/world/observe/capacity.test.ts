import { maxConnectionsOf, memoryGibOf, vcpusOf } from './capacity';

it.each([
  ['t3.medium', 2, 4],
  ['t3.large', 2, 8],
  ['m5.large', 2, 8],
  ['c5.2xlarge', 8, 16],
  ['db.t3.small', 2, 2],
  ['db.r5.large', 2, 16],
  ['db.r5.2xlarge', 8, 64],
  ['cache.r6g.xlarge', 4, 32],
  ['nonsense', 0, 0],
])('%s has %d vCPUs and %d GiB', (name, vcpus, gib) => {
  expect(vcpusOf(name)).toBe(vcpus);
  expect(memoryGibOf(name)).toBe(gib);
});

it('connections follow memory, up to a limit that half an ACU lowers', () => {
  expect(maxConnectionsOf('db.t3.small', null)).toBe(225);
  expect(maxConnectionsOf('db.r5.2xlarge', null)).toBe(5000);
  expect(maxConnectionsOf('db.serverless', { minimum: 0.5, maximum: 16 })).toBe(
    2000,
  );
  expect(maxConnectionsOf('db.serverless', { minimum: 1, maximum: 16 })).toBe(
    3604,
  );
});
