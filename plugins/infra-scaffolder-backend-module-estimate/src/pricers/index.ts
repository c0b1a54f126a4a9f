import type { Pricer } from '../engine/types';
import { auroraPricers } from './aurora';
import { backupPricers } from './backup';
import { cachePricers } from './cache';
import { clusterPricers } from './cluster';
import { computePricers } from './compute';
import { edgePricers } from './edge';
import { messagingPricers } from './messaging';
import { networkPricers } from './network';
import { observabilityPricers } from './observability';
import { postgresPricers } from './postgres';
import { securityPricers } from './security';
import { storagePricers } from './storage';

/** Who prices which type of resource. */
export const pricers: Record<string, Pricer> = {
  ...networkPricers,
  ...computePricers,
  ...clusterPricers,
  ...postgresPricers,
  ...auroraPricers,
  ...cachePricers,
  ...messagingPricers,
  ...edgePricers,
  ...storagePricers,
  ...observabilityPricers,
  ...securityPricers,
  ...backupPricers,
};
