import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  APPROVAL_SIGNAL,
  whyMayNotDecide,
  type Approval,
  type ApprovalDecision,
  type ApprovalState,
  type Environment,
  type ListedApproval,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { refuseRequest } from '../freezes/refusal';
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

interface DecisionRequest {
  decision: ApprovalDecision;
  planHash: string;
  comment?: string;
}

interface Deed extends Required<DecisionRequest> {
  by: string;
}

const RIGHT_IT_TAKES =
  'Deciding on plans takes the role of an approver, an SRE or an admin.';

const STATES = { approve: 'approved', reject: 'rejected' } as const;
const DEEDS: Record<ApprovalDecision, string> = {
  approve: 'Approved',
  reject: 'Rejected',
  revoke: 'Took back the approval of',
};
const ACTIONS: Record<ApprovalDecision, string> = {
  approve: 'plan.approved',
  reject: 'plan.rejected',
  revoke: 'plan.approval-revoked',
};
const NEWS: Record<ApprovalDecision, string> = {
  approve: 'the plan was approved',
  reject: 'the plan was rejected',
  revoke: 'the approval was taken back',
};

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

/** Why nobody with these credentials decides; undefined where they do. Who approved may always take it back. */
function whyNot(
  approval: Approval | undefined,
  credentials: BackstageCredentials,
  hasTheRight: boolean,
): string | undefined {
  if (!isPersonAlone(credentials)) {
    return 'Only a person decides on a plan, in the portal.';
  }
  const actor = actorOf(credentials);
  if (approval?.state === 'approved' && approval.decidedBy === actor) {
    return undefined;
  }
  return hasTheRight
    ? approval && whyMayNotDecide(actor, approval.authors)
    : RIGHT_IT_TAKES;
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
  ): Promise<ListedApproval[]> {
    const { approvals, authorizer, environments } = this.#options;
    const items = await approvals.list(state, new Date());
    const isVisible = await authorizer.visibility(credentials);
    const found = await environments.findMany([
      ...new Set(items.map(({ environmentId }) => environmentId)),
    ]);
    const mayApprove = await authorizer.approver(credentials);
    const visible = new Map(
      found
        .filter(environment => isVisible(environment))
        .map(environment => [environment.id, environment]),
    );
    return items.flatMap(approval => {
      const environment = visible.get(approval.environmentId);
      return environment
        ? [
            {
              ...approval,
              mayDecide: !whyNot(
                approval,
                credentials,
                mayApprove(environment),
              ),
            },
          ]
        : [];
    });
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
    { decision, planHash, comment = '' }: DecisionRequest,
    as: As,
  ): Promise<Approval> {
    const { run, environment } = await this.#options.environmentRuns.get(
      runId,
      as,
    );
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
    const by = actorOf(as.credentials);
    if (decision === 'revoke') {
      return this.#revoke(run, environment, { planHash, by, comment });
    }
    if (run.settledAt) {
      throw new ConflictError(
        `${run.title} has ended; the run is ${run.state}.`,
      );
    }
    return this.#decide(run, environment, { decision, planHash, by, comment });
  }

  async #decide(
    run: Run,
    environment: Environment,
    {
      decision,
      planHash,
      by,
      comment,
    }: { decision: 'approve' | 'reject' } & Omit<Deed, 'decision'>,
  ): Promise<Approval> {
    const { approvals, runs } = this.#options;
    const at = new Date();
    if (decision === 'approve') {
      await this.#refuseInFreeze(run, environment, planHash, at);
    }
    const state = STATES[decision];
    const isWritten = await approvals.decide({
      runId: run.id,
      planHash,
      state,
      by,
      comment: comment || undefined,
      at,
    });
    const decided = (await approvals.find(run.id, planHash, at))!;
    if (!isWritten && !(decided.state === state && decided.decidedBy === by)) {
      throw new ConflictError(decidedAlready(decided));
    }
    if (isWritten) {
      await this.#tell(run, environment, decided.authors, {
        decision,
        planHash,
        by,
        comment,
      });
    }
    await runs.command(
      run.id,
      decision === 'approve'
        ? { type: 'signal', signal: APPROVAL_SIGNAL, payload: { planHash } }
        : { type: 'cancel', reason: `${by} rejected the plan: ${comment}` },
      by,
    );
    return decided;
  }

  async #revoke(
    run: Run,
    environment: Environment,
    { planHash, by, comment }: Omit<Deed, 'decision'>,
  ): Promise<Approval> {
    const { approvals, runs } = this.#options;
    const at = new Date();
    const runId = run.id;
    const isWritten = await approvals.revoke({
      runId,
      planHash,
      by,
      comment,
      at,
    });
    const revoked = (await approvals.find(runId, planHash, at))!;
    if (
      !isWritten &&
      !(revoked.state === 'revoked' && revoked.revokedBy === by)
    ) {
      throw new ConflictError(
        revoked.usedAt
          ? `Plan ${planHash.slice(0, 12)} is being applied since ${
              revoked.usedAt
            }: its approval cannot be taken back any more. Cancel the run instead.`
          : decidedAlready(revoked),
      );
    }
    if (isWritten) {
      await this.#tell(run, environment, revoked.authors, {
        decision: 'revoke',
        planHash,
        by,
        comment,
      });
    }
    await runs
      .command(
        runId,
        { type: 'cancel', reason: `${by} took back the approval: ${comment}` },
        by,
      )
      .catch(error => {
        // A run that failed and that a later one took the place of is over already.
        if (!(error instanceof ConflictError && run.settledAt)) {
          throw error;
        }
      });
    return revoked;
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
    return whyNot(
      approval,
      credentials,
      await this.#options.authorizer.mayApprove(environment, credentials),
    );
  }

  async #refuseInFreeze(
    run: Run,
    environment: Environment,
    hash: string,
    at: Date,
  ): Promise<void> {
    refuseRequest(
      await this.#options.freezes.refusal(
        [environment, withDesiredState(environment, inputsOf(run).desired)],
        { runId: run.id, hash },
        at,
      ),
    );
  }

  async #tell(
    run: Run,
    environment: Environment,
    authors: string[],
    { decision, by, planHash, comment }: Deed,
  ): Promise<void> {
    const { activity, announcer } = this.#options;
    const said = comment ? `: ${comment.replace(/\.$/, '')}` : '';
    const action = ACTIONS[decision];
    await activity.add(environment.id, {
      at: new Date(),
      actor: by,
      action,
      message: `${DEEDS[decision]} plan ${planHash.slice(0, 12)} of "${
        run.title
      }"${said}.`,
      runId: run.id,
    });
    await announcer.notifyAll(authors, {
      except: [by],
      title: `${run.title}: ${NEWS[decision]}`,
      description: `By ${by}${said}.`,
      link: runPath(run.id),
      severity: decision === 'approve' ? 'normal' : 'high',
    });
    await announcer.changed(environment, action, run.id);
  }
}
