import path from 'node:path';
import { AppServer } from '../AppServer';
import { appIsReady, portalOptions, startApp } from '../portal';
import type { PartStatus } from '../types';
import type { PartContext, PartDefinition } from './PartDefinition';

/** The portal's pages, as built or as written at the moment. */
export const app: PartDefinition = {
  // The compilation takes longest and needs none of the others.
  needs: options => (options.watch ? [] : ['backend']),
  start: sandbox => (sandbox.options.watch ? watch(sandbox) : serve(sandbox)),
};

async function serve(sandbox: PartContext): Promise<void> {
  const { app: port, backend: backendPort } = sandbox.ports;
  const server = await AppServer.start({ port, backendPort });
  if (!(await appIsReady(port))) {
    await server.stop();
    throw new Error(
      'The back end serves no pages: packages/app is not built. script/setup builds it.',
    );
  }
  sandbox.add(
    {
      name: 'app',
      pid: process.pid,
      port,
      url: `http://localhost:${port}`,
      state: 'running',
    },
    server,
  );
}

async function watch(sandbox: PartContext): Promise<void> {
  const port = sandbox.ports.app;
  const guarded = await startApp({ ...portalOptions(sandbox), port });
  const status: PartStatus = {
    name: 'app',
    pid: guarded.pid,
    port,
    url: `http://localhost:${port}`,
    state: 'starting',
    logFile: path.join(sandbox.logDir, 'app.log'),
  };
  sandbox.add(status, guarded);
  await guarded.untilReady(() => appIsReady(port), 240);
  sandbox.markReady(status);
}
