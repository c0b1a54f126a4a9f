import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { z } from 'zod/v3';
import { runPath } from '../services/paths';
import type { ActionDeps } from './deps';

/** What an agent is told of a run that it asked for. */
export const startedSchema = z.object({
  environmentId: z.string(),
  name: z.string(),
  runId: z.string(),
  url: z
    .string()
    .describe('Page of the run, where a person looks at the plan and confirms'),
  next: z.string().describe('What happens now, and who has to do what'),
});

export function startedOf(
  { pageUrl }: ActionDeps,
  environment: Pick<Environment, 'id' | 'name'>,
  runId: string,
): z.infer<typeof startedSchema> {
  return {
    environmentId: environment.id,
    name: environment.name,
    runId,
    url: pageUrl(runPath(runId)),
    next: 'A plan is being made. Nothing in AWS changes before a person confirms it on that page, and whoever the approval policy names approves it. Read it with describe-run.',
  };
}
