import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { PlanToReview } from '@slipway/plugin-infra-scaffolder-node';
import type { StepServices } from './context';

const PAGE = 200;

type Services = Pick<StepServices, 'environments' | 'plans' | 'activity'>;

async function livingOf(
  owner: string,
  { environments }: Services,
): Promise<Environment[]> {
  const all: Environment[] = [];
  let cursor: string | undefined;
  do {
    const page = await environments.list({ owner, limit: PAGE, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
}

/** What the run at work was confirmed to make of it; undefined where nobody has confirmed anything. */
async function confirmedUsd(
  { id, activeRun }: Environment,
  { plans, activity }: Services,
): Promise<{ monthlyUsd?: string } | undefined> {
  if (!activeRun || activeRun.operation === 'destroy') {
    return undefined;
  }
  const isConfirmed = (await activity.list(id)).some(
    ({ action, runId }) =>
      action === 'plan.confirmed' && runId === activeRun.runId,
  );
  if (!isConfirmed) {
    return undefined;
  }
  const stored = await plans.newest(activeRun.runId);
  return { monthlyUsd: stored?.plan.estimate?.monthlyUsd };
}

/**
 * The other living environments of a team with what each comes to: by the plan that is being applied or awaits its
 * approval, else by the one that was applied last. One that is only being planned comes to nothing yet.
 */
export async function teamEnvironments(
  environment: Environment,
  services: Services,
): Promise<NonNullable<PlanToReview['teamEnvironments']>> {
  const others = (await livingOf(environment.owner, services)).filter(
    ({ id }) => id !== environment.id,
  );
  const told = [];
  for (const other of others) {
    const confirmed = await confirmedUsd(other, services);
    if (confirmed || other.status !== 'planning') {
      const monthlyUsd = confirmed
        ? confirmed.monthlyUsd
        : other.estimate?.monthlyUsd;
      told.push({ name: other.name, ...(monthlyUsd && { monthlyUsd }) });
    }
  }
  return told;
}
