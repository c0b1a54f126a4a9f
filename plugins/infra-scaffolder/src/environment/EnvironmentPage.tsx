import { useApi } from '@backstage/frontend-plugin-api';
import { ErrorState, PageShell, TextLink, useLoad, useNow } from '@slipway/ui';
import { useParams } from 'react-router-dom';
import { infraApiRef } from '../api';
import { ConnectTab } from '../connect/ConnectTab';
import { ManifestsTab } from '../manifests/ManifestsTab';
import { PageSkeleton } from '../shared/PageSkeleton';
import { StandingFindingsTab } from '../policies/StandingFindingsTab';
import { useLinks } from '../shared/useLinks';
import { DriftTab } from '../drift/DriftTab';
import { ActivityTab } from './ActivityTab';
import { environmentSentence } from './environmentSentence';
import { EnvironmentActions } from './EnvironmentActions';
import { FreezeNotice } from '../freezes/FreezeNotice';
import { EndNotice } from '../lifetime/EndNotice';
import { ScheduleTab } from '../schedules/ScheduleTab';
import { SleepNotice } from '../schedules/SleepNotice';
import { ReceiptTab } from '../receipt/ReceiptTab';
import { EnvironmentNotices } from './EnvironmentNotices';
import { OverviewTab } from './OverviewTab';
import { ResourcesTab } from './ResourcesTab';
import { RunsTab } from './RunsTab';

const READ_EVERY_MS = 3_000;

/** One environment: how it is, what it offers, what it is made of, what was done to it. */
export function EnvironmentPage() {
  const { name = '' } = useParams();
  const api = useApi(infraApiRef);
  const links = useLinks();
  const now = useNow();
  const { value, error, loading, reload } = useLoad(
    () => api.getEnvironment(name),
    [api, name],
    { everyMs: READ_EVERY_MS },
  );
  const above = <TextLink to={links.list}>Environments</TextLink>;
  if (!value) {
    return (
      <PageShell title={name} above={above}>
        {error && !loading ? (
          <ErrorState
            title={`${name} could not be read`}
            error={error}
            onRetry={reload}
          />
        ) : (
          <PageSkeleton />
        )}
      </PageShell>
    );
  }
  return (
    <PageShell
      title={value.name}
      above={above}
      status={environmentSentence(value, now)}
      actions={<EnvironmentActions environment={value} onChange={reload} />}
      notice={
        <>
          <EnvironmentNotices environment={value} stale={Boolean(error)} />
          <EndNotice environment={value} onChange={reload} />
          <SleepNotice environment={value} onChange={reload} />
          <FreezeNotice subject={value} />
        </>
      }
      tabs={[
        ...(value.status === 'destroyed'
          ? [
              {
                id: 'receipt',
                title: 'Receipt',
                content: <ReceiptTab environment={value} />,
              },
            ]
          : []),
        {
          id: 'overview',
          title: 'Overview',
          content: <OverviewTab environment={value} onChange={reload} />,
        },
        {
          id: 'connect',
          title: 'Connect',
          content: <ConnectTab environment={value} />,
        },
        {
          id: 'manifests',
          title: 'Manifests',
          content: <ManifestsTab environment={value} />,
        },
        {
          id: 'resources',
          title: 'Resources',
          content: <ResourcesTab environment={value} />,
        },
        {
          id: 'drift',
          title:
            value.drift?.state === 'drifted'
              ? `Drift (${value.drift.resources})`
              : 'Drift',
          content: <DriftTab environment={value} />,
        },
        {
          id: 'schedule',
          title: value.sleep ? 'Schedule (asleep)' : 'Schedule',
          content: <ScheduleTab environment={value} onChange={reload} />,
        },
        {
          id: 'policies',
          title: 'Policies',
          content: <StandingFindingsTab environment={value} />,
        },
        {
          id: 'runs',
          title: 'Runs',
          content: <RunsTab environment={value} />,
        },
        {
          id: 'activity',
          title: 'Activity',
          content: <ActivityTab environment={value} />,
        },
      ]}
    />
  );
}
