import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { missingSandbox } from '../SandboxStacks';

const ROOT = path.resolve(__dirname, '../../../..');

function python(...args: string[]): string {
  return execFileSync(
    path.join(ROOT, '.tools/venv/bin/python'),
    ['-m', 'slipway_parity', ...args],
    {
      cwd: path.join(ROOT, 'blueprints/parity'),
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      encoding: 'utf8',
    },
  );
}

/** As the reader writes it: a role that names a key, by engine's own ids. */
function reading(name: string, id: string, sessionSeconds: number) {
  return {
    name,
    resources: [
      {
        type: 'Key',
        key: 'data',
        properties: { Aliases: [`alias/${name}/data`], CreationDate: id },
        ids: [id, `arn:aws:kms:us-east-1:123456789012:key/${id}`],
      },
      {
        type: 'Role',
        key: `Back end of ${name}`,
        properties: {
          Tags: [
            { Key: 'slipway:environment', Value: name },
            { Key: 'aws:cloudformation:stack-name', Value: id },
          ],
          MaxSessionDuration: sessionSeconds,
          Statements: [
            {
              Sid: id,
              Effect: 'Allow',
              Action: 'kms:Decrypt',
              Resource: [`arn:aws:kms:us-east-1:123456789012:key/${id}`],
            },
          ],
        },
        ids: [`arn:aws:iam::123456789012:role/${name}-${id}`],
      },
    ],
  };
}

(missingSandbox ? describe.skip : describe)('parity', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'slipway-parity-test-'));

  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('finds what differs, and nothing that is made up', () => {
    const files = [
      reading('slipway-one', '0f5c2e4f', 3600),
      reading('tf-other', '9a1be77d', 7200),
    ].map((each, index) => {
      const file = path.join(dir, `${index}.json`);
      writeFileSync(file, JSON.stringify(each));
      return file;
    });
    expect(JSON.parse(python('compare', ...files))).toEqual({
      resources: { cdk: 2, terraform: 2 },
      differences: [
        {
          resource: 'Role Back end of ENV',
          path: 'MaxSessionDuration',
          cdk: 3600,
          terraform: 7200,
        },
      ],
    });
  });

  it('stands in docs/parity.md, with a reason for each difference', () => {
    expect(readFileSync(path.join(ROOT, 'docs/parity.md'), 'utf8')).toBe(
      python('check'),
    );
  });
});
