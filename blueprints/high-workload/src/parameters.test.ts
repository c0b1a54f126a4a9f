import { describeParameters } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeParameters(subject, {
  bases: [
    ['prod', subject.everything],
    ['prod', { ...subject.everything, routing: 'weighted' }],
    ['prod', { ...subject.everything, routing: 'geolocation' }],
    ['standby', {}],
    // A primary that knows no other differs from a single region by its record only.
    ['prod', { domainName: 'app.example.com', hostedZoneId: 'Z0123456789ABC' }],
  ],
  others: {
    role: 'single',
    partnerStack: 'slipway-other',
    partnerRegion: 'eu-central-1',
    domainName: 'other.example.com',
    hostedZoneId: 'Z9999999999ABC',
    rotationFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:other',
    backupVault: 'Other',
  },
  refused: [
    [{ role: 'standby' }, 'give partnerStack'],
    [
      { role: 'standby', partnerStack: 'slipway-app-east' },
      'give partnerRegion',
    ],
    [{ domainName: 'shop.example.com' }, 'needs the hosted zone'],
  ],
});
