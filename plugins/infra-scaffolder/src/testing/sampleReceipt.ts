import type { DestroyReceipt } from '@slipway/plugin-infra-scaffolder-common';
import { sampleChanges } from './samples';

/** Of an environment that ended by itself, of which something was left. */
export function sampleReceipt(
  part: Partial<DestroyReceipt> = {},
): DestroyReceipt {
  const volume = 'arn:aws:ec2:us-east-1:123456789012:volume/vol-0a1b2c3d4e';
  return {
    environmentId: 'e1',
    environmentName: 'shop-dev',
    account: '123456789012',
    region: 'us-east-1',
    runId: 'r1',
    planId: '7f3a1b2c4d5e',
    requestedBy: 'portal:expiry',
    requestedAt: '2026-11-27T10:00:12.000Z',
    confirmedBy: 'portal:expiry',
    confirmedAt: '2026-11-27T10:00:31.000Z',
    consent: {
      by: 'user:default/maya',
      at: '2026-11-20T10:00:00.000Z',
      words:
        'shop-dev is destroyed on 27 November 2026 at 10:00 UTC unless you extend it. The database is deleted; a final snapshot of it is kept.',
    },
    destroyedAt: '2026-11-27T10:12:00.000Z',
    deleted: sampleChanges('delete').map(
      ({ type, logicalId, path }, index) => ({
        type,
        id: `${logicalId.toLocaleLowerCase('en-US')}-0a1b2c`,
        path,
        at: new Date(
          Date.parse('2026-11-27T10:01:00.000Z') + index * 20_000,
        ).toISOString(),
      }),
    ),
    kept: [],
    warnings: [
      'AWS::RDS::DBInstance shop-dev is deleted; a final snapshot of it is kept.',
    ],
    scan: {
      at: '2026-11-27T10:12:21.000Z',
      regions: ['us-east-1'],
      orphans: [
        {
          arn: volume,
          region: 'us-east-1',
          service: 'ec2',
          howToRemove:
            'aws ec2 delete-volume --volume-id vol-0a1b2c3d4e --region us-east-1',
        },
      ],
      kept: [
        {
          type: 'Snapshot',
          id: 'arn:aws:rds:us-east-1:123456789012:snapshot:shop-dev-final',
          why: 'It has the last state of data, and costs storage until somebody deletes it.',
        },
        {
          type: 'KMS key',
          id: 'arn:aws:kms:us-east-1:123456789012:key/1a2b3c4d',
          why: 'AWS deletes it after a waiting period; until then it can be brought back.',
          until: '2026-12-27T10:05:00.000Z',
        },
      ],
      failed: [],
    },
    savedMonthlyUsd: '268.91',
    ...part,
  };
}
