import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import type { OutdatedEnvironment } from '@slipway/plugin-infra-scaffolder-common';
import { TextLink, type DataTableColumn } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import type { Links } from '../shared/useLinks';
import { nameOfRef } from '../shared/words';

/** Which rows are chosen, and choosing. */
export interface Choice {
  chosen: ReadonlySet<string>;
  toggle: (environmentId: string) => void;
}

/** The columns of environments that are of an older version. */
export function upgradeColumns(
  links: Links,
  { chosen, toggle }: Choice,
  isNarrow: boolean,
): Array<DataTableColumn<OutdatedEnvironment>> {
  return [
    {
      id: 'environment',
      title: 'Environment',
      value: row => row.environment.name,
      render: row => (
        <>
          <TextLink to={links.environment(row.environment.name)}>
            {row.environment.name}
          </TextLink>
          {isNarrow && (
            <Box sx={{ fontSize: 12 }}>
              {row.from} → {row.to}
              <br />
              <State row={row} links={links} />
            </Box>
          )}
        </>
      ),
    },
    {
      id: 'chosen',
      title: 'Choose',
      width: '72px',
      filter: 'none',
      value: row => (chosen.has(row.environment.id) ? 'chosen' : undefined),
      render: ({ environment, blocked }) => (
        <Checkbox
          size="small"
          sx={{ p: 0 }}
          disabled={Boolean(blocked)}
          checked={chosen.has(environment.id)}
          onChange={() => toggle(environment.id)}
          inputProps={{ 'aria-label': `Choose ${environment.name}` }}
        />
      ),
    },
    {
      id: 'owner',
      title: 'Owner',
      value: row => nameOfRef(row.environment.owner),
      render: row => <EntityLink entityRef={row.environment.owner} />,
      filter: 'choice',
      hidden: isNarrow,
    },
    {
      id: 'stage',
      title: 'Stage',
      value: row => row.environment.size,
      filter: 'choice',
      hidden: isNarrow,
    },
    {
      id: 'blueprint',
      title: 'Blueprint',
      value: row => row.blueprint.title,
      filter: 'choice',
      hidden: isNarrow,
    },
    {
      id: 'versions',
      title: 'Version',
      value: row => `${row.from} → ${row.to}`,
      hidden: isNarrow,
    },
    {
      id: 'brings',
      title: 'Brings',
      value: row => row.releases.map(each => each.summary).join(' '),
      filter: 'none',
      hidden: isNarrow,
    },
    {
      id: 'state',
      title: 'State',
      value: row => row.blocked ?? 'can be upgraded',
      render: row => <State row={row} links={links} />,
      hidden: isNarrow,
    },
  ];
}

function State(props: { row: OutdatedEnvironment; links: Links }) {
  const { environment, blocked } = props.row;
  const { name, activeRun } = environment;
  return (
    <Box component="span" sx={{ color: blocked && 'text.secondary' }}>
      {blocked ?? 'Can be upgraded'}
      {activeRun && (
        <>
          {' '}
          <TextLink to={props.links.run(name, activeRun.runId)}>
            Its run
          </TextLink>
        </>
      )}
    </Box>
  );
}
