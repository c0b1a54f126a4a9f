import { describeParameters } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeParameters(subject, {
  bases: [['prod', subject.everything]],
  others: {
    domainName: 'other.example.com',
    hostedZoneId: 'Z9999999999ABC',
    backupVault: 'Other',
    rotationFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:other',
  },
  refused: [
    [{ domainName: 'shop.example.com' }, 'needs the hosted zone'],
    [
      {
        backupCopyVaultArn:
          'arn:aws:backup:us-west-2:123456789012:backup-vault:Default',
      },
      'give backupVault too',
    ],
  ],
});
