import type { Subject } from '@slipway/blueprint-testing';
import { build } from '../cdk';
import { microservicesPlatform } from '../definition';

/** This blueprint, as the shared checks take it. */
export const subject: Subject = {
  blueprint: microservicesPlatform,
  build,
  production: 'prod',
  everything: {
    dbReadReplicas: 2,
    domainName: 'shop.example.com',
    hostedZoneId: 'Z0123456789ABC',
    alarmEmail: 'sre@example.com',
    apiPublicAccessCidrs: ['203.0.113.0/24'],
  },
};
