import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ToolchainFinder } from './toolchain';

describe('ToolchainFinder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-tf-tools-'));
  const { PATH, HOME, TF_CLI_CONFIG_FILE } = process.env;
  const mirror = path.join(folder, 'mirror');

  const program = (name: string, version: string) => {
    const file = path.join(folder, name);
    writeFileSync(
      file,
      `#!/bin/sh\necho '{"terraform_version":"${version}"}'\n`,
    );
    chmodSync(file, 0o755);
    return file;
  };
  const find = (settings: { binary?: string; providerMirror?: string }) =>
    ToolchainFinder.create({
      pluginCache: path.join(folder, 'cache'),
      ...settings,
    }).find();

  beforeAll(() => {
    for (const registry of ['registry.terraform.io', 'registry.opentofu.org']) {
      mkdirSync(path.join(mirror, registry, 'hashicorp/aws'), {
        recursive: true,
      });
    }
    process.env.HOME = folder;
    delete process.env.TF_CLI_CONFIG_FILE;
  });

  afterAll(() => {
    Object.assign(process.env, {
      PATH,
      HOME,
      ...(TF_CLI_CONFIG_FILE && { TF_CLI_CONFIG_FILE }),
    });
    rmSync(folder, { recursive: true, force: true });
  });

  it('says where to put a program that is not there', async () => {
    process.env.PATH = path.join(folder, 'nowhere');
    expect(await find({ providerMirror: mirror })).toEqual({
      reason:
        'Neither terraform nor tofu is on the PATH of the portal. Install one, or name it in infraScaffolder.terraform.binary.',
    });
    process.env.PATH = PATH;
    expect(await find({ binary: '/nowhere/terraform' })).toEqual({
      reason: expect.stringContaining('/nowhere/terraform'),
    });
  });

  it.each([
    ['terraform', '1.11.0'],
    ['terraform', '2.0.0'],
    ['tofu', '1.11.0'],
  ])('takes %s %s', async (name, version) => {
    const binary = program(name, version);
    expect(await find({ binary, providerMirror: mirror })).toMatchObject({
      binary: { kind: name, version },
    });
  });

  it.each([
    ['terraform', '1.10.5'],
    ['tofu', '1.10.9'],
  ])('refuses %s %s', async (name, version) => {
    const binary = program(name, version);
    const reason = `${binary} is ${version}; the portal needs 1.1`;
    expect(await find({ binary, providerMirror: mirror })).toEqual({
      reason: expect.stringContaining(reason),
    });
  });

  it('says that a mirror has no AWS provider', async () => {
    expect(
      await find({
        binary: program('terraform', '1.11.4'),
        providerMirror: folder,
      }),
    ).toEqual({
      reason: expect.stringContaining('terraform providers mirror'),
    });
  });

  it('does not take one program’s mirror for the other’s', async () => {
    const theirs = path.join(folder, 'theirs');
    mkdirSync(path.join(theirs, 'registry.terraform.io/hashicorp/aws'), {
      recursive: true,
    });
    expect(
      await find({
        binary: program('tofu', '1.11.0'),
        providerMirror: theirs,
      }),
    ).toEqual({
      reason: expect.stringMatching(
        /registry\.opentofu\.org\/hashicorp\/aws.*`tofu providers mirror`/,
      ),
    });
  });
});
