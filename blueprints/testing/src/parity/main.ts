import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { variablesFor } from '../checks/variablesFor';
import { SandboxStacks } from '../SandboxStacks';
import { inputFor, type Subject } from '../subject';
import { Terraform } from '../terraform/Terraform';

const ROOT = path.resolve(__dirname, '../../../..');
const PYTHON = path.join(ROOT, '.tools/venv/bin/python');
const BLUEPRINTS = [
  'cloud-native',
  'enterprise-platform',
  'high-workload',
  'microservices-platform',
  'records-service',
];

interface Reading {
  name: string;
  resources: unknown[];
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}

/** Not in step with it: the gateway that it asks is in this process. */
async function python(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    PYTHON,
    ['-m', 'slipway_parity', ...args],
    {
      cwd: path.join(ROOT, 'blueprints/parity'),
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  return stdout;
}

/** What stands of the environment, by AWS's own APIs. */
async function read(
  url: string,
  name: string,
  environmentId: string,
): Promise<Reading> {
  const text = await python('read', url, 'us-east-1', name, environmentId);
  return { name, resources: JSON.parse(text) as unknown[] };
}

async function madeByCdk(subject: Subject, size: string): Promise<Reading> {
  const stacks = await SandboxStacks.start();
  try {
    const input = inputFor(subject, size);
    await stacks.apply(subject, input);
    const reading = await read(
      stacks.url,
      input.stackName,
      input.environment.id,
    );
    await stacks.destroy(input);
    return reading;
  } finally {
    await stacks.stop();
  }
}

/** Applied, planned once more, read, destroyed; fails where the second plan changes or anything is left. */
async function madeByTerraform(
  subject: Subject,
  size: string,
): Promise<{ reading: Reading; changed: string[]; seconds: number[] }> {
  const stacks = await SandboxStacks.start();
  const root = path.join(ROOT, 'blueprints', subject.blueprint.id, 'terraform');
  const terraform = await Terraform.open(root, stacks.url);
  try {
    const { stackName, environment } = inputFor(subject, size);
    const variables = variablesFor(subject, size);
    const times = [Date.now()];
    await terraform.apply(variables);
    times.push(Date.now());
    const { resources } = await terraform.plan(variables);
    const reading = await read(stacks.url, stackName, environment.id);
    times.push(Date.now());
    await terraform.destroy(variables);
    times.push(Date.now());
    const { resources: left } = await read(
      stacks.url,
      stackName,
      environment.id,
    );
    if (left.length > 0) {
      throw new Error(`Destroying left ${JSON.stringify(left)}`);
    }
    return {
      reading,
      changed: resources.map(({ address }) => address),
      seconds: times
        .slice(1)
        .map((at, index) => Math.round((at - times[index]) / 1000)),
    };
  } finally {
    terraform.close();
    await stacks.stop();
  }
}

async function compare(id: string, size: string): Promise<void> {
  const { subject } = require(path.join(
    ROOT,
    'blueprints',
    id,
    'src/__testUtils__/subject',
  )) as { subject: Subject };
  say(`${id} ${size}: by CDK`);
  const cdk = await madeByCdk(subject, size);
  say(`${id} ${size}: by Terraform`);
  const terraform = await madeByTerraform(subject, size);
  if (terraform.changed.length > 0) {
    say(`A second plan would change ${terraform.changed.join(', ')}`);
    process.exitCode = 1;
  }
  const dir = path.join(ROOT, '.local/parity');
  mkdirSync(dir, { recursive: true });
  const [apply, , destroy] = terraform.seconds;
  const readings = {
    cdk,
    terraform: { ...terraform.reading, seconds: { apply, destroy } },
  };
  for (const [engine, reading] of Object.entries(readings)) {
    writeFileSync(
      path.join(dir, `${id}-${size}-${engine}.json`),
      JSON.stringify(reading),
    );
  }
  say(`${id} ${size}: ${(await python('record', id, size)).trim()}`);
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  for (const each of asked.length > 0 ? asked : BLUEPRINTS) {
    const [id, size = 'dev'] = each.split(':');
    await compare(id, size);
  }
  say((await python('document')).trim());
}

main().catch(error => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
