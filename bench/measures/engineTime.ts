import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { milliseconds } from '../statistics';
import type { Measure } from '../types';
import { ROOT_DIR, SOURCE_TRANSFORM } from '../world/ChildProgram';

const TARGET_MILLISECONDS = 20;

/** What the run engine itself takes for a step, by the bench of its own package. */
export const engineTime: Measure = {
  name: 'engine',
  title: "the run engine's own time a step",
  async run(world) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--require',
        SOURCE_TRANSFORM,
        path.join(ROOT_DIR, 'plugins/runs-node/bench/engineTime.ts'),
      ],
      { env: { ...process.env, DATABASE_URL: world.postgresUrl } },
    );
    const { steps, p50Ms, p95Ms } = JSON.parse(stdout) as {
      steps: number;
      p50Ms: number;
      p95Ms: number;
    };
    return [
      {
        measure: 'engine time a step, p95',
        figure: milliseconds(p95Ms),
        target: `≤${TARGET_MILLISECONDS} ms`,
        met: p95Ms <= TARGET_MILLISECONDS,
        details: [
          `${steps} steps of one call each, p50 ${milliseconds(p50Ms)}`,
        ],
      },
    ];
  },
};
