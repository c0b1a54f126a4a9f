import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type { JsonValue } from '@backstage/types';
import type {
  Activity,
  AppliedFindings,
  Approval,
  ApprovalDecision,
  ApprovalState,
  Blueprint,
  EngineAvailability,
  Environment,
  EnvironmentAllowed,
  EnvironmentManifests,
  EnvironmentQuery,
  EnvironmentRequest,
  EnvironmentResource,
  EnvironmentUpdate,
  Exemption,
  Freezable,
  FreezeOutlook,
  FreezePeriod,
  InfraApi,
  ListedApproval,
  MayDecide,
  NewExemption,
  Plan,
  PolicyRule,
  RequestIssue,
  Target,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run, RunCommand, RunEvent } from '@slipway/plugin-runs-common';
import { readEventStream } from './readEventStream';

type Items<T> = { items: T[] };
type NewFreeze = Pick<FreezePeriod, 'title' | 'from' | 'until' | 'scope'>;

/**
 * The infra-scaffolder back end over HTTP. Refusals are thrown as `ResponseError` with their body, in which refused
 * requests carry `issues`.
 */
export class InfraClient implements InfraApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    return new InfraClient(options.discoveryApi, options.fetchApi);
  }

  private constructor(discoveryApi: DiscoveryApi, fetchApi: FetchApi) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  async listBlueprints() {
    return (await this.#read<Items<Blueprint>>('/blueprints')).items;
  }

  async listTargets() {
    return (await this.#read<Items<Target>>('/targets')).items;
  }

  async listEngines() {
    return (await this.#read<Items<EngineAvailability>>('/engines')).items;
  }

  proposeCidr(input: {
    accountId: string;
    region: string;
    prefixLength: number;
  }) {
    return this.#send<{ cidr: string }>('POST', '/cidr-proposals', input);
  }

  checkRequest(request: Partial<EnvironmentRequest>) {
    return this.#send<{ issues: RequestIssue[] }>(
      'POST',
      '/environment-checks',
      request,
    );
  }

  createEnvironment(
    request: EnvironmentRequest,
    options: { idempotencyKey: string },
  ) {
    return this.#send<{ environment: Environment; runId: string }>(
      'POST',
      '/environments',
      request,
      { 'Idempotency-Key': options.idempotencyKey },
    );
  }

  listEnvironments(query: EnvironmentQuery) {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      for (const item of [value].flat()) {
        if (item !== undefined) {
          params.append(name, String(item));
        }
      }
    }
    const text = params.toString();
    return this.#read<
      Items<Environment> & { nextCursor?: string; total: number }
    >(`/environments${text && `?${text}`}`);
  }

  getEnvironment(nameOrId: string) {
    return this.#read<Environment & { allowed: EnvironmentAllowed }>(
      `/environments/${part(nameOrId)}`,
    );
  }

  listResources(environmentId: string) {
    return this.#read<Items<EnvironmentResource> & { readAt: string }>(
      `/environments/${part(environmentId)}/resources`,
    );
  }

  listManifests(environmentId: string) {
    return this.#read<EnvironmentManifests>(
      `/environments/${part(environmentId)}/manifests`,
    );
  }

  async downloadManifests(environmentId: string) {
    return (
      await this.#fetch(
        `/environments/${part(environmentId)}/manifests.zip`,
        {},
      )
    ).blob();
  }

  async listRuns(environmentId: string) {
    const path = `/environments/${part(environmentId)}/runs`;
    return (await this.#read<Items<Run>>(path)).items;
  }

  async listActivity(environmentId: string) {
    const path = `/environments/${part(environmentId)}/activity`;
    return (await this.#read<Items<Activity>>(path)).items;
  }

  destroyEnvironment(environmentId: string, confirmName: string) {
    return this.#send<{ runId: string }>(
      'POST',
      `/environments/${part(environmentId)}/destroy`,
      { confirmName },
    );
  }

  updateEnvironment(environmentId: string, update: EnvironmentUpdate) {
    return this.#send<{ runId: string }>(
      'POST',
      `/environments/${part(environmentId)}/update`,
      update,
    );
  }

  async freezeEnvironment(environmentId: string, reason: string) {
    await this.#send('PUT', `/environments/${part(environmentId)}/freeze`, {
      reason,
    });
  }

  async unfreezeEnvironment(environmentId: string) {
    await this.#send('DELETE', `/environments/${part(environmentId)}/freeze`);
  }

  getRun(runId: string) {
    return this.#read<{
      run: Run;
      environment: Environment;
      allowed: EnvironmentAllowed;
    }>(`/runs/${part(runId)}`);
  }

  async getPlan(runId: string) {
    const path = `/runs/${part(runId)}/plan`;
    return (await this.#read<{ plan: Plan | null }>(path)).plan;
  }

  async listEvents(runId: string, after = 0) {
    const path = `/runs/${part(runId)}/events?after=${after}`;
    return (await this.#read<Items<RunEvent>>(path)).items;
  }

  async *streamEvents(
    runId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncGenerator<RunEvent> {
    const { after, signal } = options;
    const response = await this.#fetch(
      `/runs/${part(runId)}/stream?after=${after}`,
      { headers: { Accept: 'text/event-stream' }, signal },
    );
    if (response.body) {
      yield* readEventStream(response.body);
    }
  }

  async confirmPlan(runId: string, planHash: string) {
    await this.#send('POST', `/runs/${part(runId)}/confirm`, { planHash });
  }

  async listApprovals(state?: ApprovalState): Promise<ListedApproval[]> {
    const query = state ? `?state=${part(state)}` : '';
    return (await this.#read<Items<ListedApproval>>(`/approvals${query}`))
      .items;
  }

  getApproval(runId: string) {
    return this.#read<{ approval: Approval | null; mayDecide: MayDecide }>(
      `/runs/${part(runId)}/approval`,
    );
  }

  decideOnPlan(
    runId: string,
    decision: {
      decision: ApprovalDecision;
      planHash: string;
      comment?: string;
    },
  ) {
    return this.#send<Approval>(
      'POST',
      `/runs/${part(runId)}/approval`,
      decision,
    );
  }

  listFreezes(options: { includeEnded?: boolean } = {}) {
    const query = options.includeEnded ? '?includeEnded=true' : '';
    return this.#read<Items<FreezePeriod> & { mayManage: boolean }>(
      `/freezes${query}`,
    );
  }

  getFreezeOutlook({ accountId, size, system }: Freezable) {
    const query = new URLSearchParams({ accountId, size, system });
    return this.#read<FreezeOutlook>(`/freeze-outlook?${query}`);
  }

  createFreeze(period: NewFreeze) {
    return this.#send<FreezePeriod>('POST', '/freezes', period);
  }

  updateFreeze(id: string, period: NewFreeze) {
    return this.#send<FreezePeriod>('PUT', `/freezes/${part(id)}`, period);
  }

  async removeFreeze(id: string) {
    await this.#send('DELETE', `/freezes/${part(id)}`);
  }

  async overrideFreeze(
    runId: string,
    override: { planHash: string; reason: string },
  ) {
    await this.#send('POST', `/runs/${part(runId)}/freeze-override`, override);
  }

  listPolicies() {
    return this.#read<Items<PolicyRule> & { isChecked: boolean }>('/policies');
  }

  async getAppliedFindings(environmentId: string) {
    const path = `/environments/${part(environmentId)}/findings`;
    return (await this.#read<{ applied: AppliedFindings | null }>(path))
      .applied;
  }

  listExemptions(environmentId?: string) {
    const query = environmentId ? `?environmentId=${part(environmentId)}` : '';
    return this.#read<Items<Exemption> & { mayGrant: boolean }>(
      `/exemptions${query}`,
    );
  }

  grantExemption(exemption: NewExemption) {
    return this.#send<Exemption>('POST', '/exemptions', exemption);
  }

  askForExemption(exemption: NewExemption) {
    return this.#send<Exemption>('POST', '/exemption-requests', exemption);
  }

  grantAskedExemption(id: string) {
    return this.#send<Exemption>('POST', `/exemptions/${part(id)}/grant`);
  }

  endExemption(id: string) {
    return this.#send<Exemption>('POST', `/exemptions/${part(id)}/end`);
  }

  commandRun(runId: string, command: Exclude<RunCommand, { type: 'signal' }>) {
    return this.#send<Run>('POST', `/runs/${part(runId)}/commands`, command);
  }

  async #read<T>(path: string): Promise<T> {
    return (await this.#fetch(path, {})).json();
  }

  async #send<T>(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<T> {
    const response = await this.#fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T & JsonValue;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('infra-scaffolder');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function part(text: string): string {
  return encodeURIComponent(text);
}
