import type { JsonValue } from '@backstage/types';
import type {
  DriftCause,
  DriftDetection,
  DriftReport,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatAgeShort, formatCount, type Health } from '@slipway/ui';

/** A value as AWS has it: `7`, `yes`, `a, b`; objects as JSON. */
export function formatValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null) {
    return 'nothing';
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  if (typeof value === 'object') {
    return Array.isArray(value) && value.every(each => typeof each !== 'object')
      ? value.join(', ') || 'nothing'
      : JSON.stringify(value);
  }
  return String(value) || 'nothing';
}

const FOUND: Record<DriftDetection['state'], { health: Health; word: string }> =
  {
    in_sync: { health: 'healthy', word: 'In sync' },
    drifted: { health: 'attention', word: 'Drifted' },
    unknown: { health: 'unknown', word: 'Unknown' },
  };

/** What a check found, in a word. */
export function wordOfDetection(state: DriftDetection['state']): {
  health: Health;
  word: string;
} {
  return FOUND[state] ?? FOUND.unknown;
}

/** Who made it so by which call; undefined where that is not known. */
export function callWords(cause: DriftCause): string | undefined {
  return cause.known ? `${cause.actor} by ${cause.call}` : undefined;
}

/**
 * What is known of the drift of an environment, in one sentence.
 *
 * @param nowMs - the time of reading, milliseconds since 1970.
 */
export function driftSentence(
  report: DriftReport,
  nowMs: number,
): { health: Health; sentence: string } {
  const { state, findings, checkedAt, reason } = report;
  const checked = checkedAt
    ? `, by the check of ${formatAgeShort(checkedAt, nowMs)} ago`
    : '';
  switch (state) {
    case 'in_sync':
      return {
        health: 'healthy',
        sentence: `Everything that can be checked is as it was applied${checked}.`,
      };
    case 'drifted':
      return {
        health: 'attention',
        sentence: `${formatCount(findings.length, 'resource')} ${
          findings.length === 1 ? 'is' : 'are'
        } not as applied${checked}.`,
      };
    case 'checking':
      return {
        health: 'working',
        sentence: 'AWS is asked how each resource is; that can take minutes.',
      };
    default:
      return {
        health: 'unknown',
        sentence: [
          reason ?? 'Nobody knows: it was never checked.',
          ...(findings.length > 0
            ? ['Below is what the last check found.']
            : []),
        ].join(' '),
      };
  }
}
