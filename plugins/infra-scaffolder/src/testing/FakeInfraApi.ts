import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  checkCidr,
  cidrOverlaps,
  mustParseCidr,
  freezeOutlook,
  type Activity,
  type Approval,
  type ApprovalDecision,
  type ApprovalState,
  type Blueprint,
  type Environment,
  type EnvironmentAllowed,
  type EnvironmentManifests,
  type EnvironmentQuery,
  type EnvironmentRequest,
  type EnvironmentResource,
  type EnvironmentUpdate,
  type Freezable,
  type FreezePeriod,
  type InfraApi,
  type MayDecide,
  type Plan,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  isSettledRunState,
  type Run,
  type RunCommand,
  type RunEvent,
} from '@slipway/plugin-runs-common';
import { foldRun } from '@slipway/ui';
import { FakePolicyApi } from './FakePolicyApi';
import { sampleManifests } from './sampleManifests';
import {
  sampleBlueprint,
  sampleEnvironment,
  sampleResources,
  sampleTargets,
} from './samples';

type NewEvent = Pick<RunEvent, 'code' | 'data'> & Partial<RunEvent>;

/** The back end in memory, for tests and for the plugin's development page: what is put in comes out. */
export class FakeInfraApi extends FakePolicyApi implements InfraApi {
  environments: Environment[] = [];
  blueprints: Blueprint[] = [sampleBlueprint];
  runs = new Map<string, Run>();
  plans = new Map<string, Plan>();
  events = new Map<string, RunEvent[]>();
  resources: EnvironmentResource[] = sampleResources();
  activity: Activity[] = [];
  manifests: EnvironmentManifests = sampleManifests();
  /** By run. */
  approvals = new Map<string, Approval>();
  mayDecide: MayDecide = { allowed: true };
  freezes: FreezePeriod[] = [];
  mayManageFreezes = true;
  allowed: EnvironmentAllowed = {
    update: true,
    destroy: true,
    freeze: true,
    schedule: true,
  };
  /** The `after` of each stream that was opened. */
  readonly streamsAfter: number[] = [];
  readonly #listeners = new Set<() => void>();
  #broken = 0;

  /** Appends an event with the next sequence; the run follows it. */
  emit(runId: string, event: NewEvent): void {
    const events = this.events.get(runId) ?? [];
    const full: RunEvent = {
      runId,
      sequence: events.length + 1,
      at: new Date().toISOString(),
      level: 'info',
      message: event.code,
      ...event,
    };
    this.events.set(runId, [...events, full]);
    this.runs.set(runId, foldRun(this.runs.get(runId)!, full));
    this.#listeners.forEach(listener => listener());
  }

  /** Breaks every open stream, as a lost network does. */
  breakStreams(): void {
    this.#broken++;
    this.#listeners.forEach(listener => listener());
  }

  async listBlueprints() {
    return this.blueprints;
  }

  async listTargets() {
    return sampleTargets;
  }

  async listEngines() {
    return [
      { id: 'cdk', title: 'AWS CDK', available: true },
      {
        id: 'terraform',
        title: 'Terraform',
        available: false,
        reason: 'No module brings it.',
      },
    ];
  }

  async proposeCidr(input: { accountId: string; region: string }) {
    return {
      cidr: input.region === 'us-west-2' ? '10.2.0.0/16' : '10.1.0.0/16',
    };
  }

  async checkRequest(request: Partial<EnvironmentRequest>) {
    const issues: RequestIssue[] = [];
    const taken = this.environments.find(({ name }) => name === request.name);
    if (taken) {
      issues.push({
        path: 'name',
        message: `${taken.name} is taken.`,
        suggestion: `${taken.name}-2`,
      });
    }
    const { cidr } = request;
    if (cidr && !checkCidr(cidr, sampleBlueprint.cidrPrefixLength)) {
      const holder = this.environments.find(other =>
        cidrOverlaps(mustParseCidr(other.cidr), mustParseCidr(cidr)),
      );
      if (holder) {
        issues.push({
          path: 'cidr',
          message: `${cidr} overlaps ${holder.cidr} of ${holder.name}.`,
          suggestion: '10.1.0.0/16',
        });
      }
    }
    return { issues };
  }

  async createEnvironment(request: EnvironmentRequest) {
    this.calls.push(['createEnvironment', request]);
    return {
      environment: sampleEnvironment({ ...request, status: 'planning' }),
      runId: 'r1',
    };
  }

  async listEnvironments(query: EnvironmentQuery) {
    this.fail();
    const items = this.environments.filter(
      environment => !query.system || environment.system === query.system,
    );
    return { items, total: items.length };
  }

  async getEnvironment(nameOrId: string) {
    this.fail();
    const found = this.environments.find(
      ({ id, name }) => id === nameOrId || name === nameOrId,
    );
    if (!found) {
      throw new NotFoundError(`There is no environment ${nameOrId}`);
    }
    return { ...found, allowed: this.allowed };
  }

  async listResources() {
    return { items: this.resources, readAt: new Date().toISOString() };
  }

  async listManifests() {
    this.fail();
    return this.manifests;
  }

  async downloadManifests(environmentId: string) {
    this.calls.push(['downloadManifests', environmentId]);
    return new Blob(['zip']);
  }

  async listRuns() {
    return [...this.runs.values()];
  }

  async listActivity() {
    return this.activity;
  }

  async destroyEnvironment(environmentId: string, confirmName: string) {
    this.calls.push(['destroyEnvironment', environmentId, confirmName]);
    if (this.environments.some(({ activeRun }) => activeRun)) {
      throw new ConflictError('A run is at work on it');
    }
    return { runId: 'r1' };
  }

  async updateEnvironment(environmentId: string, update: EnvironmentUpdate) {
    this.calls.push(['updateEnvironment', environmentId, update]);
    return { runId: 'r1' };
  }

  async freezeEnvironment(environmentId: string, reason: string) {
    this.calls.push(['freezeEnvironment', environmentId, reason]);
  }

  async unfreezeEnvironment(environmentId: string) {
    this.calls.push(['unfreezeEnvironment', environmentId]);
  }

  async getRun(runId: string) {
    this.fail();
    const run = this.runs.get(runId);
    if (!run) {
      throw new NotFoundError(`There is no run ${runId}`);
    }
    return {
      run,
      environment: this.environments[0],
      allowed: this.allowed,
    };
  }

  async getPlan(runId: string) {
    return this.plans.get(runId) ?? null;
  }

  async listEvents(runId: string, after = 0) {
    return (this.events.get(runId) ?? []).filter(
      ({ sequence }) => sequence > after,
    );
  }

  async *streamEvents(
    runId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncGenerator<RunEvent> {
    const { signal } = options;
    this.fail();
    this.streamsAfter.push(options.after);
    const opened = this.#broken;
    let { after } = options;
    while (!signal.aborted) {
      for (const event of await this.listEvents(runId, after)) {
        after = event.sequence;
        yield event;
      }
      if (isSettledRunState(this.runs.get(runId)!.state)) {
        return;
      }
      await this.#next(signal);
      if (this.#broken > opened) {
        throw new TypeError('Failed to fetch');
      }
    }
  }

  async confirmPlan(runId: string, planHash: string) {
    this.calls.push(['confirmPlan', runId, planHash]);
  }

  async listApprovals(state?: ApprovalState) {
    this.fail();
    return [...this.approvals.values()]
      .filter(approval => !state || approval.state === state)
      .map(approval => ({ ...approval, mayDecide: this.mayDecide.allowed }));
  }

  async getApproval(runId: string) {
    return {
      approval: this.approvals.get(runId) ?? null,
      mayDecide: this.mayDecide,
    };
  }

  async decideOnPlan(
    runId: string,
    decision: {
      decision: ApprovalDecision;
      planHash: string;
      comment?: string;
    },
  ) {
    this.calls.push(['decideOnPlan', runId, decision]);
    const by = 'user:default/ada';
    const at = new Date().toISOString();
    const decided: Approval = {
      ...this.approvals.get(runId)!,
      ...(decision.decision === 'revoke'
        ? { state: 'revoked', revokedBy: by, revokedAt: at }
        : {
            state: decision.decision === 'approve' ? 'approved' : 'rejected',
            decidedBy: by,
            decidedAt: at,
          }),
      comment: decision.comment,
    };
    this.approvals.set(runId, decided);
    return decided;
  }

  async listFreezes() {
    this.fail();
    return { items: this.freezes, mayManage: this.mayManageFreezes };
  }

  async getFreezeOutlook(subject: Freezable) {
    return freezeOutlook(this.freezes, subject, new Date());
  }

  async createFreeze(period: Omit<FreezePeriod, 'id' | 'createdBy'>) {
    this.calls.push(['createFreeze', period]);
    const created = { ...period, id: 'f1', createdBy: 'user:default/sam' };
    this.freezes.push(created);
    return created;
  }

  async updateFreeze(
    id: string,
    period: Omit<FreezePeriod, 'id' | 'createdBy'>,
  ) {
    this.calls.push(['updateFreeze', id, period]);
    const updated = { ...period, id, createdBy: 'user:default/sam' };
    this.freezes = this.freezes.map(freeze =>
      freeze.id === id ? updated : freeze,
    );
    return updated;
  }

  async removeFreeze(id: string) {
    this.calls.push(['removeFreeze', id]);
    this.freezes = this.freezes.filter(freeze => freeze.id !== id);
  }

  async overrideFreeze(
    runId: string,
    override: { planHash: string; reason: string },
  ) {
    this.calls.push(['overrideFreeze', runId, override]);
  }

  async commandRun(
    runId: string,
    command: Exclude<RunCommand, { type: 'signal' }>,
  ) {
    this.calls.push(['commandRun', runId, command]);
    return this.runs.get(runId)!;
  }

  #next(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        this.#listeners.delete(done);
        resolve();
      };
      this.#listeners.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
