import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import {
  useEffect,
  useId,
  useState,
  type FormEvent,
  type ReactNode,
} from 'react';
import { describeError } from '../errors';

/** @public */
export interface ConfirmDialogProps {
  open: boolean;
  /** A question or a deed: `Destroy shop-dev?`. */
  title: string;
  /** What will happen, in the person's own nouns. */
  children: ReactNode;
  /** The verb on the button: `Destroy shop-dev`. */
  verb: string;
  danger?: boolean;
  /** Has to be typed before the button works. */
  typeName?: string;
  /** It cannot be done now, and `children` say why: nothing is asked for. */
  blocked?: boolean;
  /** Asks for a reason; the button works once there is one. */
  reason?: { label: string; placeholder?: string };
  /** Does it; what it throws is shown in the dialog, which stays open. */
  onConfirm: (input: { name: string; reason: string }) => Promise<void>;
  onClose: () => void;
}

/** Asks before something is done; danger is slow: its name has to be typed. @public */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, children, verb, danger, blocked } = props;
  const typeName = blocked ? undefined : props.typeName;
  const reason = blocked ? undefined : props.reason;
  const [name, setName] = useState('');
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const titleId = useId();
  useEffect(() => {
    if (open) {
      setName('');
      setWhy('');
      setError(undefined);
    }
  }, [open]);
  const ready =
    !busy &&
    !blocked &&
    (typeName === undefined || name === typeName) &&
    (reason === undefined || why.trim().length > 0);

  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await props.onConfirm({ name, reason: why.trim() });
      props.onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open={open}
      onClose={busy ? undefined : props.onClose}
      aria-labelledby={titleId}
      maxWidth="sm"
      fullWidth
    >
      {/* As high as the window at most: the content scrolls, the buttons stay. */}
      <Box
        component="form"
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (ready) {
            confirm();
          }
        }}
      >
        <DialogTitle id={titleId} sx={{ fontSize: 18, fontWeight: 600 }}>
          {title}
        </DialogTitle>
        <DialogContent sx={{ fontSize: 14 }}>
          {children}
          {typeName !== undefined && (
            <TextField
              // In a dialog the one thing to fill in is where a person wants to be.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              fullWidth
              size="small"
              margin="normal"
              label={`Type ${typeName} to go on`}
              value={name}
              onChange={event => setName(event.target.value)}
              inputProps={{ autoComplete: 'off', spellCheck: false }}
              InputLabelProps={{ shrink: true }}
            />
          )}
          {reason && (
            <TextField
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={typeName === undefined}
              fullWidth
              multiline
              minRows={2}
              size="small"
              margin="normal"
              label={reason.label}
              placeholder={reason.placeholder}
              value={why}
              onChange={event => setWhy(event.target.value)}
              InputLabelProps={{ shrink: true }}
            />
          )}
          {error !== undefined && <Refusal error={error} />}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button onClick={props.onClose} disabled={busy} color="inherit">
            Keep as it is
          </Button>
          <Button
            type="submit"
            variant="contained"
            disableElevation
            color={danger ? 'error' : 'primary'}
            disabled={!ready}
          >
            {verb}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}

function Refusal(props: { error: unknown }) {
  const described = describeError(props.error);
  return (
    <Alert severity="error" variant="outlined" sx={{ mt: 2 }}>
      {described.message}
      <Box sx={{ color: 'text.secondary', mt: 0.5 }}>{described.mend}</Box>
    </Alert>
  );
}
