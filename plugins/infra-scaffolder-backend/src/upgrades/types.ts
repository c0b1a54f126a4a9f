import type { UpgradeApi } from '@slipway/plugin-infra-scaffolder-common';
import type { As } from '../services/types';

/** Upgrades for people and plugins; what a method does stands at {@link UpgradeApi}. */
export type UpgradeService = {
  [Method in keyof UpgradeApi]: (
    ...args: [...Parameters<UpgradeApi[Method]>, As]
  ) => ReturnType<UpgradeApi[Method]>;
};
