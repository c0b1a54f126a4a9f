import {
  denyingFindings,
  exemptionCovers,
  type Exemption,
  type PolicyFinding,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatCount, type Health } from '@slipway/ui';

/** Findings that have the same weight for who decides. */
export interface FindingGroup {
  id: 'denied' | 'exempt' | 'told';
  health: Health;
  title: string;
  findings: PolicyFinding[];
}

/** What denies the plan comes first, then what somebody answers for, then what is only told. */
export function findingGroups(findings: PolicyFinding[]): FindingGroup[] {
  const exempt = findings.filter(({ exemption }) => exemption);
  const open = findings.filter(({ exemption }) => !exemption);
  const groups: FindingGroup[] = [
    {
      id: 'denied',
      health: 'failing',
      title: 'Keeps plans from being applied',
      findings: denyingFindings(findings),
    },
    {
      id: 'exempt',
      health: 'attention',
      title: 'Exempt',
      findings: exempt,
    },
    {
      id: 'told',
      health: 'attention',
      title: 'To be known',
      findings: open.filter(({ effect }) => effect === 'warn'),
    },
  ];
  return groups.filter(group => group.findings.length > 0);
}

/** `2 policy findings keep it from being applied.`; nothing where none does. */
export function findingWords(findings: PolicyFinding[] | undefined): string {
  const denied = denyingFindings(findings).length;
  if (denied > 0) {
    return `. ${formatCount(denied, 'policy finding')} ${
      denied === 1 ? 'keeps' : 'keep'
    } it from being applied`;
  }
  return findings?.length
    ? `, ${formatCount(findings.length, 'policy finding')}`
    : '';
}

/** What somebody has asked to be let through, and nobody has decided on. */
export function askedFor(
  finding: PolicyFinding,
  exemptions: Exemption[],
): Exemption | undefined {
  return exemptions.find(
    each => each.state === 'asked' && exemptionCovers(each, finding),
  );
}
