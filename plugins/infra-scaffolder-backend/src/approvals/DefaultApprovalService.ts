import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  APPROVAL_SIGNAL,
  whyMayNotDecide,
  type Approval,
  type ApprovalState,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { actorOf } from '../services/actor';
import type { Announcer } from '../services/Announcer';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import { inputsOf, withDesiredState } from '../services/environmentRun';
import { plannedHash } from '../services/plannedHash';
import { runPath } from '../services/paths';
import type { As, EnvironmentRunService } from '../services/types';
import { isPersonAlone } from './isPersonAlone';
import type { ApprovalService, ApprovalStore } from './types';

interface Options {
  approvals: ApprovalStore;
  activity: ActivityStore;
  announcer: Announcer;
  authorizer: EnvironmentAuthorizer;
  environments: EnvironmentStore;
  /** As people may see them. */
  environmentRuns: Pick<EnvironmentRunService, 'get'>;
  freezes: FreezeGuard;
  runs: RunEngine;
}

const RIGHT_IT_TAKES =
  'Deciding on plans takes the role of an approver, an SRE or an admin.';

function decidedAlready(approval: Approval): string {
  const { state, planHash, decidedBy, decidedAt, expiresAt } = approval;
  const plan = `Plan ${planHash.slice(0, 12)}`;
  if (state === 'lapsed') {
    return `${plan} lapsed at ${expiresAt}. It has to be planned again.`;
  }
  return decidedBy
    ? `${plan} was ${state} by ${decidedBy} at ${decidedAt}.`
    : `${plan} awaits nobody's decision any more: its run has ended.`;
}

export class DefaultApprovalService implements ApprovalService {
  readonly #options: Options;

  static create(options: Options): DefaultApprovalService {
    return new DefaultApprovalService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async list(
    state: ApprovalState | undefined,
    { credentials }: As,
  ): Promise<Approval[]> {
    const { approvals, authorizer, environments } = this.#options;
    const items = await approvals.list(state, new Date());
    const isVisible = await authorizer.visibility(credentials);
    const found = await environments.findMany([
      ...new Set(items.map(({ environmentId }) => environmentId)),
    ]);
    const visible = new Set(
      found.filter(environment => isVisible(environment)).map(({ id }) => id),
    );
    return items.filter(({ environmentId }) => visible.has(environmentId));
  }

  async get(runId: string, as: As) {
    const { run, environment } = await this.#options.environmentRuns.get(
      runId,
      as,
    );
    const approval = await this.#current(run);
    const reason = approval
      ? await this.#whyNot(environment, approval, as)
      : 'The plan awaits no approval.';
    return {
      approval: approval ?? null,
      mayDecide: reason ? { allowed: false, reason } : { allowed: true },
    };
  }

  async decide(
    runId: string,
    {
      decision,
      planHash,
      comment,
    }: { decision: 'approve' | 'reject'; planHash: string; comment?: string },
    as: As,
  ): Promise<Approval> {
    const { approvals, environmentRuns, runs } = this.#options;
    const { run, environment } = await environmentRuns.get(runId, as);
    const approval = await this.#current(run);
    const refusal = await this.#whyNot(environment, approval, as);
    if (refusal) {
      throw new NotAllowedError(refusal);
    }
    if (!approval) {
      throw new ConflictError(`${run.title} has no plan that awaits approval.`);
    }
    if (approval.planHash !== planHash) {
      throw new ConflictError(
        `The plan has changed since you looked: it is ${approval.planHash.slice(
          0,
          12,
        )} now, not ${planHash.slice(
          0,
          12,
        )}. Look at it again and decide on what it shows.`,
      );
    }
    if (run.settledAt) {
      throw new ConflictError(
        `${run.title} has ended; the run is ${run.state}.`,
      );
    }
    const at = new Date();
    if (decision === 'approve') {
      await this.#refuseInFreeze(run, environment, planHash, at);
    }
    const by = actorOf(as.credentials);
    const state = decision === 'approve' ? 'approved' : 'rejected';
    const isWritten = await approvals.decide({
      runId,
      planHash,
      state,
      by,
      comment,
      at,
    });
    const decided = (await approvals.find(runId, planHash, at))!;
    if (!isWritten && !(decided.state === state && decided.decidedBy === by)) {
      throw new ConflictError(decidedAlready(decided));
    }
    if (isWritten) {
      await this.#tell(run, environment, decided);
    }
    await runs.command(
      runId,
      decision === 'approve'
        ? { type: 'signal', signal: APPROVAL_SIGNAL, payload: { planHash } }
        : { type: 'cancel', reason: `${by} rejected the plan: ${comment}` },
      by,
    );
    return decided;
  }

  async #current(run: Run): Promise<Approval | undefined> {
    const hash = plannedHash(run);
    return hash
      ? this.#options.approvals.find(run.id, hash, new Date())
      : undefined;
  }

  async #whyNot(
    environment: Environment,
    approval: Approval | undefined,
    { credentials }: As,
  ): Promise<string | undefined> {
    if (!isPersonAlone(credentials)) {
      return 'Only a person decides on a plan, in the portal.';
    }
    const isAllowed = await this.#options.authorizer.mayApprove(
      environment,
      credentials,
    );
    if (!isAllowed) {
      return RIGHT_IT_TAKES;
    }
    return approval && whyMayNotDecide(actorOf(credentials), approval.authors);
  }

  async #refuseInFreeze(
    run: Run,
    environment: Environment,
    hash: string,
    at: Date,
  ): Promise<void> {
    const refusal = await this.#options.freezes.refusal(
      [environment, withDesiredState(environment, inputsOf(run).desired)],
      { runId: run.id, hash },
      at,
    );
    if (refusal) {
      throw new ConflictError(`${refusal.message} ${refusal.mend}`);
    }
  }

  async #tell(
    run: Run,
    environment: Environment,
    { state, decidedBy, planHash, comment, authors }: Approval,
  ): Promise<void> {
    const { activity, announcer } = this.#options;
    const deed = state === 'approved' ? 'Approved' : 'Rejected';
    const said = comment ? `: ${comment}` : '';
    const action = `plan.${state}`;
    await activity.add(environment.id, {
      at: new Date(),
      actor: decidedBy!,
      action,
      message: `${deed} plan ${planHash.slice(0, 12)} of "${
        run.title
      }"${said}.`,
      runId: run.id,
    });
    await announcer.notifyAll(authors, {
      except: [decidedBy!],
      title: `${run.title}: the plan was ${state}`,
      description: `By ${decidedBy}${said}.`,
      link: runPath(run.id),
      severity: state === 'approved' ? 'normal' : 'high',
    });
    await announcer.changed(environment, action, run.id);
  }
}
