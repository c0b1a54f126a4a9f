import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ConfiguredAwsAccess } from '@slipway/plugin-aws-node';
import { Sandbox } from '@slipway/sandbox';
import { ACCOUNT } from './fixtures';

const PYTHON = path.resolve(__dirname, '../../../../.tools/venv/bin/python');

const hasTerraform = (process.env.PATH ?? '')
  .split(path.delimiter)
  .some(folder =>
    ['terraform', 'tofu'].some(name => existsSync(path.join(folder, name))),
  );

/** Why there is nothing to test with; undefined where there is. */
function whyNot(): string | undefined {
  if (!existsSync(PYTHON)) {
    return 'the AWS emulator is not installed: run script/setup';
  }
  return hasTerraform ? undefined : 'neither terraform nor tofu is on the PATH';
}

const missing = whyNot();

/** For tests that need Terraform and an AWS of their own. */
export const describeWithTerraform = missing ? describe.skip : describe;

/** Belongs to their titles. */
export const whySkipped = missing ? ` (skipped: ${missing})` : '';

export interface TestAws {
  url: string;
  aws: ConfiguredAwsAccess;
  stop(): Promise<void>;
}

/** An AWS of the test's own: emulator and gateway, with nothing in it. */
export async function startAws(resourceSeconds = 0.1): Promise<TestAws> {
  const dir = mkdtempSync(path.join(tmpdir(), 'slipway-terraform-test-'));
  const sandbox = Sandbox.create({
    parts: ['aws'],
    dir,
    ports: { aws: 0 },
    resourceSeconds,
  });
  await sandbox.start();
  const url = sandbox.awsUrl!;
  const aws = accessTo(url);
  return {
    url,
    aws,
    async stop() {
      await sandbox.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export function accessTo(
  endpoint: string,
  secretAccessKey = 'test',
): ConfiguredAwsAccess {
  return ConfiguredAwsAccess.fromConfig(
    new ConfigReader({
      aws: {
        endpoint,
        accounts: [
          {
            accountId: ACCOUNT,
            accessKeyId: 'test',
            secretAccessKey,
          },
        ],
        targets: [
          {
            accountId: ACCOUNT,
            name: 'sandbox',
            regions: ['us-east-1', 'us-west-2'],
          },
        ],
      },
    }),
  );
}
