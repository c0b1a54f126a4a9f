import fc from 'fast-check';
import { durationMs } from './duration';
import { type Resource, select, selectedCount } from './selection';

const resources: Resource[] = ['a', 'b', 'c'].flatMap(letter =>
  ['web', 'jobs'].map(role => ({
    arn: `arn:aws:ec2:us-east-1:111111111111:instance/i-${role}${letter}`,
    tags: { role },
    zones: [`us-east-1${letter}`],
    vpc: letter === 'c' ? 'vpc-2' : 'vpc-1',
    attributes: {
      State: { Name: letter === 'b' ? 'stopped' : 'running' },
      SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: `sg-${letter}` }],
    },
  })),
);

const all = { resourceType: 'aws:ec2:instance', selectionMode: 'ALL' };
const names = (target: Partial<Parameters<typeof select>[0]>, random = 0) =>
  select({ ...all, ...target }, resources, () => random).map(arn =>
    arn.slice(arn.indexOf('i-') + 2),
  );

it.each([
  [{ resourceTags: { role: 'web' } }, ['weba', 'webb', 'webc']],
  [{ resourceArns: [resources[1].arn] }, ['jobsa']],
  [{ resourceArns: ['arn:aws:ec2:us-east-1:1:instance/i-gone'] }, []],
  [
    { filters: [{ path: 'State.Name', values: ['stopped'] }] },
    ['jobsb', 'webb'],
  ],
  [
    {
      resourceTags: { role: 'jobs' },
      filters: [
        { path: 'SecurityGroups.GroupId', values: ['sg-c', 'sg-a'] },
        { path: 'State.Name', values: ['running'] },
      ],
    },
    ['jobsa', 'jobsc'],
  ],
  [{ parameters: { vpc: 'vpc-2' } }, ['jobsc', 'webc']],
  [
    { parameters: { availabilityZoneIdentifier: 'us-east-1b' } },
    ['jobsb', 'webb'],
  ],
])('%j selects %j', (target, expected) => {
  expect(names(target)).toEqual(expected);
});

it('a selection takes as many as its mode says, each once, all of them found', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 100 }),
      fc.constantFrom('ALL', 'COUNT', 'PERCENT'),
      fc.array(fc.double({ min: 0, max: 0.9999, noNaN: true }), {
        minLength: 1,
      }),
      (found, number, kind, draws) => {
        const many = Array.from({ length: found }, (_, index) => ({
          ...resources[0],
          arn: `arn-${index}`,
        }));
        const mode = kind === 'ALL' ? kind : `${kind}(${number})`;
        let draw = 0;
        const chosen = select(
          { ...all, selectionMode: mode },
          many,
          () => draws[draw++ % draws.length],
        );
        const expected = {
          ALL: found,
          COUNT: Math.min(found, number),
          PERCENT: Math.floor((found * number) / 100),
        }[kind];
        expect(chosen).toHaveLength(expected!);
        expect(selectedCount(mode, found)).toBe(expected);
        expect(new Set(chosen).size).toBe(chosen.length);
        const known = many.map(({ arn }) => arn);
        chosen.forEach(arn => expect(known).toContain(arn));
      },
    ),
  );
});

it('durations are those of ISO 8601', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 30 }),
      fc.nat({ max: 99 }),
      fc.nat({ max: 99 }),
      (hours, minutes, seconds) => {
        expect(durationMs(`PT${hours}H${minutes}M${seconds}S`)).toBe(
          ((hours * 60 + minutes) * 60 + seconds) * 1000,
        );
        expect(durationMs(`PT${minutes}M`)).toBe(minutes * 60_000);
      },
    ),
  );
  expect(durationMs('P1DT1H')).toBe(25 * 3_600_000);
  for (const text of ['', 'P', 'PT', '10M', 'PT10', 'PT1M1H', undefined]) {
    expect(durationMs(text)).toBeUndefined();
  }
});
