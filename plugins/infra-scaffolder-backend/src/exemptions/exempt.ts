import {
  denyingFindings,
  exemptionCovers,
  type Exemption,
  type Plan,
  type PolicyFinding,
} from '@slipway/plugin-infra-scaffolder-common';

/** What of an exemption says whether and where it holds. */
export type Grant = Pick<
  Exemption,
  | 'rule'
  | 'environment'
  | 'resourcePattern'
  | 'owner'
  | 'reason'
  | 'expiresAt'
  | 'grantedAt'
  | 'endedAt'
>;

/** From when it is granted until it is taken back or expires; at that very moment it is over. */
export function holdsAt(exemption: Grant, at: Date): boolean {
  const { grantedAt, expiresAt, endedAt } = exemption;
  return (
    grantedAt !== undefined &&
    new Date(grantedAt) <= at &&
    at < new Date(expiresAt) &&
    !(endedAt && new Date(endedAt) <= at)
  );
}

/** Findings with the exemptions that hold at a moment; what was exempt before and is no longer is told as it is. */
export function exempt(
  findings: PolicyFinding[],
  exemptions: Grant[],
  where: { environmentId: string; at: Date },
): PolicyFinding[] {
  const holding = exemptions.filter(
    each =>
      holdsAt(each, where.at) &&
      (each.environment?.id ?? where.environmentId) === where.environmentId,
  );
  return findings.map(({ exemption: _, ...finding }) => {
    const [last] = holding
      .filter(each => exemptionCovers(each, finding))
      .sort((a, b) => Date.parse(b.expiresAt) - Date.parse(a.expiresAt));
    return last
      ? {
          ...finding,
          exemption: {
            owner: last.owner,
            reason: last.reason,
            until: last.expiresAt,
          },
        }
      : finding;
  });
}

/** Why a plan may not be confirmed or applied, and how to mend it. */
export interface Denial {
  message: string;
  mend: string;
}

/** Undefined where nothing denies the plan. */
export function denial({
  findings,
}: Pick<Plan, 'findings'>): Denial | undefined {
  const denied = denyingFindings(findings);
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
    mend: `${mend} Then plan again. Or have it exempted and go on.`,
  };
}
