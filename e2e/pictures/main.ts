import { Sandbox } from '@slipway/sandbox';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../support/portal';
import { Camera } from './Camera';
import { PortalWorld, type PortalAddresses } from './PortalWorld';
import { tellStory } from './story';
import { writeAlbum } from './writeAlbum';

const HELP = `script/pictures            takes the pictures of docs/pictures from a portal of its own
  --only run,plan           only these; the others stay as they are
  --dir DIR                 use the empty portal that runs with its state in DIR, and leave it running
  --app URL                 its pages come from there, e.g. from a development server
  --out DIR                 put the pictures there`;

const STATE_DIR = path.join(ROOT, '.local/pictures');
/** Slow enough to be seen at work. */
const RESOURCE_SECONDS = 0.7;

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

async function startPortal(): Promise<{
  addresses: PortalAddresses;
  stop: () => Promise<void>;
}> {
  rmSync(STATE_DIR, { recursive: true, force: true });
  const sandbox = Sandbox.create({
    parts: ['postgres', 'aws', 'backend', 'app'],
    dir: STATE_DIR,
    ports: { postgres: 0, aws: 0, backend: 0, app: 0, dns: 0 },
    resourceSeconds: RESOURCE_SECONDS,
    onMessage: say,
  });
  process.once('SIGINT', () => sandbox.stop().then(() => process.exit(130)));
  await sandbox.start();
  return {
    addresses: {
      app: sandbox.appUrl,
      backend: sandbox.backendUrl,
      aws: sandbox.awsUrl!,
      postgres: sandbox.postgresUrl!,
    },
    stop: () => sandbox.stop(),
  };
}

function runningPortal(dir: string): PortalAddresses {
  const { gatewayUrl, environment, parts } = JSON.parse(
    readFileSync(path.join(dir, 'run.json'), 'utf8'),
  ) as {
    gatewayUrl: string;
    environment: Record<string, string>;
    parts: Array<{ name: string; port: number }>;
  };
  const url = (name: string) =>
    `http://localhost:${parts.find(part => part.name === name)!.port}`;
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_HOST, POSTGRES_PORT } =
    environment;
  return {
    app: url('app'),
    backend: url('backend'),
    aws: gatewayUrl,
    postgres: `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@${POSTGRES_HOST}:${POSTGRES_PORT}/postgres`,
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      dir: { type: 'string' },
      app: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const folder = path.resolve(values.out ?? path.join(ROOT, 'docs/pictures'));
  const { addresses, stop } = values.dir
    ? { addresses: runningPortal(values.dir), stop: async () => {} }
    : await startPortal();
  let camera: Camera | undefined;
  try {
    camera = await Camera.start({
      appUrl: values.app ?? addresses.app,
      folder,
      only: values.only?.split(','),
    });
    await tellStory(camera, new PortalWorld(addresses), say);
    writeAlbum(folder, camera.taken);
    if (camera.overflowing.length > 0) {
      throw new Error(
        `These pages scroll sideways:\n  ${camera.overflowing.join('\n  ')}`,
      );
    }
  } finally {
    await camera?.close();
    await stop();
  }
}

main().catch(error => {
  process.stderr.write(`\n${(error as Error).stack}\n`);
  process.exitCode = 1;
});
