import fc from 'fast-check';
import type { StackEvent } from '../aws/types';
import { countDone, foldEvent, type ResourceStates } from './resourceStates';

const FACTS = {
  stackId: 'arn:stack',
  region: 'us-east-1',
  paths: { A: 'network/vpc' },
};

const at = (second: number) =>
  new Date(Date.UTC(2026, 10, 21, 10, 0, second)).toISOString();

const event = (
  second: number,
  logicalId: string,
  status: string,
  more: Partial<StackEvent> = {},
): StackEvent => ({
  id: `${logicalId}-${second}`,
  logicalId,
  type: 'AWS::EC2::VPC',
  status,
  at: at(second),
  ...more,
});

const fold = (events: StackEvent[]) =>
  events.reduce<ResourceStates>(
    (states, each) => foldEvent(states, each, FACTS).states,
    { resources: {} },
  );

describe('foldEvent', () => {
  it('follows a resource from its beginning to its end', () => {
    const begun = foldEvent(
      { resources: {} },
      event(1, 'A', 'CREATE_IN_PROGRESS'),
      FACTS,
    );
    expect(begun.resource).toEqual({
      logicalId: 'A',
      type: 'AWS::EC2::VPC',
      path: 'network/vpc',
      status: 'working',
      awsStatus: 'CREATE_IN_PROGRESS',
      startedAt: at(1),
      updatedAt: at(1),
    });
    const ended = foldEvent(
      begun.states,
      event(9, 'A', 'CREATE_COMPLETE', { physicalId: 'vpc-1' }),
      FACTS,
    );
    expect(ended.resource).toMatchObject({
      status: 'done',
      physicalId: 'vpc-1',
      startedAt: at(1),
      updatedAt: at(9),
      consoleUrl: expect.stringContaining('vpc-1'),
    });
    expect(countDone(ended.states, 'present')).toBe(1);
    expect(countDone(ended.states, 'gone')).toBe(0);
  });

  it('keeps the first failure that no other caused', () => {
    const states = fold([
      event(3, 'B', 'CREATE_FAILED', {
        reason: 'Resource creation cancelled',
      }),
      event(2, 'A', 'CREATE_FAILED', { reason: 'The CIDR is invalid' }),
      event(5, 'C', 'CREATE_FAILED', { reason: 'Another' }),
    ]);
    expect(states.firstFailure).toMatchObject({
      logicalId: 'A',
      reason: 'The CIDR is invalid',
    });
  });

  it('tells the stack itself from its resources', () => {
    const folded = foldEvent(
      { resources: {} },
      event(1, 'slipway-shop', 'CREATE_COMPLETE', {
        type: 'AWS::CloudFormation::Stack',
        physicalId: FACTS.stackId,
      }),
      FACTS,
    );
    expect(folded).toEqual({
      states: { resources: {}, stackStatus: 'CREATE_COMPLETE' },
    });
  });

  it('comes to the same picture in whatever order events show up', () => {
    const history = ['A', 'B', 'C'].flatMap((id, index) => [
      event(index, id, 'CREATE_IN_PROGRESS'),
      event(10 + index, id, 'CREATE_COMPLETE', { physicalId: `vpc-${id}` }),
      event(20 + index, id, 'DELETE_IN_PROGRESS', { physicalId: `vpc-${id}` }),
      event(30 + index, id, 'DELETE_FAILED', {
        physicalId: `vpc-${id}`,
        reason: 'in use',
      }),
    ]);
    const statuses = (states: ResourceStates) =>
      Object.entries(states.resources)
        .map(([id, each]) => [id, each.status, each.awsStatus, each.updatedAt])
        .sort();
    const expected = fold(history);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(history, { minLength: history.length }),
        shuffled => {
          const states = fold(shuffled);
          expect(statuses(states)).toEqual(statuses(expected));
          expect(states.firstFailure).toEqual(
            expect.objectContaining({ logicalId: 'A' }),
          );
        },
      ),
    );
  });
});
