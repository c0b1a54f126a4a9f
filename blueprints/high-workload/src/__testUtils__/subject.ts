import type { Subject } from '@slipway/blueprint-testing';
import { build } from '../cdk';
import { highWorkload } from '../definition';

/** This blueprint, as the shared checks take it. */
export const subject: Subject = {
  blueprint: highWorkload,
  build,
  production: 'prod',
  everything: {
    partnerStack: 'slipway-app-west',
    partnerRegion: 'us-west-2',
    domainName: 'app.example.com',
    hostedZoneId: 'Z0123456789ABC',
    alarmEmail: 'sre@example.com',
    apiPublicAccessCidrs: ['203.0.113.0/24'],
    rotationFunctionArn:
      'arn:aws:lambda:us-east-1:123456789012:function:rotate',
    backupVault: 'Default',
    backupCopyVaultArn:
      'arn:aws:backup:us-west-2:123456789012:backup-vault:Default',
  },
  required: {
    standby: { partnerStack: 'slipway-app-east', partnerRegion: 'eu-west-1' },
  },
};
