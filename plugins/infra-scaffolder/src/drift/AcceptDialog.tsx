import Box from '@mui/material/Box';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DriftAcceptance,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog, formatCount, TextLink } from '@slipway/ui';
import { useNavigate } from 'react-router-dom';
import { driftApiRef } from '../api';
import { useLinks } from '../shared/useLinks';
import { filledIn } from './acceptance';
import { formatValue } from './driftWords';

const MOST_NAMED = 5;

/** Asks before values that are there are taken over into the parameters: which, and what else that changes. */
export function AcceptDialog(props: {
  environment: Environment;
  accepted: DriftAcceptance[];
  onClose: () => void;
}) {
  const { environment, accepted, onClose } = props;
  const api = useApi(driftApiRef);
  const links = useLinks();
  const navigate = useNavigate();
  const { id, name } = environment;
  const also = [...new Set(accepted.flatMap(each => each.also))];
  return (
    <ConfirmDialog
      open={accepted.length > 0}
      title={`Take what is there over into the parameters of ${name}?`}
      verb="Plan the change"
      onClose={onClose}
      onConfirm={async () => {
        const { runId } = await api.acceptDrift(
          id,
          accepted.map(({ logicalId, attribute }) => ({
            logicalId,
            attribute,
          })),
        );
        navigate(links.run(name, runId));
      }}
    >
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {accepted.map(({ logicalId, attribute, parameter }) => (
          <li key={`${logicalId} ${attribute}`}>
            {parameter?.title}: {formatValue(parameter?.before)} →{' '}
            <strong>{formatValue(parameter?.after)}</strong>
          </li>
        ))}
      </Box>
      {also.length > 0 && (
        <Box component="p" sx={{ mb: 0 }}>
          It changes{' '}
          {formatCount(also.length, 'more property', 'more properties')}:{' '}
          {also.slice(0, MOST_NAMED).join(', ')}
          {also.length > MOST_NAMED && ' …'}.
        </Box>
      )}
      <Box component="p" sx={{ mb: 0 }}>
        AWS updates a resource whole: what else drifted in the same resource is
        put back by it.
      </Box>
      <Box component="p" sx={{ mb: 0, color: 'text.secondary' }}>
        Nothing happens before you confirm the plan. To change more besides,{' '}
        <TextLink to={`${links.change(name)}${filledIn(accepted)}`}>
          open the form with these values
        </TextLink>
        .
      </Box>
    </ConfirmDialog>
  );
}
