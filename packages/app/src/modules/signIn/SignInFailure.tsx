import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { SignInFrame } from './SignInFrame';

/** Component that says why signing in failed, with the two ways on. */
export function createSignInFailure(onBack: () => void) {
  return function SignInFailure({ error }: { error?: Error }) {
    return (
      <SignInFrame title="Signing in did not work">
        <Typography sx={{ mb: 1 }}>
          {error?.message ?? 'The back end did not say why.'}
        </Typography>
        <Typography sx={{ mb: 3, color: 'text.secondary' }}>
          Where the portal has only just started, its people may not be in the
          catalog yet: try again in a few seconds.
        </Typography>
        <Button
          variant="contained"
          onClick={() => window.location.reload()}
          sx={{ mr: 1 }}
        >
          Try again
        </Button>
        <Button onClick={onBack}>Choose somebody else</Button>
      </SignInFrame>
    );
  };
}
