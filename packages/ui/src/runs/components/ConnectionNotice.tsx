import Box from '@mui/material/Box';
import { Age } from '../../format';
import { StatusText } from '../../status';
import type { RunConnection } from '../useRunStream';

/** Says whether what is shown is fresh; while the connection is broken, how old it is. @public */
export function ConnectionNotice(props: {
  connection: RunConnection;
  /** When the newest event happened. */
  newestAt?: string;
}) {
  const { connection, newestAt } = props;
  return (
    <Box
      role="status"
      sx={{ fontSize: 12, color: 'text.secondary', minHeight: 20 }}
    >
      {connection === 'live' && <StatusText health="healthy">Live</StatusText>}
      {connection === 'reconnecting' && (
        <StatusText health="attention">
          Reconnecting
          {newestAt && (
            <>
              {' '}
              · newest event <Age at={newestAt} />
            </>
          )}
        </StatusText>
      )}
    </Box>
  );
}
