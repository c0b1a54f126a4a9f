import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Settings of the Terraform engine, from `infraScaffolder.terraform`. */
export interface TerraformSettings {
  /** Undefined: searched for. */
  binary?: string;
  /** Undefined: searched for. */
  providerMirror?: string;
  pluginCache: string;
  /** Parent of the folders that Terraform works in. */
  workingDirectory: string;
  atOnce: number;
  /** With `{accountId}` and `{region}` to be filled in. */
  stateBucket: string;
  kmsKeyId?: string;
  lockTable?: string;
  endSeconds: number;
}

/** @throws InputError that names the key. */
export function readSettings(config: Config): TerraformSettings {
  const terraform = config.getOptionalConfig('infraScaffolder.terraform');
  const atLeast = (key: string, minimum: number, otherwise: number) => {
    const value = terraform?.getOptionalNumber(key) ?? otherwise;
    if (value < minimum) {
      throw new InputError(
        `infraScaffolder.terraform.${key} is ${value}; give at least ${minimum}.`,
      );
    }
    return value;
  };
  const workingDirectory = path.resolve(
    terraform?.getOptionalString('workingDirectory') ??
      path.join(tmpdir(), 'slipway-terraform'),
  );
  return {
    binary: terraform?.getOptionalString('binary'),
    providerMirror: terraform?.getOptionalString('providerMirror'),
    pluginCache:
      terraform?.getOptionalString('pluginCache') ??
      path.join(workingDirectory, 'slipway-terraform-providers'),
    workingDirectory,
    atOnce: atLeast('atOnce', 1, 2),
    stateBucket:
      terraform?.getOptionalString('stateBucket') ??
      'slipway-terraform-{accountId}-{region}',
    kmsKeyId: terraform?.getOptionalString('kmsKeyId'),
    lockTable: terraform?.getOptionalString('lockTable'),
    endSeconds: atLeast('endSeconds', 1, 600),
  };
}
