import { z } from 'zod';
import { text } from './plainText';
import type { PolicyFinding } from './types';

/** What a rule does with a plan that is against it; `off` by configuration: nothing. @public */
export type PolicyEffect = PolicyFinding['effect'] | 'off';

/** How a rule looks at one sort of resource. @public */
export interface Policy {
  id: string;
  effect: PolicyEffect;
  /** What it looks at, e.g. `AWS::RDS::DBInstance`; empty: the plan as a whole. */
  types: string[];
  message: string;
  mend: string;
  /** What it makes of a value that is known only once something is made, and why. */
  unknown: string;
  /** As it is written. */
  text: string;
}

/** A rule that plans are held to: what findings, exemptions and settings call by its id. @public */
export interface PolicyRule {
  rule: string;
  title: string;
  /** The strictest of its policies. */
  effect: PolicyEffect;
  policies: Policy[];
}

/** @public */
export const EXEMPTION_STATES = [
  'asked',
  'active',
  'expired',
  'declined',
  'revoked',
] as const;

/**
 * `asked`: nobody with the right has decided. `declined`: somebody has, against it. `revoked`: it was taken back before
 * it expired.
 * @public
 */
export type ExemptionState = (typeof EXEMPTION_STATES)[number];

/** Somebody answers for leaving something as it is, until a day. @public */
export interface Exemption {
  id: string;
  state: ExemptionState;
  rule: string;
  /** Where it holds; absent: in every environment. */
  environment?: { id: string; name: string };
  /** Of resources' paths; `*` stands for anything, e.g. `bastion/*`. */
  resourcePattern: string;
  /** Entity reference of a person or group. */
  owner: string;
  reason: string;
  expiresAt: string;
  askedBy: string;
  askedAt: string;
  grantedBy?: string;
  grantedAt?: string;
  /** Who declined or revoked it. */
  endedBy?: string;
  endedAt?: string;
}

/** What the policies say of an environment as it stands. @public */
export interface AppliedFindings {
  findings: PolicyFinding[];
  /** The plan that was applied last, its run, and when it was over. */
  planId: string;
  runId: string;
  appliedAt: string;
}

/** @public */
export type NewExemption = Pick<
  Exemption,
  'rule' | 'resourcePattern' | 'owner' | 'reason' | 'expiresAt'
> & {
  /** Absent: every environment. */
  environmentId?: string;
};

/** The longest that an exemption may hold, in days. @public */
export const LONGEST_EXEMPTION_DAYS = 366;

const MOST_STARS = 5;

/** @public */
export const newExemptionSchema = z.strictObject({
  rule: text(100),
  environmentId: z.uuid().optional(),
  resourcePattern: text(300).refine(
    pattern => pattern.split('*').length - 1 <= MOST_STARS,
    `Use at most ${MOST_STARS} stars.`,
  ),
  owner: z
    .string()
    .max(200)
    .regex(
      /^(user|group):[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:[-_.][a-z0-9]+)*$/i,
      'Write it as group:default/name or user:default/name.',
    )
    .transform(ref => ref.toLocaleLowerCase('en-US')),
  reason: text(500),
  expiresAt: z.iso.datetime('Write a time in UTC, e.g. 2026-12-24T00:00:00Z.'),
});

/** Query string of GET /exemptions. @public */
export const exemptionQuerySchema = z.strictObject({
  environmentId: z.uuid().optional(),
});

/** Findings that keep a plan from being applied. @public */
export function denyingFindings(
  findings: PolicyFinding[] | undefined,
): PolicyFinding[] {
  return (findings ?? []).filter(
    ({ effect, exemption }) => effect === 'deny' && !exemption,
  );
}

/** Whether a text is like a pattern, in which `*` stands for any text; in time that grows with both lengths only. */
function isLike(pattern: string, path: string): boolean {
  const [head, ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) {
    return path === head;
  }
  if (
    !path.startsWith(head) ||
    !path.endsWith(tail) ||
    path.length < head.length + tail.length
  ) {
    return false;
  }
  // The first place of each part leaves most for those after it.
  const middle = path.slice(head.length, path.length - tail.length);
  let from = 0;
  return rest.every(part => {
    const at = middle.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

/** Whether an exemption is about a resource. @public */
export function exemptionCovers(
  { rule, resourcePattern }: Pick<Exemption, 'rule' | 'resourcePattern'>,
  finding: Pick<PolicyFinding, 'rule' | 'path'>,
): boolean {
  return rule === finding.rule && isLike(resourcePattern, finding.path ?? '');
}
