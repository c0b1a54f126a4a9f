import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';
import type { z } from 'zod';
import { RequestIssuesError } from '../services/RequestIssuesError';

/** @throws RequestIssuesError with one issue for each thing that does not fit the schema. */
export function parse<TSchema extends z.ZodType>(
  schema: TSchema,
  value: unknown,
): z.output<TSchema> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  throw new RequestIssuesError(
    result.error.issues.map(
      (issue): RequestIssue => ({
        path: issue.path.map(String).join('.'),
        message: issue.message,
      }),
    ),
  );
}
