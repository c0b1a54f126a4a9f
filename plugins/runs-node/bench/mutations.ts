/**
 * Shows that the simulation can fail: breaks a copy of the engine in one way after the other, and plays schedules until
 * one of them notices.
 *
 * Usage: DATABASE_URL=postgres://… mutations.ts [--count 1000] [--only <words of its name>]
 */
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

interface Mutation {
  name: string;
  file: string;
  from: string;
  to: string;
}

const mutations: Mutation[] = [
  {
    name: 'a write does not ask for the fence',
    file: 'src/store/writeRun.ts',
    from: 'where.fence = fence;',
    to: '',
  },
  {
    name: 'a take-up does not raise the fence',
    file: 'src/store/LeaseStore.ts',
    from: 'const fence = run.fence + 1;',
    to: 'const fence = run.fence;',
  },
  {
    name: 'no intent is written',
    file: 'src/engine/CallJournal.ts',
    from: 'if (!isOpen) {',
    to: 'if (call.name === undefined) {',
  },
  {
    name: 'a new attempt takes a new token after a lost answer',
    file: 'src/engine/CallJournal.ts',
    from: "earlier?.state === 'intended' ? earlier.token",
    to: "earlier?.state === 'failed' ? earlier.token",
  },
  {
    name: 'a refused repeat counts as the answer to the lost try',
    file: 'src/engine/CallJournal.ts',
    from: 'before.wasTried);',
    to: 'false);',
  },
  {
    name: 'a call that nothing protects is repeated',
    file: 'src/engine/CallJournal.ts',
    from: "wasTried && call.guard.type === 'none'",
    to: "wasTried && call.name === 'none'",
  },
  {
    name: 'a repeat does not look whether the effect is there',
    file: 'src/engine/CallJournal.ts',
    from: "(guard.type === 'name' && !mayExist)",
    to: "guard.type === 'precondition' || (guard.type === 'name' && !mayExist)",
  },
  {
    name: 'the lease is not looked at before a side effect',
    file: 'src/engine/CallJournal.ts',
    from: 'await lease.assureFresh();',
    to: '',
  },
  {
    name: 'the result of a call is recorded twice',
    file: 'src/store/CallStore.ts',
    from: '.where(key)\n              .whereExists(ifLocked)',
    to: `.where({ ...key, state: knex.ref('state') })
              .whereExists(ifLocked)`,
  },
  {
    name: 'a driver that lost its run takes an unwritten result as written',
    file: 'src/store/CallStore.ts',
    from: '!written && !(await this.#isDriver(scope))',
    to: '!written && scope.fence < 0',
  },
  {
    name: 'a run rests although somebody acted meanwhile',
    file: 'src/engine/Driver.ts',
    from: `      release: { claimableAt: decision.wakeAt ?? 'never' },
      ifSequenceIs: snapshot.run.lastSequence,`,
    to: `      release: { claimableAt: decision.wakeAt ?? 'never' },`,
  },
  {
    name: 'a signal that came while the step decided to wait is overlooked',
    file: 'src/engine/StepRunner.ts',
    from: '(await hasUnusedSignal(tx, snapshot.run.id, signal))',
    to: "(await hasUnusedSignal(tx, snapshot.run.id, signal)) && signal === ''",
  },
  {
    name: 'a step is begun although a signal moved it meanwhile',
    file: 'src/engine/Driver.ts',
    from: '...(mayBeTold && {',
    to: '...(mayBeTold && starts.length === 0 && {',
  },
  {
    name: 'a step that was left over is not begun again',
    file: 'src/state/decide.ts',
    from: "step.state === 'running' ||",
    to: "(step.state as string) === 'left' ||",
  },
  {
    name: 'a transaction may be silent for ever',
    file: 'src/store/RunDatabase.ts',
    from: '= ${this.#silentMs}',
    to: '= 0',
  },
  {
    name: "a step's time lags behind the database's",
    file: 'src/engine/Driver.ts',
    from: 'lease.learn(snapshot.now);',
    to: '',
  },
  {
    name: 'a stream ends as soon as the run is settled',
    file: 'src/stream/followRun.ts',
    from: 'if (events.length > 0) {',
    to: 'if (events.length > 0 && !isSettledRunState(head.state)) {',
  },
  {
    name: 'undoing passes over what had succeeded',
    file: 'src/state/undo.ts',
    from: "patches[step.id] = { undo: 'compensate' };",
    to: '',
  },
];

const run = promisify(execFile);
const packageDir = path.resolve(__dirname, '..');
const rootDir = path.resolve(packageDir, '../..');

/** @returns what noticed, and at which schedule; undefined where nothing did. */
async function play(
  mutation: Mutation,
  count: string,
): Promise<string | undefined> {
  const dir = mkdtempSync(path.join(tmpdir(), 'slipway-mutation-'));
  try {
    const copy = path.join(dir, 'plugins/runs-node');
    cpSync(packageDir, copy, {
      recursive: true,
      filter: source => path.basename(source) !== 'node_modules',
    });
    symlinkSync(
      path.join(rootDir, 'node_modules'),
      path.join(dir, 'node_modules'),
    );
    const file = path.join(copy, mutation.file);
    const text = readFileSync(file, 'utf8');
    if (text.split(mutation.from).length !== 2) {
      throw new Error(`'${mutation.from}' is not once in ${mutation.file}`);
    }
    writeFileSync(
      file,
      text.replace(mutation.from, () => mutation.to),
    );
    const { stdout } = await run(
      process.execPath,
      [
        '--require',
        path.join(
          rootDir,
          'node_modules/@backstage/cli/config/nodeTransform.cjs',
        ),
        path.join(copy, 'bench/schedules.ts'),
        '--count',
        count,
        '--first-failure',
      ],
      { cwd: dir, maxBuffer: 2 ** 26 },
    ).catch(error => error as { stdout: string });
    if (!/^\d+ passed, \d+ failed$/m.test(stdout)) {
      throw new Error(`The schedules were not played to the end: ${stdout}`);
    }
    return /^seed (.*)$/m.exec(stdout)?.[1];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '1000' },
      only: { type: 'string', default: '' },
    },
  });
  const chosen = mutations.filter(({ name }) => name.includes(values.only));
  let unnoticed = 0;
  for (const mutation of chosen) {
    const noticed = await play(mutation, values.count);
    unnoticed += noticed ? 0 : 1;
    process.stdout.write(
      `${mutation.name}: ${
        noticed ? `noticed at schedule ${noticed}` : 'NOT NOTICED'
      }\n`,
    );
  }
  process.stdout.write(
    `${chosen.length - unnoticed} passed, ${unnoticed} failed\n`,
  );
  process.exitCode = unnoticed > 0 ? 1 : 0;
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
