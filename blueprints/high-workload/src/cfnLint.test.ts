import { describeCfnLint } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeCfnLint(subject, {
  spoil: template => {
    template.Resources.DatabaseInstance.Properties.DBInstanceClass =
      'db.t3.tiny';
    return 'db.t3.tiny';
  },
});
