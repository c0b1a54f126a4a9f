import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Assumption } from './engine/Assumptions';

/** Settings of the estimate, from `infraScaffolder.estimate`. */
export interface EstimateSettings {
  assumptions: Record<string, Assumption>;
  refresh?: { accountId: string; everyDays: number };
}

const DEFAULT_EVERY_DAYS = 7;

function isNumber(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text);
}

function withOverrides(
  defaults: Record<string, Assumption>,
  overrides: Config | undefined,
): Record<string, Assumption> {
  const all = { ...defaults };
  for (const key of overrides?.keys() ?? []) {
    const place = `infraScaffolder.estimate.assumptions.${key}`;
    if (!Object.hasOwn(defaults, key)) {
      throw new InputError(
        `${place} is not known. Known are ${Object.keys(defaults).join(', ')}.`,
      );
    }
    const value = String(overrides!.get(key));
    if (isNumber(defaults[key].value) !== isNumber(value)) {
      throw new InputError(
        `${place} is ${value}; give ${
          isNumber(defaults[key].value)
            ? 'a number that is not negative'
            : 'a name'
        } like ${defaults[key].value}.`,
      );
    }
    all[key] = { ...defaults[key], value };
  }
  return all;
}

/** @throws InputError that names the key. */
export function readSettings(
  config: Config,
  defaults: Record<string, Assumption>,
): EstimateSettings {
  const section = config.getOptionalConfig('infraScaffolder.estimate');
  const refresh = section?.getOptionalConfig('refresh');
  const everyDays =
    refresh?.getOptionalNumber('everyDays') ?? DEFAULT_EVERY_DAYS;
  if (!Number.isInteger(everyDays) || everyDays < 1) {
    throw new InputError(
      `infraScaffolder.estimate.refresh.everyDays is ${everyDays}; give a whole number of days, at least 1.`,
    );
  }
  return {
    assumptions: withOverrides(
      defaults,
      section?.getOptionalConfig('assumptions'),
    ),
    ...(refresh && {
      refresh: { accountId: refresh.getString('accountId'), everyDays },
    }),
  };
}
