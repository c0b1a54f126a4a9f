import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { JsonObject } from '@backstage/types';
import { inputFor, type Subject, synthesize, type Template } from '../subject';

const REPOSITORY = resolve(__dirname, '../../../..');

function findCfnLint(): string | undefined {
  const candidates = [
    process.env.CFN_LINT,
    join(REPOSITORY, '.tools/venv/bin/cfn-lint'),
    ...(process.env.PATH ?? '')
      .split(delimiter)
      .map(folder => join(folder, 'cfn-lint')),
  ];
  return candidates.find(candidate => {
    if (!candidate) return false;
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** cfn-lint finds nothing in any size, nor in further ones. @public */
export function describeCfnLint(
  subject: Subject,
  options: {
    more?: Array<[string, JsonObject]>;
    /** Spoils a template, and says what cfn-lint must then name. */
    spoil(template: Template): string;
  },
): void {
  const { blueprint, production, everything } = subject;
  const cfnLint = findCfnLint();
  const title = cfnLint
    ? 'cfn-lint'
    : 'cfn-lint (skipped: no cfn-lint in CFN_LINT, .tools/venv/bin or PATH; pip install -r blueprints/requirements.txt)';

  (cfnLint ? describe : describe.skip)(title, () => {
    const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const lint = (body: string) => {
      const file = join(folder, 'template.json');
      writeFileSync(file, body);
      return spawnSync(
        cfnLint!,
        [
          '--template',
          file,
          '--format',
          'parseable',
          '--regions',
          'us-east-1',
          'us-west-2',
          // Zones are an input: looking them up would need the network at synthesis.
          '--ignore-checks',
          'W3010',
        ],
        { encoding: 'utf8' },
      );
    };

    it.each([
      ...Object.keys(blueprint.sizes).map((size): [string, JsonObject] => [
        size,
        {},
      ]),
      [production, everything] as [string, JsonObject],
      ...(options.more ?? []),
    ])(
      'finds nothing in %s %j',
      (size, parameters) => {
        const result = lint(
          synthesize(subject, inputFor(subject, size, parameters)).body,
        );
        expect(result.error).toBeUndefined();
        expect(result.stdout + result.stderr).toBe('');
        expect(result.status).toBe(0);
      },
      60_000,
    );

    it('would find something', () => {
      const { template } = synthesize(subject, inputFor(subject, production));
      const expected = options.spoil(template);
      const result = lint(JSON.stringify(template));
      expect(result.stdout).toContain(expected);
      expect(result.status).not.toBe(0);
    }, 60_000);
  });
}
