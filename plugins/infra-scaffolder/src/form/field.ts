import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import type { EnvironmentRequest } from '@slipway/plugin-infra-scaffolder-common';
import { z } from 'zod/v3';
import {
  EnvironmentRequestField,
  type EnvironmentRequestOptions,
} from './EnvironmentRequestField';
import { validateRequest } from './validateRequest';

/** `ui:field: EnvironmentRequest` with `ui:options: { blueprint: <id> }`. */
export const environmentRequestField = createFormField<
  z.ZodType<Partial<EnvironmentRequest>>,
  z.ZodType<EnvironmentRequestOptions>
>({
  name: 'EnvironmentRequest',
  component: EnvironmentRequestField,
  validation: validateRequest,
});
