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
import { inputFor, synthesize } from './__testUtils__/synthesize';

const REPOSITORY = resolve(__dirname, '../../..');

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

const cfnLint = findCfnLint();
const title = cfnLint
  ? 'cfn-lint'
  : 'cfn-lint (skipped: no cfn-lint in CFN_LINT, .tools/venv/bin or PATH; pip install -r blueprints/requirements.txt)';

(cfnLint ? describe : describe.skip)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['dev', {}],
    ['small', {}],
    ['prod', {}],
    [
      'prod',
      {
        dbReadReplicas: 2,
        dbEngineVersion: '17.11',
        dbInstanceClass: 'db.m6i.large',
        domainName: 'shop.example.com',
        hostedZoneId: 'Z0123456789ABC',
        alarmEmail: 'sre@example.com',
        apiPublicAccessCidrs: ['203.0.113.0/24'],
        nodeCapacityType: 'SPOT',
      },
    ],
  ])('finds nothing in %s %j', (size, parameters) => {
    const file = join(folder, 'template.json');
    writeFileSync(file, synthesize(inputFor(size, parameters)).body);
    const result = spawnSync(
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
    expect(result.error).toBeUndefined();
    expect(result.stdout + result.stderr).toBe('');
    expect(result.status).toBe(0);
  });

  it('would find something', () => {
    const { template } = synthesize(inputFor('dev'));
    template.Resources.DatabaseInstance.Properties.DBInstanceClass =
      'db.t3.tiny';
    const file = join(folder, 'bad.json');
    writeFileSync(file, JSON.stringify(template));
    const result = spawnSync(
      cfnLint!,
      ['--template', file, '--format', 'parseable'],
      {
        encoding: 'utf8',
      },
    );
    expect(result.stdout).toContain('db.t3.tiny');
    expect(result.status).not.toBe(0);
  });
});
