import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type {
  Exemption,
  PolicyFinding,
} from '@slipway/plugin-infra-scaffolder-common';
import { StatusIcon, TextLink, Time, type Health } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import { useLinks } from '../shared/useLinks';
import { nameOfRef } from '../shared/words';

/** What a person may do about a finding; nothing once the run is over. */
export interface FindingDeeds {
  mayGrant: boolean;
  onExempt: (finding: PolicyFinding) => void;
  onGrant: (asked: Exemption) => void;
  onDecline: (asked: Exemption) => void;
}

/** One thing that a rule says of a resource: what, why, how to mend it, who answers for leaving it so. */
export function FindingRow(props: {
  finding: PolicyFinding;
  health: Health;
  asked?: Exemption;
  deeds?: FindingDeeds;
}) {
  const { finding, health, asked, deeds } = props;
  const links = useLinks();
  const { rule, title, path, type, message, mend, exemption } = finding;
  const isDenied = finding.effect === 'deny' && !exemption;
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        px: 2,
        py: 1,
        fontSize: 14,
        borderTop: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ display: 'flex', flex: '1 1 260px', minWidth: 0, gap: 1 }}>
        <Box sx={{ pt: '2px' }}>
          <StatusIcon health={health} />
        </Box>
        <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Box sx={{ fontWeight: 600 }}>{path ?? 'The plan as a whole'}</Box>
          <Box>
            {message} {mend}
          </Box>
          {exemption && (
            <Box>
              Exempt until <Time at={exemption.until} />;{' '}
              <EntityLink entityRef={exemption.owner} /> answers for it:{' '}
              {exemption.reason}
            </Box>
          )}
          {asked && isDenied && (
            <Box>
              {nameOfRef(asked.askedBy)} asks for an exemption until{' '}
              <Time at={asked.expiresAt} />: {asked.reason}
            </Box>
          )}
          <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
            <TextLink to={links.rule(rule)}>{title}</TextLink>
            {type && ` · ${type}`}
          </Box>
        </Box>
      </Box>
      {deeds && isDenied && (
        <Deeds {...deeds} finding={finding} asked={asked} />
      )}
    </Box>
  );
}

function Deeds(
  props: FindingDeeds & { finding: PolicyFinding; asked?: Exemption },
) {
  const { finding, asked, mayGrant, onExempt, onGrant, onDecline } = props;
  if (asked) {
    return mayGrant ? (
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <Button size="small" variant="outlined" onClick={() => onGrant(asked)}>
          Grant it
        </Button>
        <Button size="small" onClick={() => onDecline(asked)}>
          Decline it
        </Button>
      </Box>
    ) : null;
  }
  return (
    <Box>
      <Button size="small" variant="outlined" onClick={() => onExempt(finding)}>
        {mayGrant ? 'Exempt it' : 'Ask for an exemption'}
      </Button>
    </Box>
  );
}
