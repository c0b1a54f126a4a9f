import ReplaceIcon from '@mui/icons-material/Autorenew';
import PauseIcon from '@mui/icons-material/PauseCircleOutline';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ResourceChange } from '@slipway/plugin-infra-scaffolder-common';
import { joinWords } from '@slipway/ui';
import { useState } from 'react';
import { impactsOf, type Impact } from './impact';

const FEW = 5;

const HEADINGS: Record<Impact['kind'], string> = {
  replaced: 'is replaced',
  'maybe-replaced': 'may be replaced',
  interrupted: 'is interrupted',
};

/** What a plan replaces or interrupts, resource by resource, and what becomes of it. */
export function PlanImpact(props: { changes: ResourceChange[] }) {
  const [all, setAll] = useState(false);
  const impacts = impactsOf(props.changes);
  if (impacts.length === 0) {
    return null;
  }
  const shown = all ? impacts : impacts.slice(0, FEW);
  return (
    <Box
      component="ul"
      aria-label="What is replaced or interrupted"
      sx={{ m: 0, px: 2, pb: 2, display: 'grid', gap: 1, listStyle: 'none' }}
    >
      {shown.map(impact => (
        <ImpactRow key={impact.path} impact={impact} />
      ))}
      {impacts.length > shown.length && (
        <li>
          <Button size="small" onClick={() => setAll(true)}>
            Show {impacts.length - shown.length} more
          </Button>
        </li>
      )}
    </Box>
  );
}

function ImpactRow(props: { impact: Impact }) {
  const { path, type, kind, details } = props.impact;
  const color = kind === 'interrupted' ? 'warning.main' : 'error.main';
  const Icon = kind === 'interrupted' ? PauseIcon : ReplaceIcon;
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: '20px minmax(0, 1fr)',
        columnGap: 1,
        border: 1,
        borderColor: color,
        borderRadius: 1,
        px: 1.5,
        py: 1,
        fontSize: 14,
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 20, color }} />
      <Box>
        <Box sx={{ color, fontWeight: 600, overflowWrap: 'anywhere' }}>
          {path} {HEADINGS[kind]}
          {becauseWords(props.impact)}
        </Box>
        <Box>{details}</Box>
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{type}</Box>
      </Box>
    </Box>
  );
}

function becauseWords({ kind, because }: Impact): string {
  if (because.length === 0) {
    return '';
  }
  const verb = because.length > 1 ? 'change' : 'changes';
  return ` because ${joinWords(because)} ${
    kind === 'maybe-replaced' ? 'may change' : verb
  }`;
}
