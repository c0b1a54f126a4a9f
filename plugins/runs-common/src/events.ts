import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import { RUN_EVENT_CODES } from './types';
import type { RunEvent, RunProblem, RunState, StepState } from './types';

const runStates = [
  'queued',
  'running',
  'waiting',
  'paused',
  'needs-attention',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies readonly RunState[];

const stepStates = [
  'pending',
  'running',
  'waiting',
  'needs-attention',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const satisfies readonly StepState[];

const jsonValue = z.json() as z.ZodType<JsonValue>;
const jsonObject = z.record(z.string(), jsonValue) as z.ZodType<JsonObject>;

const problem: z.ZodType<RunProblem> = z.object({
  code: z.string(),
  message: z.string(),
  mend: z.string().optional(),
  facts: jsonObject.optional(),
});

const guard = z.enum(['token', 'name', 'precondition', 'none']);

const schemas = {
  [RUN_EVENT_CODES.created]: z.object({}),
  [RUN_EVENT_CODES.state]: z.object({
    from: z.enum(runStates),
    to: z.enum(runStates),
    problem: problem.optional(),
  }),
  [RUN_EVENT_CODES.step]: z.object({
    from: z.enum(stepStates),
    to: z.enum(stepStates),
    attempt: z.number().int(),
    problem: problem.optional(),
    waitingFor: z
      .object({
        signal: z.string().optional(),
        title: z.string(),
        until: z.string().optional(),
      })
      .optional(),
    output: jsonObject.optional(),
    skippedReason: z.string().optional(),
    undo: z.enum(['cancel', 'compensate']).optional(),
  }),
  [RUN_EVENT_CODES.progress]: z.object({
    done: z.number(),
    total: z.number(),
    unit: z.string(),
  }),
  [RUN_EVENT_CODES.callIntended]: z.object({
    call: z.string(),
    guard,
    facts: jsonObject,
  }),
  [RUN_EVENT_CODES.callSucceeded]: z.object({
    call: z.string(),
    durationMs: z.number(),
    adopted: z.boolean(),
  }),
  [RUN_EVENT_CODES.callFailed]: z.object({ call: z.string(), problem }),
  [RUN_EVENT_CODES.callLost]: z.object({
    call: z.string(),
    reason: z.string(),
  }),
  [RUN_EVENT_CODES.callResumed]: z.object({
    call: z.string(),
    guard,
    decision: z.enum(['repeat', 'adopt', 'stop']),
  }),
  [RUN_EVENT_CODES.command]: z.object({
    command: z.enum(['pause', 'resume', 'cancel', 'retry', 'skip']),
    stepId: z.string().optional(),
    reason: z.string().optional(),
  }),
  [RUN_EVENT_CODES.signal]: z.object({
    signal: z.string(),
    payload: jsonValue,
  }),
  [RUN_EVENT_CODES.taken]: z.object({ driver: z.string(), fence: z.number() }),
  [RUN_EVENT_CODES.log]: jsonObject,
};

/** A code that the engine itself emits. @public */
export type RunEngineEventCode =
  (typeof RUN_EVENT_CODES)[keyof typeof RUN_EVENT_CODES];

/** What `data` holds, by code. @public */
export type RunEventData = {
  [Code in RunEngineEventCode]: z.infer<(typeof schemas)[Code]>;
};

/**
 * Reads an event's data as the type of the given code.
 *
 * @returns undefined where the event has another code, or data that does not fit it.
 * @public
 */
export function parseRunEventData<Code extends RunEngineEventCode>(
  event: Pick<RunEvent, 'code' | 'data'>,
  code: Code,
): RunEventData[Code] | undefined {
  if (event.code !== code) {
    return undefined;
  }
  const parsed = schemas[code].safeParse(event.data);
  return parsed.success ? (parsed.data as RunEventData[Code]) : undefined;
}
