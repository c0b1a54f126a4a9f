import path from 'node:path';
import { PostgresServer } from '../../postgres/PostgresServer';
import { postgresEnvironment } from '../environment';
import type { PartDefinition } from './PartDefinition';

/** PostgreSQL, its data in the sandbox's folder. */
export const postgres: PartDefinition = {
  needs: () => [],
  async start(sandbox) {
    const server = await PostgresServer.start({
      stateDir: sandbox.dir,
      logDir: sandbox.logDir,
      port: sandbox.ports.postgres,
      durable: sandbox.options.durable ?? true,
    });
    sandbox.services.postgres = server;
    sandbox.provide(postgresEnvironment(server.connection));
    sandbox.add(
      {
        name: 'postgres',
        pid: server.pid,
        port: server.connection.port,
        state: 'running',
        logFile: path.join(sandbox.logDir, 'postgres.log'),
      },
      server,
    );
  },
};
