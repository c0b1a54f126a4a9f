import type {
  Environment,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run, RunEvent } from '@slipway/plugin-runs-common';
import { receiptOf } from './receiptOf';

const environment = {
  id: 'e1',
  name: 'gone',
  accountId: '123456789012',
  region: 'us-east-1',
} as Environment;

const step = (id: string, endedAt: string, output: object = {}) => ({
  id,
  endedAt,
  output,
});
const run = {
  id: 'r1',
  createdBy: 'user:default/maya',
  createdAt: '2026-11-25T09:00:00.000Z',
  steps: [
    step('confirm', '2026-11-25T09:01:00.000Z', {
      confirmedBy: 'user:default/sam',
    }),
    step('approve', '2026-11-25T09:02:00.000Z', {
      approvedBy: 'user:default/ada',
    }),
    step('apply', '2026-11-25T09:09:00.000Z'),
  ],
} as unknown as Run;

const change = (logicalId: string, action: 'delete' | 'unchanged') => ({
  logicalId,
  action,
  type: 'AWS::S3::Bucket',
  path: logicalId.toLowerCase(),
  physicalId: `physical-${logicalId}`,
  attributes: [],
});
const plan = {
  id: 'abc',
  createdAt: '2026-11-25T09:00:30.000Z',
  changes: [
    change('Later', 'delete'),
    change('Untold', 'delete'),
    change('Sooner', 'delete'),
    change('Stays', 'unchanged'),
  ],
  warnings: ['A bucket stays.'],
  estimate: { monthlyBeforeUsd: '268.91', monthlyUsd: '0' },
} as unknown as Plan;

const told = (logicalId: string, status: string, at: string) =>
  ({
    code: 'infra.resource',
    at,
    data: { logicalId, status },
  } as unknown as RunEvent);

describe('receiptOf', () => {
  it('takes who from the steps, when from the events, and what from the plan', () => {
    const receipt = receiptOf(environment, run, plan, [
      told('Sooner', 'working', '2026-11-25T09:03:00.000Z'),
      told('Sooner', 'deleted', '2026-11-25T09:04:00.000Z'),
      told('Later', 'deleted', '2026-11-25T09:05:00.000Z'),
    ]);
    expect(receipt).toMatchObject({
      requestedBy: 'user:default/maya',
      confirmedBy: 'user:default/sam',
      confirmedAt: '2026-11-25T09:01:00.000Z',
      approvedBy: 'user:default/ada',
      destroyedAt: '2026-11-25T09:09:00.000Z',
      savedMonthlyUsd: '268.91',
      warnings: ['A bucket stays.'],
    });
    expect(receipt.deleted.map(({ id, at }) => [id, at])).toEqual([
      ['physical-Sooner', '2026-11-25T09:04:00.000Z'],
      ['physical-Later', '2026-11-25T09:05:00.000Z'],
      ['physical-Untold', '2026-11-25T09:09:00.000Z'],
    ]);
    expect(receipt.kept.map(({ id }) => id)).toEqual(['physical-Stays']);
  });
});
