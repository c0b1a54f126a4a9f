import Box from '@mui/material/Box';
import type {
  ExplainedDrift,
  UncheckedResource,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatCount, Section } from '@slipway/ui';
import { formatValue } from './driftWords';

const list = { m: 0, pl: 2.5, fontSize: 14, overflowWrap: 'anywhere' } as const;
const muted = { color: 'text.secondary' } as const;

/** What differs and is meant to. */
export function ExplainedSection(props: { explained: ExplainedDrift[] }) {
  const { explained } = props;
  if (explained.length === 0) {
    return null;
  }
  return (
    <Section title="Different, and as it should be">
      <Box component="ul" sx={list}>
        {explained.map(({ logicalId, path, attribute, reason }) => (
          <li key={`${logicalId} ${attribute.path}`}>
            {path}: {attribute.path} is {formatValue(attribute.after)} instead
            of {formatValue(attribute.before)}.{' '}
            <Box component="span" sx={muted}>
              {reason}
            </Box>
          </li>
        ))}
      </Box>
    </Section>
  );
}

/** What nobody can check, folded by why. */
export function UncheckedSection(props: { unchecked: UncheckedResource[] }) {
  const { unchecked } = props;
  if (unchecked.length === 0) {
    return null;
  }
  const byReason = new Map<string, UncheckedResource[]>();
  for (const each of unchecked) {
    byReason.set(each.reason, [...(byReason.get(each.reason) ?? []), each]);
  }
  return (
    <Section title={`${formatCount(unchecked.length, 'resource')} not checked`}>
      <Box sx={{ display: 'grid', gap: 1, fontSize: 14 }}>
        {[...byReason].map(([reason, resources]) => (
          <details key={reason}>
            <Box component="summary" sx={{ cursor: 'pointer' }}>
              {reason} ({resources.length})
            </Box>
            <Box component="ul" sx={{ ...list, ...muted, mt: 0.5 }}>
              {resources.map(({ logicalId, path }) => (
                <li key={logicalId}>{path}</li>
              ))}
            </Box>
          </details>
        ))}
      </Box>
    </Section>
  );
}
