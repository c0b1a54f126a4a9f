import type { StepFailedError } from '@slipway/plugin-runs-node';
import type { Diagnostic } from '../binary/output';
import type { PlanDocument } from '../describe/planDocument';
import type { Workspace } from '../workspace/Workspace';
import { diagnosticFailure } from './failures';

export const PLAN_FILE = 'slipway.tfplan';

/** How Terraform's planning ended. */
export type PlanAttempt =
  | { document: PlanDocument; diagnostics: Diagnostic[] }
  | { failure: StepFailedError; diagnostics: Diagnostic[] };

/** Has Terraform plan into {@link PLAN_FILE}. It takes no lock: an apply refuses a plan whose state has moved. */
export async function tryPlan(
  workspace: Workspace,
  signal: AbortSignal,
  { destroy }: { destroy: boolean },
): Promise<PlanAttempt> {
  const { code, diagnostics, stderr } = await workspace.run(
    [
      'plan',
      '-json',
      '-input=false',
      '-lock=false',
      `-out=${PLAN_FILE}`,
      ...workspace.variableArguments,
      ...(destroy ? ['-destroy'] : []),
    ],
    signal,
  );
  return code === 0
    ? { document: await showPlan(workspace, signal), diagnostics }
    : { failure: diagnosticFailure('plan', diagnostics, stderr), diagnostics };
}

/** @throws StepFailedError with Terraform's reason */
export async function makePlan(
  workspace: Workspace,
  signal: AbortSignal,
  options: { destroy: boolean },
): Promise<{ document: PlanDocument; diagnostics: Diagnostic[] }> {
  const attempt = await tryPlan(workspace, signal, options);
  if ('failure' in attempt) {
    throw attempt.failure;
  }
  return attempt;
}

export async function showPlan(
  workspace: Workspace,
  signal: AbortSignal,
): Promise<PlanDocument> {
  const { code, stdout, stderr } = await workspace.run(
    ['show', '-json', PLAN_FILE],
    signal,
  );
  if (code !== 0) {
    throw diagnosticFailure('read the plan', [], stderr);
  }
  return JSON.parse(stdout);
}
