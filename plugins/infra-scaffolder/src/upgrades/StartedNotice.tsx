import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { StartedUpgrade } from '@slipway/plugin-infra-scaffolder-common';
import { formatCount, TextLink } from '@slipway/ui';
import { useLinks } from '../shared/useLinks';

/** What became of the upgrades that were asked for just now. */
export function StartedNotice(props: {
  started: StartedUpgrade[];
  onClose: () => void;
}) {
  const { started, onClose } = props;
  const links = useLinks();
  if (started.length === 0) {
    return null;
  }
  const going = started.filter(each => each.runId);
  const refused = started.filter(each => !each.runId);
  return (
    <Alert
      severity={refused.length > 0 ? 'warning' : 'info'}
      variant="outlined"
      onClose={onClose}
    >
      {going.length > 0 && (
        <Box>
          {formatCount(going.length, 'upgrade')}{' '}
          {going.length === 1 ? 'is' : 'are'} planned; each waits for its plan
          to be confirmed:{' '}
          {going.map(({ environmentName, runId }, index) => (
            <span key={environmentName}>
              {index > 0 && ', '}
              <TextLink to={links.run(environmentName, runId!)}>
                {environmentName}
              </TextLink>
            </span>
          ))}
          .
        </Box>
      )}
      {refused.map(({ environmentId, environmentName, problem }) => (
        <Box key={environmentId}>
          {environmentName} is not upgraded: {problem}
        </Box>
      ))}
    </Alert>
  );
}
