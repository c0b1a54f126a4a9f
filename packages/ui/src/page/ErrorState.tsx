import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { describeError } from '../errors';
import { EmptyState } from './EmptyState';

/**
 * Says what happened, to which thing, and how to mend it; what is not there, or not for this person, is said calmly.
 *
 * @public
 */
export function ErrorState(props: {
  /** What was being done, e.g. `The environments could not be read`. */
  title: string;
  error: unknown;
  onRetry?: () => void;
}) {
  const { title, error, onRetry } = props;
  const described = describeError(error);
  const retry = onRetry && (
    <Button
      size="small"
      variant="outlined"
      color="inherit"
      onClick={onRetry}
      sx={{ mt: 1.5 }}
    >
      Try again
    </Button>
  );
  if (described.kind === 'missing') {
    return (
      <EmptyState
        title={described.message}
        why={described.mend}
        action={retry}
      />
    );
  }
  return (
    <Alert
      severity={described.kind === 'denied' ? 'warning' : 'error'}
      variant="outlined"
    >
      <AlertTitle sx={{ fontSize: 14 }}>{title}</AlertTitle>
      <Box>{described.message}</Box>
      {described.issues.length > 0 && (
        <Box component="ul" sx={{ my: 1, pl: 2.5 }}>
          {described.issues.map(issue => (
            <li key={`${issue.path} ${issue.message}`}>
              <b>{issue.path}</b>: {issue.message}
            </li>
          ))}
        </Box>
      )}
      <Box sx={{ color: 'text.secondary', mt: 0.5 }}>{described.mend}</Box>
      {retry}
    </Alert>
  );
}
