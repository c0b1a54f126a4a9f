import type { Subject } from '@slipway/blueprint-testing';
import { build } from '../cdk';
import { enterprisePlatform } from '../definition';

/** This blueprint, as the shared checks take it. */
export const subject: Subject = {
  blueprint: enterprisePlatform,
  build,
  production: 'prod',
  everything: {
    domainName: 'shop.example.com',
    hostedZoneId: 'Z0123456789ABC',
    alarmEmail: 'sre@example.com',
    apiPublicAccessCidrs: ['203.0.113.0/24'],
    onlyCloudflare: true,
    accessAnalyzer: true,
    backupVault: 'Default',
    backupCopyVaultArn:
      'arn:aws:backup:us-west-2:123456789012:backup-vault:Default',
  },
};
