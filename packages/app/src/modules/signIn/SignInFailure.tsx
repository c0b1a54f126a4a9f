import { ResponseError } from '@backstage/errors';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { describeError } from '@slipway/ui';
import { useEffect } from 'react';
import { SignInFrame } from './SignInFrame';

const RETRY_MS = 2_000;

/** Component that says why signing in failed and how to go on; tries again by itself while the back end is starting. */
export function createSignInFailure(ways: {
  onRetry: () => void;
  onBack: () => void;
}) {
  return function SignInFailure({ error }: { error?: Error }) {
    const starting = isStarting(error);
    useEffect(() => {
      if (!starting) {
        return undefined;
      }
      const timer = setTimeout(ways.onRetry, RETRY_MS);
      return () => clearTimeout(timer);
    }, [starting]);

    if (starting) {
      return (
        <SignInFrame title="Waiting for the portal’s back end">
          <Typography sx={{ mb: 2 }}>
            It does not answer yet. You are signed in as soon as it does; if
            that takes more than a minute, look at what its process says.
          </Typography>
          <LinearProgress sx={{ mb: 3 }} />
          <Button onClick={ways.onBack}>Choose somebody else</Button>
        </SignInFrame>
      );
    }
    const { message, mend } = describeError(error);
    return (
      <SignInFrame title="Signing in did not work">
        <Typography sx={{ mb: 1 }}>{message}</Typography>
        <Typography sx={{ mb: 3, color: 'text.secondary' }}>{mend}</Typography>
        <Button variant="contained" onClick={ways.onRetry} sx={{ mr: 1 }}>
          Try again
        </Button>
        <Button onClick={ways.onBack}>Choose somebody else</Button>
      </SignInFrame>
    );
  };
}

/** No answer at all, or that of a back end whose plugins are not there yet. */
function isStarting(error: Error | undefined): boolean {
  return error instanceof ResponseError
    ? [404, 502, 503, 504].includes(error.statusCode)
    : error instanceof TypeError;
}
