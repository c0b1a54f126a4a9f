import OpenIcon from '@mui/icons-material/OpenInNew';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  connectTo,
  type ConnectGroup,
  type ConnectItem,
  type ConnectLink,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { CopyText, EmptyState, Section, TextLink, useLoad } from '@slipway/ui';
import { useMemo } from 'react';
import { infraApiRef } from '../api';

/** As wide as the page: what does not fit is cut or wrapped. */
const oneColumn = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
} as const;

/** How to reach what the environment is made of: commands, addresses and pages, each to copy or open. */
export function ConnectTab(props: { environment: Environment }) {
  const { environment } = props;
  const api = useApi(infraApiRef);
  const links = useConfiguredLinks();
  const resources = useLoad(
    () => api.listResources(environment.id),
    [api, environment.id],
  );
  const groups = useMemo(
    () => connectTo({ environment, resources: resources.value?.items, links }),
    [environment, resources.value, links],
  );
  if (environment.outputs.length === 0) {
    const isGone =
      environment.status === 'destroyed' || environment.status === 'cancelled';
    return (
      <EmptyState
        title="Nothing to connect to"
        why={
          isGone
            ? 'Nothing of it exists.'
            : 'Commands and addresses come here once the environment is ready.'
        }
      />
    );
  }
  return (
    <Box sx={{ ...oneColumn, gap: 2 }}>
      {resources.error && (
        <Alert severity="warning" variant="outlined">
          The resources could not be read from AWS, so logs are missing here.
        </Alert>
      )}
      <Box sx={{ fontSize: 14, color: 'text.secondary' }}>
        Commands use your own AWS credentials for account{' '}
        {environment.accountId}; no secret is shown here.
      </Box>
      <Box sx={{ columnCount: { xs: 1, lg: 2 }, columnGap: 2 }}>
        {groups.map(group => (
          <Box key={group.id} sx={{ breakInside: 'avoid', mb: 2 }}>
            <Group group={group} />
          </Box>
        ))}
      </Box>
    </Box>
  );
}

function Group(props: { group: ConnectGroup }) {
  const { title, note, items } = props.group;
  return (
    <Section title={title}>
      {note && (
        <Box sx={{ color: 'text.secondary', fontSize: 12, mb: 1 }}>{note}</Box>
      )}
      <Box component="dl" sx={{ ...oneColumn, m: 0, gap: 1.5, fontSize: 14 }}>
        {items.map(item => (
          <Item key={item.id} item={item} />
        ))}
      </Box>
    </Section>
  );
}

function Item(props: { item: ConnectItem }) {
  const { title, value, kind, note, open } = props.item;
  return (
    <div>
      <Box
        component="dt"
        sx={{ display: 'flex', justifyContent: 'space-between', gap: 2 }}
      >
        <Box
          component="span"
          sx={{
            color: 'text.secondary',
            minWidth: 0,
            overflowWrap: 'anywhere',
          }}
        >
          {title}
        </Box>
        {open && (
          <Box component="span" sx={{ flexShrink: 0, fontSize: 12 }}>
            <TextLink to={open}>
              Open <OpenIcon aria-hidden sx={{ fontSize: 12 }} />
            </TextLink>
          </Box>
        )}
      </Box>
      <Box
        component="dd"
        sx={{
          m: 0,
          mt: 0.25,
          ...(kind === 'command' && {
            px: 1,
            py: 0.5,
            borderRadius: 1,
            bgcolor: 'action.hover',
          }),
        }}
      >
        <CopyText text={value} name={title} wrap={kind !== 'link'} />
      </Box>
      {note && (
        <Box
          component="dd"
          sx={{ m: 0, color: 'text.secondary', fontSize: 12 }}
        >
          {note}
        </Box>
      )}
    </div>
  );
}

/** Links that the portal's configuration adds to every environment. */
function useConfiguredLinks(): ConnectLink[] {
  const config = useApi(configApiRef);
  return useMemo(
    () =>
      (
        config.getOptionalConfigArray('infraScaffolder.connect.links') ?? []
      ).map(link => ({
        title: link.getString('title'),
        url: link.getString('url'),
      })),
    [config],
  );
}
