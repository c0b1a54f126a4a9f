import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { missingSandbox } from '../SandboxStacks';

const ROOT = path.resolve(__dirname, '../../../..');

(missingSandbox ? describe.skip : describe)('docs/parity.md', () => {
  it('says what was found, with a reason for each difference', () => {
    const wanted = execFileSync(
      path.join(ROOT, '.tools/venv/bin/python'),
      ['-m', 'slipway_parity', 'check'],
      {
        cwd: path.join(ROOT, 'blueprints/parity'),
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
        encoding: 'utf8',
      },
    );
    expect(readFileSync(path.join(ROOT, 'docs/parity.md'), 'utf8')).toBe(
      wanted,
    );
  });
});
