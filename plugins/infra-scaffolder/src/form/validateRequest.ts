import type { ApiHolder } from '@backstage/frontend-plugin-api';
import type { FieldValidation } from '@rjsf/utils';
import type { EnvironmentRequest } from '@slipway/plugin-infra-scaffolder-common';
import { infraApiRef } from '../api';
import { checkLocally, missingOf, saidOf, startRequest } from './model/request';

/**
 * Keeps a request from going on while anything is wrong with it, in the same words as the form uses while typing.
 *
 * @param value - as far as it is filled in.
 */
export async function validateRequest(
  value: Partial<EnvironmentRequest>,
  validation: Pick<FieldValidation, 'addError'>,
  context: { apiHolder: ApiHolder },
): Promise<void> {
  const api = context.apiHolder.get(infraApiRef);
  if (!api || !value?.blueprint) {
    validation.addError('The form is not ready yet. Try again in a moment.');
    return;
  }
  const { id, version } = value.blueprint;
  const blueprints = await api.listBlueprints();
  const blueprint = blueprints.find(
    candidate => candidate.id === id && candidate.version === version,
  );
  if (!blueprint) {
    validation.addError(
      `There is no blueprint ${id} ${version} any more. Begin again.`,
    );
    return;
  }
  const draft = startRequest(blueprint, value);
  const own = [...missingOf(draft), ...checkLocally(blueprint, draft)];
  const issues =
    own.length > 0 ? own : (await api.checkRequest(saidOf(draft))).issues;
  for (const issue of issues) {
    validation.addError(issue.message);
  }
}
