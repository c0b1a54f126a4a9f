import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { ROOT_DIR } from '../rootDir';
import type { SandboxClient } from './SandboxClient';

/** Where the AWS CLI can be put without touching the machine; found there by the shell. */
const OWN_CLI = path.join(ROOT_DIR, '.tools/awscli/bin');

const NO_CLI = `The AWS CLI is not on this machine's PATH. Either install it as
https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html says, or put it into this clone:
  python3 -m venv .tools/awscli && .tools/awscli/bin/pip install awscli
Everything else, CDK and Terraform among it, finds the sandbox in this shell all the same.`;

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A shell in which programs reach the sandbox's AWS; resolves to its exit code. */
export function shell(
  { record }: SandboxClient,
  say: (line: string) => void,
): number {
  const searched = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    OWN_CLI,
  ].filter(Boolean);
  if (!searched.some(dir => isProgram(path.join(dir, 'aws')))) {
    say(NO_CLI);
  }
  const { AWS_ENDPOINT_URL: url, AWS_REGION: region } = record.environment;
  say(`AWS is ${url}, region ${region}. exit leaves this shell.`);
  const { status } = spawnSync(process.env.SHELL ?? '/bin/sh', {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...record.environment,
      PATH: searched.join(path.delimiter),
      AWS_PAGER: '',
    },
  });
  return status ?? 1;
}
