import { describeParameters } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeParameters(subject, {
  bases: [
    ['prod', subject.everything],
    ['prod', { ...subject.everything, routing: 'weighted' }],
    ['prod', { ...subject.everything, routing: 'geolocation' }],
    ['standby', {}],
    ['prod', {}],
  ],
  others: {
    role: 'single',
    globalCache: 'ldgnf-other',
    partnerStack: 'slipway-other',
    partnerRegion: 'eu-west-1',
    domainName: 'other.example.com',
    hostedZoneId: 'Z9999999999ABC',
    rotationFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:other',
    backupVault: 'Other',
  },
  refused: [
    [{ domainName: 'shop.example.com' }, 'needs the hosted zone'],
    [{ role: 'standby' }, 'give partnerStack'],
    [{ globalCache: 'ldgnf-shop' }, 'Only a standby follows'],
    [{ role: 'single', partnerRegion: 'us-west-2' }, 'has no other'],
    [{ partnerRegion: 'us-east-1' }, 'is this one'],
    [{ partnerStack: 'slipway-shop-west' }, 'needs its region'],
    [
      {
        backupCopyVaultArn:
          'arn:aws:backup:us-west-2:123456789012:backup-vault:Default',
      },
      'give backupVault too',
    ],
  ],
});
