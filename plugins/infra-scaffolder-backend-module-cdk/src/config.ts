import { tmpdir } from 'node:os';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Settings of the CDK engine, from `infraScaffolder.cdk`. */
export interface CdkEngineSettings {
  worker: {
    prewarm: boolean;
    heapMegabytes: number;
    synthTimeoutSeconds: number;
    /** Parent of the folders that requests work in. */
    workingDirectory: string;
  };
  watch: WatchSettings;
}

export interface WatchSettings {
  pollIntervalMilliseconds: number;
  /** How long a run keeps asking while AWS gives no answer. */
  unreachableSeconds: number;
}

/** @throws InputError that names the key. */
export function readSettings(config: Config): CdkEngineSettings {
  const cdk = config.getOptionalConfig('infraScaffolder.cdk');
  const atLeast = (key: string, minimum: number, otherwise: number) => {
    const value = cdk?.getOptionalNumber(key) ?? otherwise;
    if (value < minimum) {
      throw new InputError(
        `infraScaffolder.cdk.${key} is ${value}; give at least ${minimum}.`,
      );
    }
    return value;
  };
  return {
    worker: {
      prewarm: cdk?.getOptionalBoolean('prewarm') ?? true,
      heapMegabytes: atLeast('heapMegabytes', 256, 1024),
      synthTimeoutSeconds: atLeast('synthTimeoutSeconds', 1, 120),
      workingDirectory: cdk?.getOptionalString('workingDirectory') ?? tmpdir(),
    },
    watch: {
      pollIntervalMilliseconds: atLeast('pollIntervalMilliseconds', 100, 1000),
      unreachableSeconds: atLeast('unreachableSeconds', 0, 900),
    },
  };
}
