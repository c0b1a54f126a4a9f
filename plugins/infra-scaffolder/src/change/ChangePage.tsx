import Alert from '@mui/material/Alert';
import { useApi } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { ErrorState, PageShell, TextLink, useLoad } from '@slipway/ui';
import { useMemo, useRef } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import { infraApiRef } from '../api';
import { EnvironmentNotices } from '../environment/EnvironmentNotices';
import { whyNotChange } from '../environment/whyNot';
import { PageSkeleton } from '../shared/PageSkeleton';
import { useLinks } from '../shared/useLinks';
import { ChangeEditor } from './ChangeEditor';
import { useBlueprints } from './useBlueprints';

const READ_EVERY_MS = 5_000;

/** Where a person changes an environment: the form as recorded, or why it cannot be changed now. */
export function ChangePage() {
  const { name = '' } = useParams();
  const [search] = useSearchParams();
  const set = useMemo(() => valuesOf(search.get('set')), [search]);
  const api = useApi(infraApiRef);
  const links = useLinks();
  const { value, error, reload } = useLoad(
    () => api.getEnvironment(name),
    [api, name],
    { everyMs: READ_EVERY_MS },
  );
  // What the form was filled from; who holds it meanwhile is read on.
  const recorded = useRef(value);
  recorded.current ??= value;
  const choices = useBlueprints(recorded.current?.blueprint);
  const above = (
    <>
      <TextLink to={links.list}>Environments</TextLink> /{' '}
      <TextLink to={links.environment(name)}>{name}</TextLink>
    </>
  );
  const title = `Change ${name}`;
  const failure = !value ? error : choices.error;
  if (!value || !recorded.current || !choices.value) {
    return (
      <PageShell title={title} above={above}>
        {failure ? (
          <ErrorState
            title={`${name} could not be read`}
            error={failure}
            onRetry={value ? choices.reload : reload}
          />
        ) : (
          <PageSkeleton />
        )}
      </PageShell>
    );
  }
  const denied = whyNotChange(value);
  return (
    <ChangeEditor
      environment={recorded.current}
      choices={choices.value}
      above={above}
      denied={denied}
      set={set}
      notice={
        denied && (
          <>
            <EnvironmentNotices environment={value} stale={Boolean(error)} />
            {!value.activeRun && !value.freeze && !value.lease && (
              <Alert severity="warning" variant="outlined">
                {denied}
              </Alert>
            )}
          </>
        )
      }
    />
  );
}

/** Parameters that the address fills in; none where it cannot be read. */
function valuesOf(text: string | null): JsonObject {
  try {
    const value = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? value
      : {};
  } catch {
    return {};
  }
}
