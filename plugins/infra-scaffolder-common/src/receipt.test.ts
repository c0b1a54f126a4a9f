import { receiptMarkdown, type DestroyReceipt } from './receipt';

const receipt: DestroyReceipt = {
  environmentId: 'e1',
  environmentName: 'shop-dev',
  account: '111122223333',
  region: 'eu-central-1',
  runId: 'r1',
  planId: '0123456789ab',
  requestedBy: 'portal:expiry',
  requestedAt: '2026-12-02T09:00:00Z',
  confirmedBy: 'user:default/ada',
  confirmedAt: '2026-11-25T09:00:00Z',
  destroyedAt: '2026-12-02T09:20:00Z',
  deleted: [
    {
      type: 'AWS::EC2::VPC',
      id: 'vpc-1|x',
      path: 'network/vpc',
      at: '2026-12-02T09:19:00Z',
    },
  ],
  kept: [],
  warnings: ['A final snapshot is kept.'],
  consent: {
    by: 'user:default/ada',
    at: '2026-11-25T09:00:00Z',
    words: 'shop-dev is destroyed.',
  },
};

describe('receiptMarkdown', () => {
  it('says who, what and when, and that nobody has looked for leftovers', () => {
    const text = receiptMarkdown(receipt);
    expect(text).toContain('| Asked for by | portal:expiry, 2026-12-02');
    expect(text).toContain('Nobody has looked for leftovers yet.');
    expect(text).not.toContain('Saved a month');
    expect(text).toContain('vpc-1\\|x');
    expect(text).toContain('- A final snapshot is kept.');
    expect(text).toContain('| Agreed to | “shop-dev is destroyed.”');
  });

  it('tells what is kept from what was left, and where nobody could look', () => {
    const text = receiptMarkdown({
      ...receipt,
      savedMonthlyUsd: '123.45',
      kept: [
        {
          type: 'AWS::KMS::Key',
          id: 'key-1',
          why: 'Pending deletion.',
          until: '2027-01-01',
        },
      ],
      scan: {
        at: '2026-12-02T09:21:00Z',
        regions: ['eu-central-1'],
        kept: [
          {
            type: 'KMS key',
            id: 'arn:aws:kms:eu-central-1:111122223333:key/key-2',
            why: 'AWS deletes it.',
          },
        ],
        orphans: [
          {
            arn: 'arn:aws:ec2:eu-central-1:111122223333:volume/vol-1',
            region: 'eu-central-1',
            service: 'ec2',
            howToRemove: 'Delete the volume.',
          },
        ],
        failed: [{ region: 'us-east-1', reason: 'Access denied.' }],
      },
    });
    expect(text).toContain('| Saved a month | 123.45 USD |');
    expect(text).toContain('Pending deletion. Until 2027-01-01.');
    expect(text).toContain('key/key-2 | AWS deletes it. |');
    expect(text).toContain(
      'volume/vol-1 | eu-central-1 | Delete the volume. |',
    );
    expect(text).toContain(
      '- us-east-1 could not be looked at: Access denied.',
    );
  });
});
