import fc from 'fast-check';
import type { FrozenClocks } from './VirtualTime';

export type Guard = 'token' | 'name' | 'precondition' | 'none';

/** What a step does, one after the other. */
export type Instruction =
  /** `refused`: in so many attempts the service says no. */
  | { do: 'call'; guard: Guard; refused: number }
  | { do: 'sleep'; ms: number }
  /** Tells of so many things, each once. */
  | { do: 'tell'; count: number }
  | { do: 'ask'; withinMs: number | null }
  | { do: 'wait'; ms: number }
  | { do: 'fail'; times: number; retryable: boolean }
  /** Works without heeding its signal. */
  | { do: 'deaf'; ms: number };

export interface SimulatedStep {
  dependsOn: number[];
  program: Instruction[];
  /** Whether it has `cancel` and `compensate`. */
  canUndo: boolean;
  undoFails: number;
  timeoutSeconds: number | null;
  retries: number;
}

export type AwsFault =
  | 'throttled'
  | 'refused'
  | 'broken'
  /** The request never arrives. */
  | 'request-lost'
  /** It takes effect, the answer never arrives. */
  | 'answer-lost'
  /** The answer is lost, and the request arrives after that. */
  | 'late'
  | 'slow'
  /** A read that does not see the newest effect. */
  | 'stale';

export type StatementFault =
  /** The connection breaks before the statement arrives. */
  | 'request-lost'
  /** It is carried out, the answer never arrives. */
  | 'answer-lost'
  /** The connection breaks, and the server carries the statement out after that. */
  | 'late';

/**
 * When a process meets its fate: at once, or the next time that one has journalled an intent and not heard so yet, is
 * about to send a request to AWS, or is about to hear the answer.
 */
export type Moment = 'now' | 'journalled' | 'sending' | 'answering';

export type ProcessFault = { process: number; when: Moment } & (
  | { do: 'crash'; awayMs: number; machine: boolean }
  | { do: 'freeze'; ms: number; clocks: FrozenClocks }
);

export type Happening = { at: number } & (
  | ProcessFault
  | { do: 'partition'; process: number; ms: number }
  | { do: 'twin'; process: number }
  | { do: 'deploy'; process: number }
  | { do: 'set-wall'; process: number; byMs: number }
  | { do: 'statement'; process: number; fault: StatementFault }
  | { do: 'database-restarts'; ms: number }
  | { do: 'aws'; faults: AwsFault[]; ms: number }
  | { do: 'settling-fails' }
  | { do: 'follow'; process: number; run: number }
  | {
      do: 'command';
      process: number;
      run: number;
      step: number;
      type: 'pause' | 'resume' | 'cancel' | 'retry' | 'skip' | 'signal';
    }
);

/** Everything that is not the engine's own doing: one value, one course of events. */
export interface Schedule {
  processes: Array<{ rate: number; wallOffsetMs: number }>;
  runs: SimulatedStep[][];
  /** `at`: the number of the step of the simulation. */
  happenings: Happening[];
  /** Which of the things that could happen next does; 0, also where the list is over, is the one that waited longest. */
  picks: number[];
}

export const LONGEST_PICK = 4095;
const LAST_HAPPENING = 260;

const ms = (min: number, max: number) => fc.integer({ min, max });
const process = fc.nat(3);
const at = fc.nat(LAST_HAPPENING);
const when = fc.constantFrom<Moment>(
  'now',
  'journalled',
  'sending',
  'answering',
);

const instructions: fc.Arbitrary<Instruction> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      guard: fc.constantFrom<Guard>('token', 'name', 'precondition', 'none'),
      refused: fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        fc.constant(1),
      ),
    }),
  },
  fc.record({ do: fc.constant('sleep' as const), ms: ms(0, 6000) }),
  fc.record({ do: fc.constant('tell' as const), count: ms(1, 3) }),
  fc.record({
    do: fc.constant('ask' as const),
    withinMs: fc.option(ms(0, 20_000)),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: ms(0, 8000) }),
  fc.record({
    do: fc.constant('fail' as const),
    times: ms(0, 2),
    retryable: fc.boolean(),
  }),
  fc.record({ do: fc.constant('deaf' as const), ms: ms(0, 12_000) }),
);

const steps: fc.Arbitrary<SimulatedStep> = fc.record({
  dependsOn: fc.array(fc.nat(4), { maxLength: 2 }),
  program: fc.array(instructions, { minLength: 1, maxLength: 3 }),
  canUndo: fc.oneof(
    { weight: 4, arbitrary: fc.constant(true) },
    fc.constant(false),
  ),
  undoFails: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, ms(1, 2)),
  timeoutSeconds: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    ms(1, 20),
  ),
  retries: fc.nat(2),
});

const happenings: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      at,
      do: fc.constant('crash' as const),
      process,
      when,
      awayMs: ms(0, 20_000),
      machine: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      at,
      do: fc.constant('freeze' as const),
      process,
      when,
      ms: ms(10, 40_000),
      clocks: fc.constantFrom<FrozenClocks>('none', 'monotonic', 'both'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      at,
      do: fc.constant('partition' as const),
      process,
      ms: ms(10, 30_000),
    }),
  },
  fc.record({ at, do: fc.constant('twin' as const), process }),
  fc.record({ at, do: fc.constant('deploy' as const), process }),
  fc.record({
    at,
    do: fc.constant('set-wall' as const),
    process,
    byMs: ms(-3_600_000, 3_600_000),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      at,
      do: fc.constant('statement' as const),
      process,
      fault: fc.constantFrom<StatementFault>(
        'request-lost',
        'answer-lost',
        'late',
      ),
    }),
  },
  fc.record({
    at,
    do: fc.constant('database-restarts' as const),
    ms: ms(100, 8000),
  }),
  {
    weight: 8,
    arbitrary: fc.record({
      at,
      do: fc.constant('aws' as const),
      faults: fc.array(
        fc.constantFrom<AwsFault>(
          'throttled',
          'refused',
          'broken',
          'request-lost',
          'answer-lost',
          'late',
          'slow',
          'stale',
        ),
        { minLength: 1, maxLength: 3 },
      ),
      ms: ms(10, 20_000),
    }),
  },
  fc.record({ at, do: fc.constant('settling-fails' as const) }),
  fc.record({
    at,
    do: fc.constant('follow' as const),
    process,
    run: fc.nat(1),
  }),
  {
    weight: 8,
    arbitrary: fc.record({
      at,
      do: fc.constant('command' as const),
      process,
      run: fc.nat(1),
      step: fc.nat(4),
      type: fc.constantFrom(
        'pause' as const,
        'resume' as const,
        'cancel' as const,
        'retry' as const,
        'skip' as const,
        'signal' as const,
      ),
    }),
  },
);

/** Random schedules that shrink: fewer happenings, shorter runs, and picks that are the first of the line again. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  processes: fc.array(
    fc.record({
      rate: fc.constantFrom(1, 0.97, 1.03),
      wallOffsetMs: ms(-3_600_000, 3_600_000),
    }),
    { minLength: 2, maxLength: 4, size: 'max' },
  ),
  runs: fc.array(fc.array(steps, { minLength: 1, maxLength: 5, size: 'max' }), {
    minLength: 1,
    maxLength: 2,
    size: 'max',
  }),
  happenings: fc.array(happenings, { maxLength: 14, size: 'max' }),
  picks: fc.array(fc.nat(LONGEST_PICK), { maxLength: 260, size: 'max' }),
});
