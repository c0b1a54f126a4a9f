import { ACTIONS, type ActionKind } from './catalogue';
import type { ActionRun, Experiment, Template } from './model';

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

function arn(
  { account, region }: Pick<Template, 'account' | 'region'>,
  resource: string,
) {
  return `arn:aws:fis:${region}:${account}:${resource}`;
}

function optionsOf({ experimentOptions }: Template) {
  return {
    accountTargeting: 'single-account',
    emptyTargetResolutionMode: 'fail',
    ...experimentOptions,
  };
}

/** A template as GetExperimentTemplate has it. */
export function templateToApi(template: Template) {
  return {
    id: template.id,
    arn: arn(template, `experiment-template/${template.id}`),
    description: template.description,
    targets: template.targets ?? {},
    actions: template.actions,
    stopConditions: template.stopConditions,
    creationTime: seconds(template.createdMs),
    lastUpdateTime: seconds(template.createdMs),
    roleArn: template.roleArn,
    tags: template.tags ?? {},
    experimentOptions: optionsOf(template),
    targetAccountConfigurationsCount: 0,
  };
}

/** A template as ListExperimentTemplates has it. */
export function templateSummary(template: Template) {
  const {
    id,
    arn: ownArn,
    description,
    tags,
    ...rest
  } = templateToApi(template);
  const { creationTime, lastUpdateTime } = rest;
  return { id, arn: ownArn, description, creationTime, lastUpdateTime, tags };
}

const REASONS: Partial<Record<ActionRun['status'], string>> = {
  pending: 'Initial state',
  running: 'Action was started.',
  completed: 'Action was completed.',
  stopped: 'Action was halted by stop experiment.',
  cancelled: 'Action was cancelled.',
  skipped: 'Action was skipped.',
};

function actionsToApi({ template, actions }: Experiment) {
  return Object.fromEntries(
    Object.entries(template.actions).map(([name, action]) => {
      const { status, reason, startedMs, endedMs } = actions[name];
      return [
        name,
        {
          ...action,
          state: { status, reason: reason ?? REASONS[status] },
          startTime: seconds(startedMs),
          endTime: seconds(endedMs),
        },
      ];
    }),
  );
}

function stateToApi({ status, reason, template }: Experiment) {
  const error =
    status === 'failed'
      ? {
          accountId: template.account,
          code: 'ExperimentFailed',
          location: template.region,
        }
      : undefined;
  return { status, reason: reason ?? 'Experiment is initiating.', error };
}

/** An experiment as ListExperiments has it. */
export function experimentSummary(experiment: Experiment) {
  const { id, template, startedMs, tags } = experiment;
  return {
    id,
    arn: arn(template, `experiment/${id}`),
    experimentTemplateId: template.id,
    state: stateToApi(experiment),
    creationTime: seconds(startedMs),
    tags: tags ?? {},
    experimentOptions: {
      ...optionsOf(template),
      actionsMode: experiment.actionsMode,
    },
  };
}

/** An experiment as GetExperiment has it. */
export function experimentToApi(experiment: Experiment) {
  const { template, startedMs, endedMs } = experiment;
  return {
    ...experimentSummary(experiment),
    roleArn: template.roleArn,
    targets: template.targets ?? {},
    actions: actionsToApi(experiment),
    stopConditions: template.stopConditions,
    startTime: seconds(startedMs),
    endTime: seconds(endedMs),
    targetAccountConfigurationsCount: 0,
  };
}

/** The resources of an experiment as ListExperimentResolvedTargets has them. */
export function resolvedToApi({ template, resolved = {} }: Experiment) {
  return Object.entries(resolved).flatMap(([targetName, arns]) =>
    arns.map(targetArn => ({
      resourceType: template.targets![targetName].resourceType,
      targetName,
      targetInformation: { TargetArn: targetArn },
    })),
  );
}

function targetsOf({ target }: ActionKind) {
  return target ? { [target.key]: { resourceType: target.resourceType } } : {};
}

/** An action as ListActions has it. */
export function actionSummary(id: string, region: string) {
  return {
    id,
    arn: `arn:aws:fis:${region}::action/${id}`,
    description: ACTIONS[id].description,
    targets: targetsOf(ACTIONS[id]),
    tags: {},
  };
}

/** An action as GetAction has it. */
export function actionToApi(id: string, region: string) {
  return {
    ...actionSummary(id, region),
    parameters: Object.fromEntries(
      Object.entries(ACTIONS[id].parameters).map(
        ([name, { description, required }]) => [
          name,
          { description, required },
        ],
      ),
    ),
  };
}
