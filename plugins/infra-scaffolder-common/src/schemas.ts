import { z } from 'zod';
import { APPROVAL_STATES } from './approval';
import { text } from './plainText';
import { INFRA_ENGINES, INFRA_STATUSES } from './types';

const entityRef = (kind: string) =>
  z
    .string()
    .max(200)
    .regex(
      new RegExp(
        `^${kind}:[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:[-_.][a-z0-9]+)*$`,
        'i',
      ),
      `Write it as ${kind}:default/name.`,
    )
    .transform(ref => ref.toLocaleLowerCase('en-US'));

const parameterValue = z.union(
  [
    text(2000),
    z.literal(''),
    z.number(),
    z.boolean(),
    z.array(text(2000)).max(200),
  ],
  'A value is text, a number, yes or no, or a list of texts.',
);

const parameters = z.record(z.string().max(100), parameterValue);

const instant = z
  .string()
  .max(40)
  .refine(
    value => z.iso.datetime({ offset: true }).safeParse(value).success,
    'Write a time in UTC like 2026-12-02T18:00:00Z.',
  );

const blueprint = z.strictObject({ id: text(100), version: text(50) });

/** @public */
export const environmentRequestSchema = z.strictObject({
  blueprint,
  name: text(200),
  owner: entityRef('group'),
  system: entityRef('system'),
  accountId: z.string().regex(/^\d{12}$/, 'An account id has 12 digits.'),
  region: text(50),
  size: text(50),
  cidr: text(50),
  engine: z.enum(INFRA_ENGINES),
  parameters,
  expiresAt: instant.optional(),
});

/** Of a form that is being filled in: any field may be missing or empty. @public */
export const partialEnvironmentRequestSchema = z.strictObject({
  blueprint: blueprint.optional(),
  name: z.string().max(200).optional(),
  owner: z.string().max(200).optional(),
  system: z.string().max(200).optional(),
  accountId: z.string().max(200).optional(),
  region: z.string().max(200).optional(),
  size: z.string().max(200).optional(),
  cidr: z.string().max(200).optional(),
  engine: z.string().max(200).optional(),
  expiresAt: z.string().max(200).optional(),
  parameters: z
    .record(
      z.string().max(100),
      z.union([parameterValue, z.null(), z.string()]),
    )
    .optional(),
});

/** @public */
export const environmentUpdateSchema = z.strictObject({
  size: text(50).optional(),
  parameters: parameters.optional(),
  blueprintVersion: text(50).optional(),
});

/** A filter that is left empty filters nothing. */
const orNothing = <TSchema extends z.ZodType>(schema: TSchema) =>
  z
    .literal('')
    .transform(() => undefined)
    .or(schema)
    .optional();

/** Query string of GET /environments; `status` may be repeated. @public */
export const environmentQuerySchema = z.strictObject({
  owner: orNothing(entityRef('group')),
  system: orNothing(entityRef('system')),
  status: z
    .union([
      z.enum(INFRA_STATUSES).transform(status => [status]),
      z.array(z.enum(INFRA_STATUSES)).max(INFRA_STATUSES.length),
    ])
    .optional(),
  search: orNothing(text(100)),
  includeEnded: z
    .enum(['true', 'false'])
    .transform(value => value === 'true')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: orNothing(text(500)),
});

/** @public */
export const cidrProposalSchema = z.strictObject({
  accountId: z.string().max(200),
  region: z.string().max(200),
  prefixLength: z.number().int().min(16).max(28),
});

/** @public */
export const idempotencyKeySchema = text(200);

/** @public */
export const acceptDriftSchema = z.strictObject({
  attributes: z
    .array(z.strictObject({ logicalId: text(255), attribute: text(1000) }))
    .min(1, 'Name at least one attribute.')
    .max(100),
});

/** @public */
export const startUpgradesSchema = z.strictObject({
  environmentIds: z
    .array(z.uuid())
    .min(1, 'Choose at least one environment.')
    .max(100, 'Choose at most 100 environments at once.'),
});

/** @public */
export const destroyRequestSchema = z.strictObject({
  confirmName: z.string().max(200),
  /** Why it is destroyed though others depend on it. */
  despiteDependents: text(500).optional(),
});

/** @public */
export const freezeRequestSchema = z.strictObject({ reason: text(500) });

/** @public */
export const leaseRequestSchema = z.strictObject({
  reason: text(500),
  seconds: z.number().int().min(10).max(3600),
});

/** @public */
export const leaseRenewalSchema = leaseRequestSchema.pick({ seconds: true });

/** @public */
export const confirmRequestSchema = z.strictObject({
  planHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'A plan hash has 64 hex digits.'),
});

const stepId = text(100);

/** @public */
export const runCommandSchema = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('pause') }),
    z.strictObject({ type: z.literal('resume') }),
    z.strictObject({ type: z.literal('cancel'), reason: text(500).optional() }),
    z.strictObject({ type: z.literal('retry'), stepId }),
    z.strictObject({ type: z.literal('skip'), stepId, reason: text(500) }),
  ],
  'A command is one of pause, resume, cancel, retry, skip.',
);

/** Query string of the event routes: events after this sequence. @public */
export const eventsQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});

const planHash = confirmRequestSchema.shape.planHash;

/** @public */
export const approvalDecisionSchema = z.discriminatedUnion(
  'decision',
  [
    z.strictObject({
      decision: z.literal('approve'),
      planHash,
      comment: text(500).optional(),
    }),
    z.strictObject({
      decision: z.literal('reject'),
      planHash,
      comment: text(500),
    }),
    z.strictObject({
      decision: z.literal('revoke'),
      planHash,
      comment: text(500),
    }),
  ],
  'A decision is approve, or reject or revoke with a comment that says why.',
);

const listOf = <TSchema extends z.ZodType>(schema: TSchema) =>
  z.array(schema).max(100).default([]);

/** @public */
export const freezePeriodSchema = z
  .strictObject({
    title: text(100),
    from: z.iso.datetime('Write a time in UTC, e.g. 2026-11-27T00:00:00Z.'),
    until: z.iso.datetime('Write a time in UTC, e.g. 2026-11-30T00:00:00Z.'),
    scope: z.strictObject({
      accountIds: listOf(environmentRequestSchema.shape.accountId),
      sizes: listOf(text(50)),
      systems: listOf(entityRef('system')),
    }),
  })
  .refine(({ from, until }) => new Date(from) < new Date(until), {
    path: ['until'],
    message: 'It has to end after it begins.',
  });

/** @public */
export const freezeOverrideSchema = z.strictObject({
  planHash,
  reason: text(500),
});

/** Query string of GET /approvals. @public */
export const approvalQuerySchema = z.strictObject({
  state: z.enum(APPROVAL_STATES).optional(),
});

/** Query string of GET /freezes. @public */
export const freezeQuerySchema = environmentQuerySchema.pick({
  includeEnded: true,
});

/** Query string of GET /freeze-outlook. @public */
export const freezeOutlookQuerySchema = z.strictObject({
  accountId: z.string().max(200),
  size: z.string().max(200),
  system: z.string().max(200),
});
