import path from 'node:path';
import { backendIsReady, portalOptions, startBackend } from '../portal';
import type { PartStatus } from '../types';
import type { PartDefinition } from './PartDefinition';

/** The portal's back end. */
export const backend: PartDefinition = {
  needs: () => [
    'postgres',
    'aws',
    'world',
    'alertmanager',
    'prometheus',
    'kubernetes',
  ],
  async start(sandbox) {
    const port = sandbox.ports.backend;
    const guarded = await startBackend({ ...portalOptions(sandbox), port });
    const status: PartStatus = {
      name: 'backend',
      pid: guarded.pid,
      port,
      url: `http://localhost:${port}`,
      state: 'starting',
      logFile: path.join(sandbox.logDir, 'backend.log'),
    };
    sandbox.add(status, guarded);
    await guarded.untilReady(() => backendIsReady(port), 240);
    sandbox.markReady(status);
  },
};
