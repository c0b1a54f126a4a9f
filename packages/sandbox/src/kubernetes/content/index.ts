import { cloudNative } from './cloudNative';
import { enterprisePlatform } from './enterprisePlatform';
import { highWorkload } from './highWorkload';
import { microservicesPlatform } from './microservicesPlatform';
import { recordsService } from './recordsService';
import type { SystemContent } from './types';

/** The five systems of the documents. */
export const SYSTEMS: readonly SystemContent[] = [
  highWorkload,
  cloudNative,
  recordsService,
  enterprisePlatform,
  microservicesPlatform,
];
