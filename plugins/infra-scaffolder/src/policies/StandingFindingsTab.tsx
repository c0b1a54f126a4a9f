import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  EmptyState,
  ErrorState,
  Section,
  TextLink,
  Time,
  useLoad,
} from '@slipway/ui';
import { infraApiRef } from '../api';
import { PageSkeleton } from '../shared/PageSkeleton';
import { useLinks } from '../shared/useLinks';
import { FindingsPanel } from './FindingsPanel';

/** What the policies say of the environment as it stands. */
export function StandingFindingsTab(props: {
  environment: Environment & { allowed: EnvironmentAllowed };
}) {
  const { environment } = props;
  const api = useApi(infraApiRef);
  const links = useLinks();
  const { value, error, loading, reload } = useLoad(
    () => api.getAppliedFindings(environment.id),
    [api, environment.id, environment.lastRunId, environment.activeRun?.runId],
  );
  if (value === undefined) {
    return error && !loading ? (
      <ErrorState
        title="What the policies say could not be read"
        error={error}
        onRetry={reload}
      />
    ) : (
      <PageSkeleton />
    );
  }
  if (!value) {
    return (
      <EmptyState
        title="Nothing to judge yet"
        why="What the policies say of an environment is known by the plan that was applied last."
      />
    );
  }
  return (
    <Section
      title="Policies"
      flush
      aside={
        <span>
          By{' '}
          <TextLink to={links.run(environment.name, value.runId)}>
            plan {value.planId}
          </TextLink>
          , applied <Time at={value.appliedAt} />
        </span>
      }
    >
      {value.findings.length > 0 ? (
        <FindingsPanel
          findings={value.findings}
          environment={environment}
          isOver={false}
          mayAsk={environment.allowed.update}
          onChange={reload}
        />
      ) : (
        <EmptyState
          title="Nothing is against a rule"
          why="As the environment stands, no rule finds anything in it."
        />
      )}
    </Section>
  );
}
