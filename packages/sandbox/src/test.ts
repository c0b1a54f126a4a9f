import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { GuardedProcess } from './processes/GuardedProcess';
import { ROOT_DIR } from './rootDir';
import { type Counts, sumOf } from './suite/counts';
import { runStage, type StageResult } from './suite/runStage';
import { type Stage, STAGES } from './suite/stages';

const LOG_DIR = path.join(ROOT_DIR, '.tools/test-logs');
const SHOWN_LINES = 120;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function chosenStages(names: string[]): Stage[] {
  for (const name of names) {
    if (!STAGES.some(stage => stage.name === name)) {
      throw new Error(
        `There is no stage "${name}". The stages are: ${STAGES.map(
          stage => stage.name,
        ).join(' ')}`,
      );
    }
  }
  return STAGES.filter(
    stage => names.length === 0 || names.includes(stage.name),
  );
}

function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function tell(stage: Stage, result: StageResult): void {
  const name = stage.name.padEnd(9);
  if (result.skipped) {
    say(`${name} skipped: ${result.skipped}`);
    return;
  }
  if (result.counts.failed > 0 && existsSync(result.logFile)) {
    const lines = readFileSync(result.logFile, 'utf8').trimEnd().split('\n');
    say(lines.slice(-SHOWN_LINES).join('\n'));
    say(
      `${name} All of its output: ${path.relative(ROOT_DIR, result.logFile)}`,
    );
  }
  say(`${name} ${inWords(result.counts)}   (${result.seconds.toFixed(1)} s)`);
}

async function main(): Promise<number> {
  const stages = chosenStages(process.argv.slice(2));
  const workDir = mkdtempSync(path.join(os.tmpdir(), 'slipway-test-'));
  // PostgreSQL may run as another user, who must be able to pass through.
  chmodSync(workDir, 0o711);
  const now: { running?: GuardedProcess; isEnding: boolean } = {
    isEnding: false,
  };
  const end = () => {
    now.isEnding = true;
    now.running?.stop();
  };
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);
  const onProcess = (running: GuardedProcess | undefined) => {
    now.running = running;
  };
  const results: StageResult[] = [];
  stages.forEach(stage => stage.begin?.());
  for (const stage of stages) {
    if (!now.isEnding) {
      say(`${stage.name.padEnd(9)} ...`);
      const context = { rootDir: ROOT_DIR, workDir };
      const result = await runStage(stage, context, LOG_DIR, onProcess);
      tell(stage, result);
      results.push(result);
    }
  }
  await Promise.all(stages.map(stage => stage.abandon?.()));
  rmSync(workDir, { recursive: true, force: true });
  const total = sumOf(results.map(({ counts }) => counts));
  say('');
  say(inWords(total));
  return now.isEnding || total.failed > 0 ? 1 : 0;
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  },
);
