import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT_DIR } from '../rootDir';
import { Sandbox } from '../supervisor/Sandbox';

describe('script/sandbox', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-cli-'));
  const sandbox = Sandbox.create({
    dir,
    parts: ['aws'],
    ports: { aws: 0, dns: 0 },
    resourceSeconds: 0,
  });
  jest.setTimeout(60_000);
  beforeAll(() => sandbox.start(), 60_000);
  afterAll(async () => {
    await sandbox.stop();
    rmSync(dir, { recursive: true, force: true });
  }, 30_000);

  /** The program as the script starts it; not in step with it, as the gateway is in this process. */
  async function run(...args: string[]) {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        path.join(ROOT_DIR, 'packages/sandbox/src/cli.ts'),
        ...[...args, '--dir', dir],
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, SHELL: '/bin/sh' },
      },
    );
    const [said, complained] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { status: child.exitCode, said, complained };
  }

  async function ask(address: string) {
    return (await fetch(`${sandbox.awsUrl}/_slipway/${address}`)).json();
  }

  it('darkens and lights regions and zones, for the gateway and the emulator alike', async () => {
    expect((await run('dark', 'us-west-2')).said).toMatch(/us-west-2: dark/);
    await run('dark', 'us-east-1a', '--for', '600');
    const places = { regions: ['us-west-2'], zones: ['us-east-1a'] };
    expect(await ask('darkness')).toEqual(places);
    expect(await ask('emulator/darkness')).toMatchObject(places);
    const { said } = await run('status');
    expect(said).toContain('Dark: us-west-2, us-east-1a');
    expect(said).toMatch(/us-east-1a: dark.*until 20/);
    expect((await run('light', 'us-west-2')).said).toContain('Ended:');
    expect((await run('light', 'us-west-2')).said).toContain(
      'No such fault was on.',
    );
    await run('light');
    const none = { regions: [], zones: [] };
    expect(await ask('emulator/darkness')).toMatchObject(none);
  });

  it('sets lag, starts and clears faults, and empties AWS only when told twice', async () => {
    expect((await run('lag', 'rds', '30')).said).toMatch(/rds +30 s behind/);
    expect((await run('lag', 'rds', 'usual')).said).not.toMatch(/rds +30 s/);
    await run('throttle', '--service', 'rds', '--chance', '0.5');
    await run('latency', '20', '--jitter', '5');
    expect((await run('status')).said).toMatch(
      /every region rds: throttled \(50 % of calls\)[^]*20 to 25 ms slower/,
    );
    expect((await run('clear')).said.split('\n')).toHaveLength(4);
    expect(await run('reset')).toMatchObject({ status: 1, said: '' });
    expect((await run('reset', '--yes')).said).toContain('AWS is empty.');
  });

  it.each([
    [['dark', 'the-moon'], 1, /Which region or zone\?.*not the-moon/],
    [['dark', 'us-east-1', '--mode', 'dim'], 1, /mode/],
    [['throttle', '--chance', 'often'], 1, /--chance must be a number/],
    [['latency'], 1, /How many milliseconds/],
    [['lag', 'rds'], 1, /How many seconds/],
    [['lag', 'paper', '3'], 1, /paper is none of/],
    [['status', '--loud'], 1, /--loud/],
    [['shine'], 2, /There is no command shine/],
  ])('refuses %j', async (args, status, words) => {
    const ended = await run(...args);
    expect(ended.status).toBe(status);
    expect(ended.said + ended.complained).toMatch(words);
  });

  it('gives programs the sandbox as their AWS, in a shell or as lines', async () => {
    expect((await run('env')).said).toContain(
      `export AWS_ENDPOINT_URL='${sandbox.awsUrl}'`,
    );
    expect((await run('shell')).said).toContain(`AWS is ${sandbox.awsUrl}`);
  });

  it('serves a page that loads nothing from elsewhere', async () => {
    const load = async (address: string) => {
      const answer = await fetch(`${sandbox.awsUrl}/_slipway/${address}`);
      return { answer, content: await answer.text() };
    };
    const { answer, content } = await load('');
    expect(answer.headers.get('content-security-policy')).toContain(
      "default-src 'self'",
    );
    const files = [...content.matchAll(/(?:src|href)="\/_slipway\/([^"]+)"/g)];
    expect(files.map(([, name]) => name)).toEqual(['page.css', 'page.js']);
    for (const [, name] of [...files, ['', 'draw.js']]) {
      expect((await load(name)).answer.status).toBe(200);
    }
    for (const name of ['index.ts', '../types.ts', 'constructor']) {
      expect((await load(name)).answer.status).toBe(404);
    }
    const { resourceTypes, services } = JSON.parse(
      (await load('status')).content,
    );
    expect(resourceTypes).toContain('AWS::EKS::Nodegroup');
    expect(services.emulated).toEqual(
      expect.arrayContaining(['cloudwatch', 'eks', 'fis', 'route53']),
    );
    expect(services.refused).toContain('route53-recovery-cluster');
  });
});
