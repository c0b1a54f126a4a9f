import type { PolicyFinding } from '@slipway/plugin-infra-scaffolder-common';

/** Somebody answers for leaving something as it is, until a day. */
export interface Exemption {
  id: string;
  /** Id of the rule. */
  rule: string;
  /** Undefined: every environment. */
  environmentId?: string;
  /** Of resources' paths; `*` stands for anything, e.g. `bastion/*`. */
  resourcePattern: string;
  owner: string;
  reason: string;
  grantedBy: string;
  grantedAt: Date;
  expiresAt: Date;
  revokedBy?: string;
  revokedAt?: Date;
}

/** From when it is granted until it is revoked or expires; at that very moment it is over. */
export function isActive(exemption: Exemption, at: Date): boolean {
  const { grantedAt, expiresAt, revokedAt } = exemption;
  return grantedAt <= at && at < expiresAt && !(revokedAt && revokedAt <= at);
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern
    .split('*')
    .map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(path);
}

/** Findings with the exemptions that hold at a moment; what was exempt before and is no longer is told as it is. */
export function exempt(
  findings: PolicyFinding[],
  exemptions: Exemption[],
  where: { environmentId: string; at: Date },
): PolicyFinding[] {
  const active = exemptions.filter(
    each =>
      isActive(each, where.at) &&
      (each.environmentId ?? where.environmentId) === where.environmentId,
  );
  return findings.map(({ exemption: _, ...finding }) => {
    const [last] = active
      .filter(
        each =>
          each.rule === finding.rule &&
          matches(each.resourcePattern, finding.path ?? ''),
      )
      .sort((a, b) => b.expiresAt.getTime() - a.expiresAt.getTime());
    return last
      ? {
          ...finding,
          exemption: {
            owner: last.owner,
            reason: last.reason,
            until: last.expiresAt.toISOString(),
          },
        }
      : finding;
  });
}

/** Why a plan may not be confirmed or applied, and how to mend it; undefined where it may. */
export function denial(plan: {
  findings?: PolicyFinding[];
}): { message: string; mend: string } | undefined {
  const denied = (plan.findings ?? []).filter(
    ({ effect, exemption }) => effect === 'deny' && !exemption,
  );
  if (denied.length === 0) {
    return undefined;
  }
  const [{ rule, path, message, mend }] = denied;
  const more = denied.length - 1;
  const others = more > 0 ? ` And ${more} more; see the plan.` : '';
  return {
    message: `Rule ${rule} denies the plan${
      path ? `, for ${path}` : ''
    }: ${message}${others}`,
    mend: `${mend} Or have it exempted, then go on.`,
  };
}
