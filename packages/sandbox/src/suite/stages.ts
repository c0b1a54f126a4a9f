import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { findProgram, HOW_TO_GET_PROMETHEUS } from '../prometheus/binaries';
import { ROOT_DIR } from '../rootDir';
import { Sandbox } from '../supervisor/Sandbox';
import {
  type Counts,
  jestCounts,
  playwrightCounts,
  unittestCounts,
} from './counts';
import { jestFile } from './jestFile';
import { CLUSTER_TESTS, KubernetesStage } from './kubernetesStage';
import { readReport, report } from './report';

/** Where a stage runs and what it may use. */
export interface StageContext {
  rootDir: string;
  /** A new folder of this run alone. */
  workDir: string;
}

/** A command line with what it needs. */
export interface StageCommand {
  command: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
  /** Called when the command has ended, whatever came of it. */
  release?: () => Promise<void>;
  /** Run after `release`; one more case, judged by its exit code. */
  then?: Omit<StageCommand, 'release' | 'then'>;
}

/** One kind of checks. */
export interface Stage {
  name: string;
  limitMinutes: number;
  /** Why it cannot run here; undefined when it can. */
  reasonToSkip?(context: StageContext): string | undefined;
  /** Called when the suite starts, for what takes long and can go on behind other stages. */
  begin?(): void;
  /** Ends what `begin` began. */
  abandon?(): Promise<void>;
  prepare(context: StageContext): Promise<StageCommand>;
  /** The cases, from what the command left; undefined: the command is one check, judged by its exit code. */
  count?(context: StageContext, output: string): Counts | undefined;
}

function bin(context: StageContext, name: string): string {
  return path.join(context.rootDir, 'node_modules/.bin', name);
}

function check(name: string, program: string, ...args: string[]): Stage {
  return {
    name,
    limitMinutes: 10,
    prepare: async context => ({
      command: bin(context, program),
      args,
      cwd: context.rootDir,
    }),
  };
}

/** What each package offers to others is as its committed report says: `yarn api-reports` writes them. */
const apiReports: Stage = {
  name: 'api',
  limitMinutes: 10,
  prepare: async ({ rootDir }) => {
    const releases = path.join(rootDir, '.yarn/releases');
    const [yarn] = readdirSync(releases);
    return {
      command: process.execPath,
      args: [path.join(releases, yarn), 'api-reports', '--ci'],
      cwd: rootDir,
    };
  },
};

function python(context: StageContext): string {
  return path.join(context.rootDir, '.tools/venv/bin/python');
}

const CONTRACT = 'packages/sandbox/contract';
const DRILL = 'src/world/drill.test.ts';

/** Where the gateways of a stage write the calls that cross them. */
function recordOf(context: StageContext, name: string): string {
  return path.join(context.workDir, `${name}-calls`);
}

/** Holds what a stage recorded against AWS's service models, and deletes it. */
function validated(
  context: StageContext,
  name: string,
  ...more: string[]
): StageCommand['then'] {
  return {
    command: python(context),
    args: [
      '-m',
      'slipway_contract',
      'validate',
      recordOf(context, name),
      '--stage',
      name,
      ...more,
    ],
    cwd: path.join(context.rootDir, CONTRACT),
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  };
}

/** Where a Chromium is that tests may drive; undefined when there is none. */
function findChromium(): string | undefined {
  const names = [process.env.CHROMIUM_PATH, 'chromium', 'chromium-browser'];
  for (const name of names) {
    try {
      return execFileSync(
        '/bin/sh',
        ['-c', 'command -v "$1"', '-', name ?? ''],
        {
          encoding: 'utf8',
        },
      ).trim();
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** Long enough that what is under way can be caught there. */
const CONTRACT_RESOURCE_SECONDS = 0.1;

const unit: Stage = {
  name: 'unit',
  limitMinutes: 30,
  async prepare(context) {
    const sandbox = Sandbox.create({
      parts: ['postgres'],
      ports: { postgres: 0 },
      dir: path.join(context.workDir, 'unit'),
      durable: false,
    });
    await sandbox.start();
    return {
      command: bin(context, 'backstage-cli'),
      args: [
        'repo',
        'test',
        '--ci',
        '--watchAll=false',
        '--maxWorkers=2',
        `--testPathIgnorePatterns=${CLUSTER_TESTS}`,
        `--testPathIgnorePatterns=${DRILL}`,
        '--json',
        `--outputFile=${report(context, 'unit')}`,
      ],
      cwd: context.rootDir,
      env: {
        BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
          sandbox.postgresUrl!,
        SLIPWAY_RECORD_CALLS: recordOf(context, 'unit'),
      },
      release: () => sandbox.stop(),
      then: validated(context, 'unit'),
    };
  },
  count: context => readReport(context, 'unit', jestCounts),
};

const emulator: Stage = {
  name: 'emulator',
  limitMinutes: 15,
  prepare: async context => ({
    command: python(context),
    args: ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'],
    cwd: path.join(context.rootDir, 'packages/sandbox/emulator'),
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  }),
  count: (_, output) => unittestCounts(output),
};

const contract: Stage = {
  name: 'contract',
  limitMinutes: 8,
  async prepare(context) {
    const sandbox = Sandbox.create({
      parts: ['aws'],
      ports: { aws: 0, dns: 0 },
      dir: path.join(context.workDir, 'contract'),
      durable: false,
      resourceSeconds: CONTRACT_RESOURCE_SECONDS,
      recordCalls: recordOf(context, 'contract'),
    });
    await sandbox.start();
    return {
      command: python(context),
      args: ['-m', 'slipway_contract', 'run'],
      cwd: path.join(context.rootDir, CONTRACT),
      env: { ...sandbox.environment, PYTHONDONTWRITEBYTECODE: '1' },
      release: () => sandbox.stop(),
      then: validated(context, 'contract', '--complete'),
    };
  },
  count: (_, output) => unittestCounts(output),
};

/** The validator's own tests: a call that breaks a model is found. */
const validator: Stage = {
  name: 'validator',
  limitMinutes: 5,
  prepare: async context => ({
    command: python(context),
    args: ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'],
    cwd: path.join(context.rootDir, CONTRACT),
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  }),
  count: (_, output) => unittestCounts(output),
};

const e2e: Stage = {
  name: 'e2e',
  limitMinutes: 25,
  reasonToSkip(context) {
    if (!existsSync(path.join(context.rootDir, 'e2e/playwright.config.ts'))) {
      return 'there is no e2e/playwright.config.ts';
    }
    return findChromium()
      ? undefined
      : 'no Chromium; Debian: apt-get install chromium, elsewhere set CHROMIUM_PATH';
  },
  prepare: async context => ({
    command: bin(context, 'playwright'),
    args: ['test', '-c', 'e2e', '--reporter=list,json'],
    cwd: context.rootDir,
    env: {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report(context, 'e2e'),
      CHROMIUM_PATH: findChromium()!,
      SLIPWAY_SANDBOX_DIR: path.join(context.workDir, 'e2e'),
      SLIPWAY_RECORD_CALLS: recordOf(context, 'e2e'),
    },
    then: validated(context, 'e2e'),
  }),
  count: context => readReport(context, 'e2e', playwrightCounts),
};

/** A region goes dark, and commands of the AWS CLI bring its users' traffic back. */
const drill: Stage = {
  name: 'drill',
  limitMinutes: 12,
  reasonToSkip: () =>
    findProgram('prometheus')
      ? undefined
      : `Prometheus: ${HOW_TO_GET_PROMETHEUS}`,
  prepare: async context => jestFile(context, 'drill', DRILL),
  count: context => readReport(context, 'drill', jestCounts),
};

/** All of them, the quick ones first. */
export const STAGES: Stage[] = [
  check('prettier', 'prettier', '--check', '.'),
  check('lint', 'backstage-cli', 'repo', 'lint'),
  check('types', 'tsc'),
  apiReports,
  check('knip', 'knip'),
  emulator,
  validator,
  contract,
  unit,
  drill,
  new KubernetesStage(ROOT_DIR),
  e2e,
];
