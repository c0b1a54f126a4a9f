import type { ActionDeps } from './deps';
import { registerDescribeRun } from './describeRun';
import { registerGetEnvironment } from './getEnvironment';
import { registerListBlueprints } from './listBlueprints';
import { registerListEnvironments } from './listEnvironments';
import { registerPlanEnvironment } from './planEnvironment';
import { registerRequestChange } from './requestChange';
import { registerRequestDestroyPlan } from './requestDestroyPlan';

/**
 * What agents may do: read, plan and request, each with the rights of whom they work for. There is none that confirms,
 * approves or applies, and none may be added: consent is a person's.
 */
export function registerActions(deps: ActionDeps): void {
  registerListEnvironments(deps);
  registerGetEnvironment(deps);
  registerListBlueprints(deps);
  registerDescribeRun(deps);
  registerPlanEnvironment(deps);
  registerRequestChange(deps);
  registerRequestDestroyPlan(deps);
}
