import { describeCfnLint } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeCfnLint(subject, {
  more: [
    [
      'prod',
      {
        dbEngineVersion: '17.11',
        dbInstanceClass: 'db.m6i.large',
        nodeCapacityType: 'SPOT',
      },
    ],
  ],
  spoil: template => {
    template.Resources.DatabaseInstance.Properties.DBInstanceClass =
      'db.t3.tiny';
    return 'db.t3.tiny';
  },
});
