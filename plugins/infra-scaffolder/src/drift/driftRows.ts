import type {
  AttributeChange,
  DriftCause,
  DriftFinding,
} from '@slipway/plugin-infra-scaffolder-common';

/** One line of what drifted: an attribute, or a resource that is gone. */
export interface DriftRow {
  id: string;
  logicalId: string;
  type: string;
  path: string;
  physicalId?: string;
  /** Absent where the resource was deleted. */
  attribute?: AttributeChange;
  cause: DriftCause;
  since: string;
}

const NOBODY: DriftCause = { known: false, reason: 'It is not known.' };

/** One row for each attribute that drifted and each resource that is gone. */
export function driftRows(findings: DriftFinding[]): DriftRow[] {
  return findings.flatMap(finding => {
    const { logicalId, type, path, physicalId, since } = finding;
    const common = { logicalId, type, path, physicalId, since };
    return finding.kind === 'deleted'
      ? [{ ...common, id: logicalId, cause: finding.cause ?? NOBODY }]
      : finding.attributes.map(({ cause, ...attribute }) => ({
          ...common,
          id: `${logicalId} ${attribute.path}`,
          attribute,
          cause,
        }));
  });
}
