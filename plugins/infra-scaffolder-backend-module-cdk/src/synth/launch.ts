import { type ChildProcess, fork } from 'node:child_process';

const ENTRY = '@slipway/plugin-infra-scaffolder-backend-module-cdk/worker';
const SOURCE_TRANSFORM = '@backstage/cli/config/nodeTransform.cjs';

/** Variables that the worker shares with the back end; no other one crosses, so that no secret does. */
const SHARED_VARIABLES = ['PATH', 'LANG', 'TZ', 'NODE_ENV', 'SystemRoot'];

/**
 * Starts the worker process. It runs from source where this package does (development, tests) and compiled otherwise.
 * It has neither the back end's environment nor a home folder with credentials in it.
 */
export function launchWorker(options: {
  heapMegabytes: number;
  /** Home and temporary folder of the worker; it deletes it when the back end is gone. */
  folder: string;
}): ChildProcess {
  const entry = require.resolve(ENTRY);
  const fromSource = entry.endsWith('.ts');
  return fork(entry, [options.folder], {
    cwd: options.folder,
    execArgv: [
      `--max-old-space-size=${options.heapMegabytes}`,
      ...(fromSource ? ['--require', require.resolve(SOURCE_TRANSFORM)] : []),
    ],
    env: {
      ...Object.fromEntries(
        SHARED_VARIABLES.flatMap(name => {
          const value = process.env[name];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
      HOME: options.folder,
      USERPROFILE: options.folder,
      TMPDIR: options.folder,
      TEMP: options.folder,
      AWS_EC2_METADATA_DISABLED: 'true',
      // CDK's own template rules take seconds and 200 MB a synth; blueprints are linted when they are built.
      CDK_VALIDATION: 'false',
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
