import type { Happening, Instruction, Schedule } from './schedule';

function schedule(options: {
  programs: Instruction[][];
  happenings: Happening[];
  rate?: number;
  picks?: number[];
}): Schedule {
  const { programs, happenings, rate = 1, picks = [] } = options;
  return {
    processes: [1, 2].map(() => ({ rate, wallOffsetMs: 0 })),
    runs: [
      programs.map(program => ({
        dependsOn: [],
        program,
        canUndo: true,
        undoFails: 0,
        timeoutSeconds: null,
        retries: 0,
      })),
    ],
    happenings,
    picks,
  };
}

const signal = { do: 'command', process: 1, run: 0, step: 0, type: 'signal' };

/** A signal at each moment around the one where a run goes to rest, which random schedules seldom meet. */
export const signalsAroundRest: Schedule[] = Array.from(
  { length: 45 },
  (_, index) =>
    schedule({
      programs: [[{ do: 'ask', withinMs: null }]],
      happenings: [{ at: index + 10, ...signal } as Happening],
    }),
);

/** Schedules that once found a fault of the engine, as small as they could be made. */
export const regressions: Array<{ what: string; schedule: Schedule }> = [
  {
    what: 'a machine that died in the middle of a transaction held its run for as long as the server took it to live',
    schedule: schedule({
      programs: [[{ do: 'call', guard: 'token', refused: 0 }]],
      happenings: [
        {
          at: 19,
          do: 'crash',
          process: 0,
          when: 'now',
          awayMs: 60_000,
          machine: true,
        },
      ],
    }),
  },
  {
    what: 'a step whose time had come by the database, but not yet by its own clock, was begun over and over again',
    schedule: schedule({
      rate: 0.97,
      programs: [[{ do: 'wait', ms: 5500 }], [{ do: 'deaf', ms: 12_000 }]],
      happenings: [],
    }),
  },
  {
    what: 'a repeat that was throttled counted as the answer to the try that was lost, and the next attempt did it again',
    schedule: schedule({
      programs: [[{ do: 'call', guard: 'token', refused: 0 }]],
      happenings: [
        { at: 0, do: 'aws', faults: ['answer-lost', 'throttled'], ms: 10 },
      ],
    }),
  },
  {
    what: 'a process that woke was given its own result after another had recorded its own',
    schedule: schedule({
      programs: [
        [
          { do: 'call', guard: 'precondition', refused: 0 },
          { do: 'sleep', ms: 1000 },
        ],
      ],
      happenings: [
        {
          at: 0,
          do: 'freeze',
          process: 0,
          when: 'sending',
          ms: 11_000,
          clocks: 'none',
        },
      ],
    }),
  },
  {
    what: 'a step whose time was up was said to have been waiting although a signal had moved it',
    schedule: schedule({
      programs: [[{ do: 'ask', withinMs: 1 }], [{ do: 'tell', count: 3 }]],
      happenings: [
        { at: 70, ...signal } as Happening,
        { at: 72, ...signal } as Happening,
      ],
      picks: [
        1368, 61, 551, 3380, 2407, 1522, 2335, 4089, 3845, 4088, 3680, 5, 3,
        2522, 4088, 9, 0, 4089, 1, 1403, 532, 1443, 4085, 7, 3951, 7, 2, 4093,
        2939, 1008, 4087, 2604, 713, 2341, 2604, 3772, 3228, 1052, 2312, 2,
        2434, 2993, 9, 2, 10, 3, 1480, 4085, 3588, 2, 5, 1351, 4084, 3910, 1032,
        10, 113, 4092, 4084, 2,
      ],
    }),
  },
];
