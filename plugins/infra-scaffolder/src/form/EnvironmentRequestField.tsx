import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { EnvironmentRequest } from '@slipway/plugin-infra-scaffolder-common';
import { ErrorState } from '@slipway/ui';
import { EnvironmentForm } from './EnvironmentForm';
import { useChoices } from './useChoices';
import { useDraft } from './useDraft';

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
  const { draft, change } = useDraft({
    blueprint: choices.value?.blueprint,
    given: formData ?? {},
    onChange,
  });

  if (choices.error) {
    return (
      <ErrorState
        title="The form could not be made"
        error={choices.error}
        onRetry={choices.reload}
      />
    );
  }
  if (!choices.value || !draft) {
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
