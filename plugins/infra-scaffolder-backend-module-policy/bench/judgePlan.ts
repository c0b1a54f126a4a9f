import { readFileSync } from 'node:fs';
import { ConfigReader } from '@backstage/config';
import type { PlanToReview } from '@slipway/plugin-infra-scaffolder-node';
import { warmUp } from '../src/check/warmUp';
import { readSettings } from '../src/config';
import { createChecker } from '../src/createChecker';

const TIMES = 50;

/** Reads a plan as JSON from a file; prints what it takes to judge it, in milliseconds, in a process that just started. */
async function main() {
  const plan = JSON.parse(readFileSync(process.argv[2], 'utf8')) as Omit<
    PlanToReview,
    'at'
  >;
  const began = performance.now();
  const checker = createChecker(readSettings(new ConfigReader({})));
  await warmUp(checker);
  const startMs = performance.now() - began;
  const timesMs: number[] = [];
  const cpuMs: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const cpu = process.cpuUsage();
    const before = performance.now();
    await checker.check({ ...plan, at: new Date() });
    timesMs.push(performance.now() - before);
    const { user, system } = process.cpuUsage(cpu);
    cpuMs.push((user + system) / 1000);
  }
  process.stdout.write(
    JSON.stringify({ startMs, firstMs: timesMs[0], timesMs, cpuMs }),
  );
}

main();
