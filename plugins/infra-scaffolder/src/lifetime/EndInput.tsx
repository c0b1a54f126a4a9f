import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import {
  consentWords,
  fatesOf,
  type Blueprint,
  type LifetimeRule,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatCount } from '@slipway/ui';
import { FieldIssue } from '../form/fields/FieldIssue';
import type { DraftRequest } from '../form/model/request';
import { endInDays } from './useEnd';

/** Asks when an environment ends, and says what one agrees to by that. */
export function EndInput(props: {
  blueprint: Blueprint;
  draft: DraftRequest;
  /** None: such environments do not end by themselves. */
  rule: LifetimeRule | undefined;
  onChange: (expiresAt: string | undefined) => void;
  issue?: RequestIssue;
}) {
  const { blueprint, draft, rule, onChange, issue } = props;
  if (!rule) {
    return (
      <Box sx={{ color: 'text.secondary' }}>
        It does not end by itself: size {draft.size} in this account has no
        lifetime.
      </Box>
    );
  }
  const { defaultDays, maxDays } = rule;
  const end = draft.expiresAt ?? endInDays(defaultDays, new Date());
  return (
    <Box
      sx={{
        display: 'grid',
        columnGap: 2,
        rowGap: 2,
        gridTemplateColumns: { xs: '1fr', md: 'minmax(260px, 1fr) 2fr' },
        alignItems: 'start',
      }}
    >
      <TextField
        fullWidth
        size="small"
        type="datetime-local"
        label="Ends (UTC)"
        value={draft.expiresAt?.slice(0, 16) ?? ''}
        error={Boolean(issue)}
        onChange={({ target: { value } }) =>
          onChange(value ? `${value}:00.000Z` : undefined)
        }
        InputLabelProps={{ shrink: true }}
        FormHelperTextProps={{ component: 'div', sx: { mx: 0 } }}
        helperText={
          <FieldIssue
            issue={issue && { ...issue, suggestion: undefined }}
            hint={
              <>
                {[...new Set([defaultDays, maxDays])].map(days => (
                  <Button
                    key={days}
                    size="small"
                    sx={{ minWidth: 0, px: 0.5, mx: -0.5, mr: 1.5, py: 0 }}
                    onClick={() => onChange(endInDays(days, new Date()))}
                  >
                    In {formatCount(days, 'day')}
                  </Button>
                ))}
                <span>
                  {formatCount(maxDays, 'day')} at most; it can be extended
                  later.
                </span>
              </>
            }
          />
        }
      />
      <Alert
        severity="info"
        variant="outlined"
        role="note"
        aria-label="What you agree to"
      >
        By asking for it you agree:{' '}
        {consentWords(
          draft.name || 'The environment',
          end,
          fatesOf(blueprint, draft),
        )}{' '}
        You are warned three days, one day and one hour before.
      </Alert>
    </Box>
  );
}
