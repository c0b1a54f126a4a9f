import { z } from 'zod';
import { REGION, ZONE } from './darkness';

const effect = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dark'),
    mode: z.enum(['drop', 'hang', 'unavailable']).default('drop'),
  }),
  z.object({
    kind: z.literal('latency'),
    delayMs: z.number().min(0).max(600_000),
    jitterMs: z.number().min(0).max(600_000).default(0),
  }),
  z.object({ kind: z.literal('throttle') }),
  z.object({ kind: z.literal('error') }),
  z.object({ kind: z.literal('lose') }),
  z.object({ kind: z.literal('stale') }),
]);

const name = z.string().min(1).max(200);
const A_YEAR_MS = 365 * 86_400_000;

/** Which faults are meant, by what they match. */
export const faultMatch = z.strictObject({
  account: name.optional(),
  region: z
    .string()
    .regex(REGION, 'is not a region such as us-east-1')
    .optional(),
  zone: z.string().regex(ZONE, 'is not a zone such as us-east-1a').optional(),
  service: name.optional(),
  operation: name.optional(),
});

/** A fault as it is asked for over HTTP. */
export const faultInput = z
  .strictObject({
    effect,
    match: faultMatch.default({}),
    probability: z.number().gt(0).max(1).optional(),
    times: z.number().int().min(1).optional(),
    durationMs: z.number().min(1).max(A_YEAR_MS).optional(),
  })
  .refine(
    ({ match, ...fault }) =>
      match.zone === undefined ||
      (Object.keys(match).length === 1 &&
        fault.effect.kind === 'dark' &&
        fault.probability === undefined &&
        fault.times === undefined),
    'A zone can only be dark as a whole.',
  )
  .refine(
    ({ effect: { kind }, match }) =>
      kind !== 'dark' || Object.keys(match).length > 0,
    'What is to be dark?',
  );

/** Input of the sandbox's own call that starts a fault. */
export type FaultInput = z.input<typeof faultInput>;
