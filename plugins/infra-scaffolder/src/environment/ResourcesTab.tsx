import { useApi } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import {
  Age,
  EmptyState,
  ErrorState,
  ResourceTable,
  Section,
  useLoad,
} from '@slipway/ui';
import { infraApiRef } from '../api';

/** What an environment is made of, as AWS has it. */
export function ResourcesTab(props: { environment: Environment }) {
  const { id, activeRun } = props.environment;
  const api = useApi(infraApiRef);
  const { value, error, loading, reload } = useLoad(
    () => api.listResources(id),
    [api, id],
    { everyMs: activeRun ? 3_000 : 30_000 },
  );
  if (error && !value) {
    return (
      <ErrorState
        title="The resources could not be read"
        error={error}
        onRetry={reload}
      />
    );
  }
  return (
    <Section
      title="Resources"
      flush
      aside={
        value && (
          <span style={{ fontSize: 12 }}>
            read from AWS <Age at={value.readAt} />
            {error ? '; reading again failed' : ''}
          </span>
        )
      }
    >
      <ResourceTable
        resources={value?.items ?? []}
        without={['elapsed']}
        loading={loading}
        empty={
          <EmptyState
            title="No resources"
            why="Nothing of this environment exists in AWS."
          />
        }
      />
    </Section>
  );
}
