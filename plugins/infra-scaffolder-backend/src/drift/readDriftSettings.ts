import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { DriftSettings } from './DriftChecker';

/** Settings of the checks. `isScheduled`: they are made on schedule, not on demand alone. @throws InputError that names the key. */
export function readDriftSettings(
  config: Config,
): DriftSettings & { isScheduled: boolean } {
  const drift = config.getOptionalConfig('infraScaffolder.drift');
  const atLeast = (key: string, minimum: number, otherwise: number) => {
    const value = drift?.getOptionalNumber(key) ?? otherwise;
    if (value < minimum) {
      throw new InputError(
        `infraScaffolder.drift.${key} is ${value}; give at least ${minimum}.`,
      );
    }
    return value;
  };
  return {
    isScheduled: drift?.getOptionalBoolean('enabled') ?? true,
    intervalMinutes: atLeast('intervalMinutes', 1, 360),
    concurrency: Math.floor(atLeast('concurrency', 1, 2)),
    timeoutMinutes: atLeast('timeoutMinutes', 0.1, 30),
  };
}
