import path from 'node:path';
import { GuardedProcess } from '../processes/GuardedProcess';
import { ROOT_DIR } from '../rootDir';
import {
  awsEnvironment,
  portalEnvironment,
  withoutForeignSettings,
} from './environment';
import type { PartContext } from './parts/PartDefinition';

/**
 * How Node runs a back end, here and in packages/backend/Dockerfile: V8's young generation does not grow with the memory
 * of the machine, which saves some 60 MB while runs go on (docs/measures.md).
 */
export const BACKEND_NODE_FLAGS = [
  '--enable-source-maps',
  '--max-semi-space-size=8',
];

/** Options of {@link startBackend} and {@link startApp}. */
interface PortalPartOptions {
  rootDir: string;
  logDir: string;
  port: number;
  env: NodeJS.ProcessEnv;
  /** Restart the back end when its sources change. */
  watch: boolean;
}

/** How back end and app are started alike. */
export function portalOptions(
  sandbox: PartContext,
): Omit<PortalPartOptions, 'port'> {
  return {
    rootDir: ROOT_DIR,
    logDir: sandbox.logDir,
    watch: sandbox.options.watch ?? false,
    env: {
      ...withoutForeignSettings(process.env),
      ...awsEnvironment(`http://127.0.0.1:${sandbox.ports.aws}`),
      ...portalEnvironment(sandbox.ports),
      ...sandbox.environment(),
    },
  };
}

async function answersOk(url: string): Promise<boolean> {
  try {
    // Longer than a first compilation: the dev server keeps a request until it has something to answer with.
    const answer = await fetch(url, { signal: AbortSignal.timeout(120_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

function cli(rootDir: string): string {
  return path.join(rootDir, 'node_modules/@backstage/cli/bin/backstage-cli');
}

/** Starts the back end from source; it is up to the caller to wait until it is ready. */
export async function startBackend(
  options: PortalPartOptions,
): Promise<GuardedProcess> {
  const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');
  return GuardedProcess.start({
    name: 'The back end',
    command: process.execPath,
    args: options.watch
      ? [cli(options.rootDir), 'package', 'start']
      : [...BACKEND_NODE_FLAGS, '--require', transform, 'src/index'],
    cwd: path.join(options.rootDir, 'packages/backend'),
    env: { ...options.env, NODE_ENV: 'development' },
    logFile: path.join(options.logDir, 'backend.log'),
    graceSeconds: 15,
  });
}

/** Whether the back end says of itself that it is ready. */
export function backendIsReady(port: number): Promise<boolean> {
  return answersOk(`http://127.0.0.1:${port}/.backstage/health/v1/readiness`);
}

/** Starts the front end's development server. */
export async function startApp(
  options: PortalPartOptions,
): Promise<GuardedProcess> {
  return GuardedProcess.start({
    name: 'The front end',
    command: process.execPath,
    args: [cli(options.rootDir), 'package', 'start'],
    cwd: path.join(options.rootDir, 'packages/app'),
    env: { ...options.env, NODE_ENV: 'development', BROWSER: 'none' },
    logFile: path.join(options.logDir, 'app.log'),
    graceSeconds: 5,
  });
}

/** Whether the front end is compiled and served. */
export function appIsReady(port: number): Promise<boolean> {
  return answersOk(`http://localhost:${port}/`);
}
