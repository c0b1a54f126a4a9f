import {
  type ChildProcessByStdio,
  execFileSync,
  spawn,
} from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { median, megabytes, seconds } from '../statistics';
import type { Figure, Measure } from '../types';
import { ROOT_DIR, SOURCE_TRANSFORM } from '../world/ChildProgram';

const TARGET_SECONDS = 10;
const TARGET_BYTES = 600 * 2 ** 20;
const TARGET_BYTES_WITH_KUBERNETES = 1.3 * 2 ** 30;
const DIR = path.join(ROOT_DIR, '.local/bench/whole-sandbox');
/** Everything but Kubernetes and the portal itself. */
const PARTS = 'postgres,aws,world,alertmanager,prometheus';
const READY_SECONDS = 120;
const PAST_SECONDS = 600;
const SETTLE_SECONDS = 30;
const KUBERNETES_SECONDS = 900;

interface RunRecord {
  pid: number;
  parts: { name: string; pid: number; note?: string }[];
}

/** One life of a sandbox in a process of its own. */
class SandboxProcess {
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #began = performance.now();
  #said = '';

  constructor(parts: string = PARTS) {
    this.#child = spawn(
      process.execPath,
      [
        '--require',
        SOURCE_TRANSFORM,
        path.join(ROOT_DIR, 'packages/sandbox/src/server.ts'),
        ...['--only', parts, '--free-ports', '--dir', DIR],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child.stdout.on('data', data => {
      this.#said += data;
    });
  }

  /** Milliseconds from its start until it said a text. */
  async says(text: string, withinSeconds: number): Promise<number> {
    while (!this.#said.includes(text)) {
      if (
        this.#child.exitCode !== null ||
        performance.now() - this.#began > withinSeconds * 1000
      ) {
        await this.stop();
        throw new Error(`The sandbox did not say "${text}":\n${this.#said}`);
      }
      await delay(10);
    }
    return performance.now() - this.#began;
  }

  /** Bytes by part, pages that several processes share counted once; the supervisor has gateway, DNS and traffic in it. */
  memory(): Map<string, number> {
    const { pid, parts } = JSON.parse(
      readFileSync(path.join(DIR, 'run.json'), 'utf8'),
    ) as RunRecord;
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,rss='], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n')
      .map(row => row.trim().split(/\s+/).map(Number));
    const sum = (is: (row: number[]) => boolean) =>
      rows.filter(is).reduce((all, [id, , rss]) => all + memoryOf(id, rss), 0);
    return new Map([
      ['supervisor', sum(([id]) => id === pid)],
      ...parts
        .filter(part => part.pid !== pid)
        .map((part): [string, number] => [
          part.name,
          sum(([, group]) => group === part.pid),
        ]),
    ]);
  }

  /** Bytes of everything that it started, and of itself. */
  memoryOfAll(): number {
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n')
      .map(row => row.trim().split(/\s+/).map(Number));
    const family = new Set([this.#child.pid!]);
    for (let before = 0; before !== family.size; ) {
      before = family.size;
      for (const [id, parent] of rows) {
        if (family.has(parent)) {
          family.add(id);
        }
      }
    }
    return rows
      .filter(([id]) => family.has(id))
      .reduce((all, [id, , rss]) => all + memoryOf(id, rss), 0);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
  }
}

function memoryOf(pid: number, rssKilobytes: number): number {
  const rollup = `/proc/${pid}/smaps_rollup`;
  const proportional = existsSync(rollup)
    ? readFileSync(rollup, 'utf8').match(/^Pss:\s+(\d+)/m)?.[1]
    : undefined;
  return Number(proportional ?? rssKilobytes) * 1024;
}

/** With the clusters; nothing where they cannot be had. */
async function withKubernetes(): Promise<Figure[]> {
  const whole = new SandboxProcess(`${PARTS},kubernetes`);
  try {
    await whole.says('kubernetes ready', KUBERNETES_SECONDS);
  } catch {
    return [];
  }
  await delay(SETTLE_SECONDS * 1000);
  const all = whole.memoryOfAll();
  await whole.stop();
  return [
    {
      measure: 'memory of the sandbox with Kubernetes',
      figure: megabytes(all),
      target: `≤${megabytes(TARGET_BYTES_WITH_KUBERNETES)}`,
      met: all <= TARGET_BYTES_WITH_KUBERNETES,
      details: ['two clusters with the workloads of the five systems'],
    },
  ];
}

/** The sandbox with and without Kubernetes: how long a warm start takes, and what it needs with its past in place. */
export const sandbox: Measure = {
  name: 'sandbox',
  title: 'warm start and memory of the sandbox',
  async run(_, { rounds, say }) {
    const first = new SandboxProcess();
    await first.says('systems are in AWS', READY_SECONDS);
    const past = await first.says('has the past', PAST_SECONDS);
    say(`its past of 100 days took ${seconds(past / 1000)}`);
    await first.stop();

    const starts: number[] = [];
    let parts = new Map<string, number>();
    for (let round = 1; round <= rounds; round += 1) {
      const warm = new SandboxProcess();
      starts.push((await warm.says('Ready:', READY_SECONDS)) / 1000);
      if (round === rounds) {
        await delay(SETTLE_SECONDS * 1000);
        parts = warm.memory();
      }
      await warm.stop();
    }
    const all = [...parts.values()].reduce((sum, bytes) => sum + bytes, 0);
    return [
      {
        measure: 'warm start of the sandbox without Kubernetes',
        figure: seconds(median(starts)),
        target: `≤${TARGET_SECONDS} s`,
        met: median(starts) <= TARGET_SECONDS,
        details: [
          `starts: ${starts.map(seconds).join(', ')}`,
          `the first start's past of 100 days: ${seconds(past / 1000)}`,
        ],
      },
      {
        measure: 'memory of the sandbox without Kubernetes',
        figure: megabytes(all),
        target: `≤${megabytes(TARGET_BYTES)}`,
        met: all <= TARGET_BYTES,
        details: [...parts].map(
          ([name, bytes]) => `${name}: ${megabytes(bytes)}`,
        ),
      },
      ...(await withKubernetes()),
    ];
  },
};
