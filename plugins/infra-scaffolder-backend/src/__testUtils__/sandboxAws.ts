import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createServiceFactory,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import {
  awsAccessServiceRef,
  ConfiguredAwsAccess,
} from '@slipway/plugin-aws-node';
import { Sandbox } from '@slipway/sandbox';

const ACCOUNT = '123456789012';
const PYTHON = path.resolve(__dirname, '../../../../.tools/venv/bin/python');

/** Where tests with an AWS that answers run: where the sandbox is set up. */
export const describeWithAws = existsSync(PYTHON) ? describe : describe.skip;

export interface SandboxAws {
  access: ConfiguredAwsAccess;
  service: ServiceFactory;
  /** A control call of the sandbox, e.g. to start a fault or to let time pass for what AWS does by itself. */
  control(method: string, path: string, body: object): Promise<void>;
  stop(): Promise<void>;
}

/** An AWS of its own for a file of tests. */
export async function startSandboxAws(): Promise<SandboxAws> {
  const dir = mkdtempSync(path.join(tmpdir(), 'slipway-aws-'));
  const sandbox = Sandbox.create({
    parts: ['aws'],
    dir,
    ports: { aws: 0 },
    resourceSeconds: 0.05,
  });
  await sandbox.start();
  const access = ConfiguredAwsAccess.fromConfig(
    new ConfigReader({
      aws: {
        endpoint: sandbox.awsUrl!,
        accounts: [
          { accountId: ACCOUNT, accessKeyId: 'test', secretAccessKey: 'test' },
        ],
        targets: [
          { accountId: ACCOUNT, name: 'sandbox', regions: ['us-east-1'] },
        ],
      },
    }),
  );
  return {
    access,
    service: createServiceFactory({
      service: awsAccessServiceRef,
      deps: {},
      factory: () => access,
    }),
    async control(method, address, body) {
      const answer = await fetch(`${sandbox.awsUrl}/_slipway/${address}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) {
        throw new Error(await answer.text());
      }
    },
    async stop() {
      await sandbox.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
