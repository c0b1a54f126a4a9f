import {
  CONFIRM_SIGNAL,
  PLAN_STALE,
  type Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { RunProblem } from '@slipway/plugin-runs-common';
import type { FakeInfraApi } from './FakeInfraApi';
import { samplePlan } from './samples';

/** Brings a run to where it waits for its plan to be confirmed. */
export function playPlan(
  api: FakeInfraApi,
  runId = 'r1',
  plan: Plan = samplePlan(),
): void {
  api.plans.set(runId, plan);
  step(api, runId, 'plan', 'running', 'succeeded');
  api.emit(runId, {
    code: 'step.state',
    stepId: 'confirm',
    message: 'Waiting for the plan to be confirmed',
    data: {
      from: 'pending',
      to: 'waiting',
      attempt: 1,
      waitingFor: {
        signal: CONFIRM_SIGNAL,
        title: 'A person has to confirm the plan',
      },
    },
  });
  api.emit(runId, {
    code: 'run.state',
    message: 'The run waits',
    data: { from: 'running', to: 'waiting' },
  });
}

/** Confirms a run's plan and begins to apply it. */
export function playConfirm(api: FakeInfraApi, runId = 'r1'): void {
  api.emit(runId, {
    code: 'run.state',
    message: 'The run goes on',
    data: { from: 'waiting', to: 'running' },
  });
  step(api, runId, 'confirm', 'waiting', 'succeeded');
  step(api, runId, 'approve', 'pending', 'succeeded');
  step(api, runId, 'apply', 'pending', 'running');
}

/** Tells of one resource of the plan. */
export function playResource(
  api: FakeInfraApi,
  index: number,
  status: 'working' | 'done' | 'failed',
  runId = 'r1',
): void {
  const change = api.plans.get(runId)!.changes[index];
  const { logicalId, type, path } = change;
  const awsStatus = {
    working: 'CREATE_IN_PROGRESS',
    done: 'CREATE_COMPLETE',
    failed: 'CREATE_FAILED',
  }[status];
  api.emit(runId, {
    code: 'infra.resource',
    stepId: 'apply',
    level: status === 'failed' ? 'error' : 'info',
    message: `${path} ${awsStatus}`,
    data: {
      logicalId,
      type,
      path,
      status,
      awsStatus,
      updatedAt: new Date().toISOString(),
      ...(status === 'failed' && { reason: 'The quota is used up.' }),
      ...(status !== 'working' && { physicalId: `${logicalId}-0a1b2c` }),
    },
  });
}

/** Ends a run well. */
export function playSuccess(api: FakeInfraApi, runId = 'r1'): void {
  step(api, runId, 'apply', 'running', 'succeeded');
  step(api, runId, 'record', 'pending', 'succeeded');
  api.emit(runId, {
    code: 'run.state',
    message: 'The run succeeded',
    data: { from: 'running', to: 'succeeded' },
  });
}

/** Refuses to apply a plan that the world has overtaken. */
export function playStale(api: FakeInfraApi, runId = 'r1'): void {
  fail(api, runId, {
    code: PLAN_STALE,
    message: 'The stack slipway-shop-dev has changed since the plan was made.',
    mend: 'Plan again and confirm what it shows now.',
  });
}

/** Fails a run while it applies. */
export function playFailure(api: FakeInfraApi, runId = 'r1'): void {
  fail(api, runId, {
    code: 'aws.quota',
    message: 'AWS refused database/DBInstance1: the quota of 40 is used up.',
    mend: 'Ask for a higher quota, or destroy what is not needed, then retry.',
  });
}

function fail(api: FakeInfraApi, runId: string, problem: RunProblem) {
  api.emit(runId, {
    code: 'step.state',
    stepId: 'apply',
    level: 'error',
    message: problem.message,
    data: {
      from: 'running',
      to: 'failed',
      attempt: 1,
      problem: { ...problem },
    },
  });
  api.emit(runId, {
    code: 'run.state',
    level: 'error',
    message: 'The run failed',
    data: { from: 'running', to: 'failed', problem: { ...problem } },
  });
}

function step(
  api: FakeInfraApi,
  runId: string,
  stepId: string,
  from: string,
  to: string,
) {
  api.emit(runId, {
    code: 'step.state',
    stepId,
    message: `${stepId}: ${to}`,
    data: { from, to, attempt: 1 },
  });
}
