import path from 'node:path';
import { findProgram, HOW_TO_GET_PROMETHEUS } from '../../prometheus/binaries';
import { startAlertmanager } from '../../prometheus/PrometheusServer';
import { leaveOut } from './leaveOut';
import type { PartDefinition } from './PartDefinition';

/** Alertmanager, which keeps alerts and sends them nowhere. */
export const alertmanager: PartDefinition = {
  needs: () => [],
  async start(sandbox) {
    const program = findProgram('alertmanager');
    if (!program) {
      leaveOut(sandbox, 'alertmanager', HOW_TO_GET_PROMETHEUS);
      return;
    }
    const port = sandbox.ports.alertmanager;
    const url = `http://127.0.0.1:${port}`;
    const server = await startAlertmanager({
      program,
      stateDir: sandbox.dir,
      logDir: sandbox.logDir,
      port,
    });
    sandbox.provide({ ALERTMANAGER_URL: url });
    sandbox.add(
      {
        name: 'alertmanager',
        pid: server.pid,
        port,
        url,
        state: 'running',
        logFile: path.join(sandbox.logDir, 'alertmanager.log'),
      },
      server,
    );
  },
};
