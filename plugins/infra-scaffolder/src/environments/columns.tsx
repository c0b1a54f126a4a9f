import AcUnitIcon from '@mui/icons-material/AcUnit';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { Age, StatusText, TextLink, type DataTableColumn } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import type { Links } from '../shared/useLinks';
import { nameOfRef, wordOfStatus } from '../shared/words';

/** The columns of a table of environments. */
export function environmentColumns(
  links: Links,
): Array<DataTableColumn<Environment>> {
  return [
    {
      id: 'name',
      title: 'Name',
      value: row => row.name,
      render: row => (
        <TextLink to={links.environment(row.name)}>{row.name}</TextLink>
      ),
    },
    {
      id: 'status',
      title: 'Status',
      value: row => wordOfStatus(row.status).word,
      render: row => <Status environment={row} />,
      filter: 'choice',
    },
    {
      id: 'owner',
      title: 'Owner',
      value: row => nameOfRef(row.owner),
      render: row => <EntityLink entityRef={row.owner} />,
      filter: 'choice',
    },
    {
      id: 'system',
      title: 'System',
      value: row => nameOfRef(row.system),
      render: row => <EntityLink entityRef={row.system} />,
      filter: 'choice',
    },
    { id: 'size', title: 'Size', value: row => row.size, filter: 'choice' },
    {
      id: 'region',
      title: 'Region',
      value: row => row.region,
      filter: 'choice',
    },
    {
      id: 'account',
      title: 'Account',
      value: row => row.accountId,
      hidden: true,
    },
    { id: 'cidr', title: 'CIDR', value: row => row.cidr, hidden: true },
    { id: 'engine', title: 'Engine', value: row => row.engine, hidden: true },
    {
      id: 'age',
      title: 'Requested',
      align: 'right',
      value: row => row.createdAt,
      render: row => <Age at={row.createdAt} />,
      filter: 'none',
    },
  ];
}

function Status(props: { environment: Environment }) {
  const { environment } = props;
  const { health, word } = wordOfStatus(environment.status);
  return (
    <>
      <StatusText health={health} title={environment.statusReason}>
        {word}
      </StatusText>
      {environment.freeze && (
        <span title={`Frozen: ${environment.freeze.reason}`}>
          {' '}
          <AcUnitIcon
            aria-label="Frozen"
            sx={{ fontSize: 14, verticalAlign: 'middle' }}
          />
        </span>
      )}
    </>
  );
}
