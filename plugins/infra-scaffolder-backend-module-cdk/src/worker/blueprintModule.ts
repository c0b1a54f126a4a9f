import { createRequire } from 'node:module';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import type { App } from 'aws-cdk-lib';
import { WorkerError } from './WorkerError';

/**
 * What the module of a blueprint exports for the CDK engine: `build` adds exactly one stack, named
 * `input.stackName`, to the app. It must not look anything up in AWS.
 *
 * @public
 */
export interface CdkBlueprintModule {
  build(app: App, input: BlueprintInput): unknown;
}

const requireHere = createRequire(__filename);

/** @throws WorkerError `cdk.blueprint-unloadable` */
export function loadBlueprintModule(specifier: string): CdkBlueprintModule {
  let loaded: Partial<CdkBlueprintModule>;
  try {
    loaded = requireHere(specifier);
  } catch (error) {
    throw new WorkerError(
      'cdk.blueprint-unloadable',
      `The module ${specifier} cannot be loaded: ${messageOf(error)}`,
    );
  }
  if (typeof loaded.build !== 'function') {
    throw new WorkerError(
      'cdk.blueprint-unloadable',
      `The module ${specifier} exports no function named build`,
    );
  }
  return loaded as CdkBlueprintModule;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}
