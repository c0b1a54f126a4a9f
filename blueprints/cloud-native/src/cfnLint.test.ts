import { describeCfnLint } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeCfnLint(subject, {
  more: [
    [
      'standby',
      { domainName: 'shop.example.com', hostedZoneId: 'Z0123456789ABC' },
    ],
  ],
  spoil: template => {
    template.Resources.DatabaseInstance1.Properties.DBInstanceClass =
      'db.t3.tiny';
    return 'db.t3.tiny';
  },
});
