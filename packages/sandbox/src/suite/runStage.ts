import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { GuardedProcess } from '../processes/GuardedProcess';
import { type Counts, sumOf } from './counts';
import type { Stage, StageCommand, StageContext } from './stages';

/** What came of a stage. */
export interface StageResult {
  counts: Counts;
  seconds: number;
  /** Why it was left out. */
  skipped?: string;
  logFile: string;
}

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Told of each started process, so that it can be ended from outside. */
type OnProcess = (running: GuardedProcess | undefined) => void;

async function runCommand(
  stage: Stage,
  command: NonNullable<StageCommand['then']>,
  logFile: string,
  onProcess: OnProcess,
): Promise<boolean> {
  const running = await GuardedProcess.start({
    name: stage.name,
    command: command.command,
    args: command.args,
    cwd: command.cwd,
    env: { ...process.env, CI: 'true', FORCE_COLOR: '0', ...command.env },
    logFile,
  });
  onProcess(running);
  const started = Date.now();
  const heartbeat = setInterval(() => {
    const minutes = Math.round((Date.now() - started) / 60_000);
    process.stdout.write(
      `${stage.name.padEnd(9)} at work for ${minutes} min\n`,
    );
  }, 60_000);
  const limit = setTimeout(() => running.stop(), stage.limitMinutes * 60_000);
  const end = await running.ended;
  clearInterval(heartbeat);
  clearTimeout(limit);
  // Also what the command left behind in its process group.
  await running.stop();
  onProcess(undefined);
  return end.code === 0;
}

function countsOf(
  stage: Stage,
  context: StageContext,
  isOk: boolean,
  logFile: string,
): Counts {
  if (!stage.count) {
    return isOk ? PASSED : FAILED;
  }
  const counts = stage.count(context, readFileSync(logFile, 'utf8'));
  if (!counts) {
    return FAILED;
  }
  // A runner that fails though none of its cases did has found something that is not a case.
  return isOk || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** What a stage needs may not come up; the others are still to be run, without what comes up after all. */
async function withinLimit(
  stage: Stage,
  work: Promise<StageCommand>,
): Promise<StageCommand> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not prepared within ${stage.limitMinutes} minutes`));
      work.then(late => late.release?.()).catch(() => {});
    }, stage.limitMinutes * 60_000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs one stage to its end; never throws. All of its output is in the log file. */
export async function runStage(
  stage: Stage,
  context: StageContext,
  logDir: string,
  onProcess: OnProcess,
): Promise<StageResult> {
  const startedMs = Date.now();
  const logFile = path.join(logDir, `${stage.name}.log`);
  const result = (counts: Counts, skipped?: string): StageResult => ({
    counts,
    seconds: (Date.now() - startedMs) / 1000,
    skipped,
    logFile,
  });
  const reason = stage.reasonToSkip?.(context);
  if (reason) {
    return result({ passed: 0, failed: 0, skipped: 1 }, reason);
  }
  mkdirSync(logDir, { recursive: true });
  rmSync(logFile, { force: true });
  let command: StageCommand | undefined;
  try {
    command = await withinLimit(stage, stage.prepare(context));
    const isOk = await runCommand(stage, command, logFile, onProcess);
    const counts = countsOf(stage, context, isOk, logFile);
    await command.release?.();
    command.release = undefined;
    if (!command.then) {
      return result(counts);
    }
    const isThenOk = await runCommand(stage, command.then, logFile, onProcess);
    return result(sumOf([counts, isThenOk ? PASSED : FAILED]));
  } catch (error) {
    process.stderr.write(`${stage.name}: ${(error as Error).message}\n`);
    return result(FAILED);
  } finally {
    await command?.release?.();
  }
}
