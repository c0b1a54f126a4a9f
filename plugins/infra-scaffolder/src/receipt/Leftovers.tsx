import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import {
  keptOf,
  type DestroyReceipt,
  type KeptResource,
  type Orphan,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  CopyText,
  formatCount,
  joinWords,
  Section,
  StatusText,
  Time,
} from '@slipway/ui';
import type { ReactNode } from 'react';

/** What a look by tags found of what was destroyed, and what is kept on purpose. */
export function Leftovers(props: {
  receipt: DestroyReceipt;
  action: ReactNode;
}) {
  const { receipt, action } = props;
  const { scan, warnings } = receipt;
  const kept = keptOf(receipt);
  return (
    <Stack spacing={2}>
      <Section title="Leftovers" aside={action}>
        <Stack spacing={1.5}>
          <Verdict scan={scan} />
          {scan?.failed.map(({ region, reason }) => (
            <Alert key={region} severity="warning" variant="outlined">
              {region} could not be looked at: {reason}
            </Alert>
          ))}
          {scan?.orphans.map(orphan => (
            <OrphanItem key={orphan.arn} orphan={orphan} />
          ))}
        </Stack>
      </Section>
      <Section title="Kept on purpose">
        <Stack spacing={1.5}>
          {kept.length === 0 && <span>Nothing that we know of.</span>}
          {kept.map(each => (
            <KeptItem key={each.id} kept={each} />
          ))}
          {warnings.length > 0 && (
            <Box component="ul" sx={{ m: 0, pl: 2.5, color: 'text.secondary' }}>
              {warnings.map(warning => (
                <li key={warning}>{warning}</li>
              ))}
            </Box>
          )}
        </Stack>
      </Section>
    </Stack>
  );
}

function Verdict(props: { scan: DestroyReceipt['scan'] }) {
  const { scan } = props;
  if (!scan) {
    return (
      <StatusText health="unknown">
        Nobody has looked for leftovers yet.
      </StatusText>
    );
  }
  const { orphans, regions, at } = scan;
  const where =
    regions.length > 0 ? (
      <>
        {' '}
        Looked by tags in {joinWords(regions)}, <Time at={at} />.
      </>
    ) : null;
  if (orphans.length > 0) {
    return (
      <div>
        <StatusText health="attention">
          {formatCount(orphans.length, 'resource')} still there that should be
          gone.
        </StatusText>
        {where} The portal removes none of them: a tag does not prove that
        nobody else uses them.
      </div>
    );
  }
  return regions.length > 0 ? (
    <div>
      <StatusText health="healthy">
        Nothing is left that should be gone.
      </StatusText>
      {where}
    </div>
  ) : (
    <StatusText health="unknown">Nowhere could be looked.</StatusText>
  );
}

const itemSx = { minWidth: 0, overflowWrap: 'anywhere', fontSize: 14 };
const mutedSx = { color: 'text.secondary' };

function OrphanItem(props: { orphan: Orphan }) {
  const { arn, howToRemove } = props.orphan;
  return (
    <Box sx={itemSx}>
      <CopyText text={arn} name="ARN" wrap />
      <Box sx={mutedSx}>
        {howToRemove.startsWith('aws ') ? (
          <CopyText text={howToRemove} name="command" wrap />
        ) : (
          howToRemove
        )}
      </Box>
    </Box>
  );
}

function KeptItem(props: { kept: KeptResource }) {
  const { type, id, why, until } = props.kept;
  return (
    <Box sx={itemSx}>
      <CopyText text={id} name="id" wrap />
      <Box sx={mutedSx}>
        {type}. {why}
        {until && (
          <>
            {' '}
            Until <Time at={until} />.
          </>
        )}
      </Box>
    </Box>
  );
}
