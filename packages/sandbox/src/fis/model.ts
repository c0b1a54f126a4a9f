import { z } from 'zod';

const target = z.strictObject({
  resourceType: z.string(),
  resourceArns: z.array(z.string()).max(5).optional(),
  resourceTags: z.record(z.string(), z.string()).optional(),
  filters: z
    .array(z.strictObject({ path: z.string(), values: z.array(z.string()) }))
    .optional(),
  selectionMode: z
    .string()
    .regex(
      /^(ALL|COUNT\([1-9]\d*\)|PERCENT\(([1-9]\d?|100)\))$/,
      'must be ALL, COUNT(n) or PERCENT(n)',
    ),
  parameters: z.record(z.string(), z.string()).optional(),
});

const action = z.strictObject({
  actionId: z.string(),
  description: z.string().max(512).optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  targets: z.record(z.string(), z.string()).optional(),
  startAfter: z.array(z.string()).optional(),
});

const stopCondition = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('none') }),
  z.strictObject({
    source: z.literal('aws:cloudwatch:alarm'),
    value: z.string().regex(/^arn:aws:cloudwatch:[^:]+:\d{12}:alarm:.+$/),
  }),
]);

const tags = z.record(z.string(), z.string()).optional();

/** Body of CreateExperimentTemplate. What is not named here, such as logs and reports, is not emulated. */
export const templateInput = z.strictObject({
  clientToken: z.string().min(1),
  description: z.string().min(1).max(512),
  roleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/.+$/),
  stopConditions: z.array(stopCondition).min(1),
  targets: z.record(z.string(), target).optional(),
  actions: z.record(z.string(), action),
  experimentOptions: z
    .strictObject({
      accountTargeting: z.literal('single-account').optional(),
      emptyTargetResolutionMode: z.enum(['fail', 'skip']).optional(),
    })
    .optional(),
  tags,
});

/** Body of StartExperiment. */
export const startInput = z.strictObject({
  clientToken: z.string().min(1),
  experimentTemplateId: z.string(),
  experimentOptions: z
    .strictObject({ actionsMode: z.enum(['skip-all', 'run-all']).optional() })
    .optional(),
  tags,
});

export type TargetInput = z.infer<typeof target>;
export type ActionInput = z.infer<typeof action>;
export type TemplateInput = z.infer<typeof templateInput>;

/** Times are milliseconds since 1970 throughout. */
export interface Template extends TemplateInput {
  id: string;
  account: string;
  region: string;
  createdMs: number;
}

/** https://docs.aws.amazon.com/fis/latest/APIReference/API_ExperimentActionState.html */
export type ActionStatus =
  | 'pending'
  | 'running'
  | 'completed'
  | 'cancelled'
  | 'stopped'
  | 'failed'
  | 'skipped';

/** One action while its experiment runs. */
export interface ActionRun {
  status: ActionStatus;
  reason?: string;
  startedMs?: number;
  /** When its effect is over by itself; left out for one that is over at once. */
  endsMs?: number;
  endedMs?: number;
  /** What it takes to end the effect. */
  undo?: Undo;
}

/** What an effect leaves to be ended. */
export interface Undo {
  faults?: string[];
  stoppedInstances?: string[];
}

/** https://docs.aws.amazon.com/fis/latest/APIReference/API_ExperimentState.html */
export type ExperimentStatus =
  | 'initiating'
  | 'running'
  | 'completed'
  | 'stopping'
  | 'stopped'
  | 'failed';

/** An experiment, with the template as it was when it started. */
export interface Experiment {
  id: string;
  clientToken: string;
  template: Template;
  status: ExperimentStatus;
  reason?: string;
  /** Why it is to stop. */
  stopReason?: string;
  startedMs: number;
  endedMs?: number;
  actionsMode: 'skip-all' | 'run-all';
  /** ARNs by name of the target, once they are resolved. */
  resolved?: Record<string, string[]>;
  actions: Record<string, ActionRun>;
  tags?: Record<string, string>;
}
