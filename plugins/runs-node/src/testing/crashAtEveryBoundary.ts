import type { Run, RunEvent, RunState } from '@slipway/plugin-runs-common';
import { CrashError, type RunProbe } from '../engine/probe';
import type { RunEngine } from '../types';
import { settled } from './settled';

/**
 * One run in one fresh world. The function that makes it is called once for each crash.
 * @public
 */
export interface CrashScenario {
  /**
   * An engine on the scenario's database and world, with kinds and steps registered, not started. Called twice: for
   * the engine that is killed, and, without a probe, for the one that takes up. Give both a short lease.
   */
  createEngine(probe?: RunProbe): RunEngine;
  /** Makes the run and returns its id. */
  begin(engine: RunEngine): Promise<string>;
  /** Called again and again while the run goes on, e.g. to send a signal that it waits for. */
  attend?(engine: RunEngine, run: Run): Promise<void>;
  /** Throws where the world or the run is not as it must be. `crashedAt` is undefined for the undisturbed first walk. */
  check(result: CrashReport, engine: RunEngine): Promise<void>;
  /** Called at the end, whatever came of it. */
  dispose?(): Promise<void>;
}

/** @public */
export interface CrashReport {
  /** The boundary, with `#2` and so on where it was crossed before. */
  crashedAt: string | undefined;
  run: Run;
  events: RunEvent[];
}

/**
 * Walks a run once undisturbed, to learn its boundaries, then once for each of them, killed there and taken up by a
 * second engine. Boundaries that are not crossed again (their order differs where steps run in parallel) count as
 * walks without a crash.
 *
 * @returns one report for each walk, the undisturbed first.
 * @throws what `check` throws, with the boundary in front.
 * @public
 */
export async function crashAtEveryBoundary(
  arrange: () => Promise<CrashScenario>,
  options: {
    /** Walks at the same time; default 4. */
    parallel?: number;
    timeoutSeconds?: number;
    /** States where a walk may end beside the settled ones. */
    or?: RunState[];
    /** Leaves boundaries out, e.g. those of another scenario. */
    filter?: (boundary: string) => boolean;
  } = {},
): Promise<CrashReport[]> {
  const boundaries: string[] = [];
  const first = await walk(
    await arrange(),
    namingProbe(boundary => {
      boundaries.push(boundary);
    }),
    undefined,
    options,
  );
  const reports = [first];
  const queue = boundaries
    .filter(boundary => !boundary.startsWith('lease.'))
    .filter(options.filter ?? (() => true));
  const worker = async () => {
    for (
      let boundary = queue.shift();
      boundary !== undefined;
      boundary = queue.shift()
    ) {
      reports.push(await crashAt(boundary, await arrange(), options));
    }
  };
  await Promise.all(
    Array.from({ length: options.parallel ?? 4 }, () => worker()),
  );
  return reports;
}

async function crashAt(
  target: string,
  scenario: CrashScenario,
  options: WalkOptions,
): Promise<CrashReport> {
  const probe = namingProbe(boundary => {
    if (boundary === target) {
      throw new CrashError(boundary);
    }
  });
  return walk(scenario, probe, target, options);
}

interface WalkOptions {
  timeoutSeconds?: number;
  or?: RunState[];
}

async function walk(
  scenario: CrashScenario,
  probe: RunProbe & { crashed: boolean },
  target: string | undefined,
  options: WalkOptions,
): Promise<CrashReport> {
  const doomed = scenario.createEngine(probe);
  const heir = scenario.createEngine();
  try {
    // The run is made by the engine that lives on: what is made and lost before its commit was never there.
    const runId = await scenario.begin(heir);
    await doomed.start();
    let heirStarted = false;
    const run = await settled(heir, runId, {
      ...options,
      each: async current => {
        if (probe.crashed && !heirStarted) {
          heirStarted = true;
          await heir.start();
        }
        await scenario.attend?.(heir, current);
      },
    });
    const report: CrashReport = {
      crashedAt: probe.crashed ? target : undefined,
      run,
      events: await heir.events(runId, { limit: 5000 }),
    };
    assertGapFree(report.events);
    await scenario.check(report, heir);
    return report;
  } catch (error) {
    throw new Error(`Killed at '${target ?? 'nothing'}': ${error}`, {
      cause: error,
    });
  } finally {
    await Promise.all([doomed.stop(), heir.stop()]);
    await scenario.dispose?.();
  }
}

function namingProbe(
  reached: (boundary: string) => void,
): RunProbe & { crashed: boolean } {
  const crossed = new Map<string, number>();
  return {
    crashed: false,
    reached(name) {
      // Ids differ from walk to walk.
      const boundary = name.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<run>');
      const count = (crossed.get(boundary) ?? 0) + 1;
      crossed.set(boundary, count);
      try {
        reached(count === 1 ? boundary : `${boundary} #${count}`);
      } catch (error) {
        this.crashed = true;
        throw error;
      }
    },
  };
}

function assertGapFree(events: RunEvent[]) {
  const gap = events.findIndex((event, index) => event.sequence !== index + 1);
  if (gap >= 0) {
    throw new Error(
      `Event ${gap + 1} is missing; in its place is ${events[gap].sequence}`,
    );
  }
}
