import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { EnvironmentRequest } from '@slipway/plugin-infra-scaffolder-common';
import { ErrorState } from '@slipway/ui';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { EnvironmentForm } from './EnvironmentForm';
import { startRequest } from './model/request';
import { useChoices } from './useChoices';

/** Options of the field in a template: which blueprint it asks for. */
export interface EnvironmentRequestOptions {
  blueprint: string;
}

/** Asks for an environment within a template's form; its value is an `EnvironmentRequest`. */
export function EnvironmentRequestField(
  props: FieldExtensionComponentProps<
    Partial<EnvironmentRequest>,
    EnvironmentRequestOptions
  >,
) {
  const { formData, onChange, rawErrors, uiSchema } = props;
  const blueprintId = uiSchema['ui:options']?.blueprint ?? '';
  const choices = useChoices(blueprintId);
  const blueprint = choices.value?.blueprint;
  const draft = useMemo(
    () => blueprint && startRequest(blueprint, formData ?? {}),
    [blueprint, formData],
  );
  const send = useRef(onChange);
  send.current = onChange;
  const change = useCallback(
    (value: EnvironmentRequest) => send.current(value),
    [],
  );

  const started = Boolean(formData?.blueprint);
  useEffect(() => {
    if (draft && !started) {
      change(draft);
    }
  }, [draft, started, change]);

  if (choices.error) {
    return (
      <ErrorState
        title="The form could not be made"
        error={choices.error}
        onRetry={choices.reload}
      />
    );
  }
  if (!choices.value || !draft || !started) {
    return (
      <Box aria-busy="true" aria-label="Reading what can be chosen">
        {Array.from({ length: 6 }, (_, row) => (
          <Skeleton key={row} height={64} />
        ))}
      </Box>
    );
  }
  return (
    <EnvironmentForm
      choices={choices.value}
      draft={draft}
      onChange={change}
      complain={(rawErrors ?? []).length > 0}
    />
  );
}
