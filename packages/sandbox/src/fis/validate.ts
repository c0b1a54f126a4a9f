import { ACTIONS, TARGET_PARAMETERS } from './catalogue';
import type { ActionInput, TargetInput, TemplateInput } from './model';

/** Types of which FIS takes ARNs only. */
const WITHOUT_TAGS = ['aws:iam:role'];

function targetProblem(name: string, target: TargetInput): string | undefined {
  const { resourceType, resourceArns, resourceTags, filters } = target;
  const known = Object.values(ACTIONS).some(
    kind => kind.target?.resourceType === resourceType,
  );
  if (!known) {
    return `Target ${name}: the resource type ${resourceType} is not available here.`;
  }
  const parameters = TARGET_PARAMETERS[resourceType] ?? [];
  const strange = Object.keys(target.parameters ?? {}).find(
    parameter => !parameters.includes(parameter),
  );
  if (strange) {
    return `Target ${name}: ${resourceType} has no parameter ${strange}.`;
  }
  const byTags = resourceTags !== undefined || filters !== undefined;
  const byParameters = Object.keys(target.parameters ?? {}).length > 0;
  if ((resourceArns?.length ?? 0) > 0 && byTags) {
    return `Target ${name}: resourceArns goes with neither resourceTags nor filters.`;
  }
  if (!resourceArns?.length && !byTags && !byParameters) {
    return `Target ${name}: must have resourceArns, resourceTags or parameters.`;
  }
  return resourceTags && WITHOUT_TAGS.includes(resourceType)
    ? `Target ${name}: ${resourceType} is selected by resourceArns.`
    : undefined;
}

function actionProblem(
  name: string,
  action: ActionInput,
  { targets = {}, actions }: TemplateInput,
): string | undefined {
  const kind = Object.hasOwn(ACTIONS, action.actionId)
    ? ACTIONS[action.actionId]
    : undefined;
  if (!kind) {
    return `The action ${
      action.actionId
    } is not available here. Available are: ${Object.keys(ACTIONS).join(
      ', ',
    )}.`;
  }
  for (const [parameter, { required, problem }] of Object.entries(
    kind.parameters,
  )) {
    const value = action.parameters?.[parameter];
    const wrong = value === undefined ? undefined : problem(value);
    if (wrong || (required && value === undefined)) {
      return `Action ${name}: the parameter ${parameter} ${
        wrong ?? 'is required'
      }.`;
    }
  }
  const strange = Object.keys(action.parameters ?? {}).find(
    parameter => !(parameter in kind.parameters),
  );
  if (strange) {
    return `Action ${name}: ${action.actionId} has no parameter ${strange}.`;
  }
  const keys = Object.keys(action.targets ?? {});
  if (kind.target ? keys.join() !== kind.target.key : keys.length > 0) {
    return `Action ${name}: ${action.actionId} needs ${
      kind.target ? `the target ${kind.target.key}` : 'no target'
    }.`;
  }
  const target = kind.target && targets[action.targets![kind.target.key]];
  if (kind.target && target?.resourceType !== kind.target.resourceType) {
    return `Action ${name}: its target must be one of the template's, of the type ${kind.target.resourceType}.`;
  }
  const missing = action.startAfter?.find(other => !(other in actions));
  return missing
    ? `Action ${name}: there is no action ${missing} to start after.`
    : undefined;
}

function hasCycle(actions: TemplateInput['actions']): boolean {
  const done = new Set<string>();
  for (let before = -1; before < done.size; ) {
    before = done.size;
    Object.entries(actions)
      .filter(([, { startAfter = [] }]) => startAfter.every(n => done.has(n)))
      .forEach(([name]) => done.add(name));
  }
  return done.size < Object.keys(actions).length;
}

/** Why FIS refuses a template; undefined for one that it takes. */
export function templateProblem(template: TemplateInput): string | undefined {
  const { actions, targets = {} } = template;
  if (Object.keys(actions).length === 0) {
    return 'An experiment template needs at least one action.';
  }
  const sources = template.stopConditions.map(({ source }) => source);
  if (sources.includes('none') && sources.length > 1) {
    return 'The stop condition none goes with no other.';
  }
  for (const [name, target] of Object.entries(targets)) {
    const problem = targetProblem(name, target);
    if (problem) {
      return problem;
    }
  }
  for (const [name, action] of Object.entries(actions)) {
    const problem = actionProblem(name, action, template);
    if (problem) {
      return problem;
    }
  }
  return hasCycle(actions)
    ? 'The actions of startAfter form a circle.'
    : undefined;
}
