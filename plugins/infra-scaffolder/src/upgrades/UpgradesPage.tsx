import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  OutdatedEnvironment,
  StartedUpgrade,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  ConfirmDialog,
  DataTable,
  EmptyState,
  ErrorState,
  formatCount,
  PageShell,
  TextLink,
  useLoad,
} from '@slipway/ui';
import { useCallback, useMemo, useState } from 'react';
import { upgradeApiRef } from '../api';
import { useLinks } from '../shared/useLinks';
import { StartedNotice } from './StartedNotice';
import { upgradeColumns } from './upgradeColumns';
import { UpgradeDetail } from './UpgradePreview';

const READ_EVERY_MS = 5_000;

/** Environments of older versions of their blueprints; one or many are upgraded, each by a plan of its own. */
export function UpgradesPage() {
  const api = useApi(upgradeApiRef);
  const links = useLinks();
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const { value, error, loading, reload } = useLoad(
    () => api.listUpgrades(),
    [api],
    { everyMs: READ_EVERY_MS },
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [started, setStarted] = useState<StartedUpgrade[]>([]);
  const [isAsking, setAsking] = useState(false);
  const toggle = useCallback(
    (id: string) =>
      setChosen(
        old =>
          new Set(old.has(id) ? [...old].filter(x => x !== id) : [...old, id]),
      ),
    [],
  );
  const free = useMemo(
    () => (value ?? []).filter(each => !each.blocked),
    [value],
  );
  // What was chosen and is free no more is not asked for.
  const asked = free.filter(each => chosen.has(each.environment.id));
  const columns = useMemo(
    () => upgradeColumns(links, { chosen, toggle }, isNarrow),
    [links, chosen, toggle, isNarrow],
  );
  const upgrades = formatCount(asked.length, 'environment');
  return (
    <PageShell
      title="Upgrades"
      above={<TextLink to={links.list}>Environments</TextLink>}
      status={statusOf(value, error)}
      actions={
        <Button
          variant="contained"
          disableElevation
          disabled={asked.length === 0}
          onClick={() => setAsking(true)}
        >
          {asked.length === 0 ? 'Upgrade…' : `Upgrade ${upgrades}…`}
        </Button>
      }
      notice={
        started.length > 0 && (
          <StartedNotice started={started} onClose={() => setStarted([])} />
        )
      }
    >
      <Paper variant="outlined">
        <DataTable
          name="environments"
          columns={columns}
          rows={value ?? []}
          rowId={row => row.environment.id}
          loading={loading && !value}
          detail={row => <UpgradeDetail item={row} />}
          toolbar={
            free.length > 1 && (
              <Button
                size="small"
                onClick={() =>
                  setChosen(
                    new Set(
                      asked.length === free.length
                        ? []
                        : free.map(each => each.environment.id),
                    ),
                  )
                }
              >
                {asked.length === free.length ? 'Choose none' : 'Choose all'}
              </Button>
            )
          }
          error={
            error &&
            !value && (
              <ErrorState
                title="The upgrades could not be read"
                error={error}
                onRetry={reload}
              />
            )
          }
          empty={
            <EmptyState
              title="Everything is of the newest version"
              why="When a module brings a newer version of a blueprint, the environments of older ones are listed here with what the upgrade changes."
            />
          }
        />
      </Paper>
      <ConfirmDialog
        open={isAsking}
        title={`Upgrade ${upgrades}?`}
        verb={`Plan ${formatCount(asked.length, 'upgrade')}`}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          setStarted(
            await api.startUpgrades(asked.map(each => each.environment.id)),
          );
          setChosen(new Set());
          reload();
        }}
      >
        Each gets a plan of its own, which waits to be confirmed; nothing is
        changed before.
        <Box component="ul" sx={{ mb: 0, pl: 2.5 }}>
          {asked.map(({ environment, from, to }) => (
            <li key={environment.id}>
              {environment.name}: {from} → {to}
            </li>
          ))}
        </Box>
      </ConfirmDialog>
    </PageShell>
  );
}

function statusOf(
  value: OutdatedEnvironment[] | undefined,
  error: Error | undefined,
) {
  if (!value) {
    return {
      health: 'unknown' as const,
      sentence: error
        ? 'Which environments are of an older version cannot be seen now.'
        : 'Reading which environments are of an older version…',
    };
  }
  return value.length > 0
    ? {
        health: 'attention' as const,
        sentence: `${formatCount(value.length, 'environment')} ${
          value.length === 1 ? 'is' : 'are'
        } of an older version of ${
          value.length === 1 ? 'its blueprint' : 'their blueprints'
        }.`,
      }
    : {
        health: 'healthy' as const,
        sentence:
          'Every environment is of the newest version of its blueprint.',
      };
}
