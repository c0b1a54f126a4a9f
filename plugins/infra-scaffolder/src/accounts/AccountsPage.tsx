import Box from '@mui/material/Box';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  EmptyState,
  ErrorState,
  PageShell,
  TextLink,
  useLoad,
} from '@slipway/ui';
import { accountApiRef } from '../api';
import { PageSkeleton } from '../shared/PageSkeleton';
import { useLinks } from '../shared/useLinks';
import { AccountSection } from './AccountSection';
import { sumUpAccounts } from './accountWords';

const READ_EVERY_MS = 30_000;

/** The accounts that environments are made in: what they take, and what is missing in them. */
export function AccountsPage() {
  const api = useApi(accountApiRef);
  const links = useLinks();
  const { value, error, reload } = useLoad(() => api.listAccounts(), [api], {
    everyMs: READ_EVERY_MS,
  });
  const check = async (accountId: string) => {
    await api.checkAccount(accountId);
    reload();
  };
  return (
    <PageShell
      title="Accounts"
      above={<TextLink to={links.list}>Environments</TextLink>}
      status={
        value
          ? sumUpAccounts(value.items)
          : {
              health: 'unknown',
              sentence: error
                ? 'Which accounts there are cannot be seen now.'
                : 'Reading accounts…',
            }
      }
    >
      {!value && error && (
        <ErrorState
          title="The accounts could not be read"
          error={error}
          onRetry={reload}
        />
      )}
      {!value && !error && <PageSkeleton />}
      {value?.items.length === 0 && (
        <EmptyState
          title="No account yet"
          why="Accounts that environments may be made in are listed here. Name them under aws.targets in the configuration."
        />
      )}
      <Box sx={{ display: 'grid', gap: 2 }}>
        {value?.items.map(account => (
          <AccountSection
            key={account.accountId}
            account={account}
            onCheck={
              value.mayCheck ? () => check(account.accountId) : undefined
            }
          />
        ))}
      </Box>
    </PageShell>
  );
}
