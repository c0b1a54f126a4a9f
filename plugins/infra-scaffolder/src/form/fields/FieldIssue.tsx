import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { JsonValue } from '@backstage/types';
import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';
import type { ReactNode } from 'react';

/** What is wrong with a field and a button that mends it; else the field's hint. */
export function FieldIssue(props: {
  issue?: RequestIssue;
  hint?: ReactNode;
  onUse?: (value: JsonValue) => void;
}) {
  const { issue, hint, onUse } = props;
  if (!issue) {
    return <>{hint ?? ' '}</>;
  }
  const { message, suggestion } = issue;
  return (
    <Box component="span" role="alert">
      {message}
      {suggestion !== undefined && onUse && (
        <Button
          size="small"
          onClick={() => onUse(suggestion)}
          sx={{
            display: 'block',
            minWidth: 0,
            mt: 0.5,
            px: 0.5,
            mx: -0.5,
            py: 0,
            textTransform: 'none',
          }}
        >
          Use {String(suggestion)}
        </Button>
      )}
    </Box>
  );
}
