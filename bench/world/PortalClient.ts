import type {
  Approval,
  Blueprint,
  Environment,
  EnvironmentRequest,
  EnvironmentUpdate,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { RunCommand, RunEvent } from '@slipway/plugin-runs-common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const SIGN_IN_SECONDS = 60;
const CATALOG_SECONDS = 60;
const APPROVAL_SECONDS = 120;
const SYSTEM = {
  path: 'system/default/microservices-platform',
  ref: 'system:default/microservices-platform',
};

/** The portal's HTTP API, as one of its demonstration people. */
export class PortalClient {
  readonly #url: string;
  readonly #token: string;

  /** Waits until the catalog knows the person. */
  static async signIn(url: string, person: string): Promise<PortalClient> {
    const until = Date.now() + SIGN_IN_SECONDS * 1000;
    for (;;) {
      const answer = await fetch(`${url}/api/auth/demo/refresh`, {
        headers: {
          'x-requested-with': 'XMLHttpRequest',
          'x-slipway-person': person,
        },
      });
      if (answer.ok) {
        const { backstageIdentity } = (await answer.json()) as {
          backstageIdentity: { token: string };
        };
        return new PortalClient(url, backstageIdentity.token);
      }
      const words = await answer.text();
      if (Date.now() > until) {
        throw new Error(`${person} cannot sign in: ${words}`);
      }
      await delay(500);
    }
  }

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** @param path - below `/api` */
  async get<T>(path: string): Promise<T> {
    const answer = await this.#send('GET', path);
    return (await answer.json()) as T;
  }

  /** A new catalog takes a moment to read what it is about. */
  async untilCatalogIsThere(): Promise<void> {
    const until = Date.now() + CATALOG_SECONDS * 1000;
    for (;;) {
      try {
        await this.get(`/catalog/entities/by-name/${SYSTEM.path}`);
        return;
      } catch (error) {
        if (Date.now() > until) {
          throw error;
        }
        await delay(500);
      }
    }
  }

  async blueprint(wanted = 'microservices-platform'): Promise<Blueprint> {
    const { items } = await this.get<{ items: Blueprint[] }>(
      '/infra-scaffolder/blueprints',
    );
    const found = items.find(({ id }) => id === wanted);
    if (!found) {
      throw new Error(`The portal offers no blueprint ${wanted}`);
    }
    return found;
  }

  /** A request with everything as the form proposes it. */
  async proposeRequest(
    name: string,
    blueprint: Blueprint,
  ): Promise<EnvironmentRequest> {
    const place = { accountId: '123456789012', region: 'us-east-1' };
    const answer = await this.#send(
      'POST',
      '/infra-scaffolder/cidr-proposals',
      { ...place, prefixLength: blueprint.cidrPrefixLength.default },
    );
    const { cidr } = (await answer.json()) as { cidr: string };
    return {
      ...place,
      name,
      cidr,
      blueprint: { id: blueprint.id, version: blueprint.version },
      owner: 'group:default/storefront',
      system: SYSTEM.ref,
      size: blueprint.defaultSize,
      engine: 'cdk',
      parameters: {},
    };
  }

  async create(
    request: EnvironmentRequest,
  ): Promise<{ environment: Environment; runId: string }> {
    const answer = await this.#send(
      'POST',
      '/infra-scaffolder/environments',
      request,
      { 'idempotency-key': randomUUID() },
    );
    return (await answer.json()) as {
      environment: Environment;
      runId: string;
    };
  }

  async update(
    { id }: Environment,
    update: EnvironmentUpdate,
  ): Promise<{ runId: string }> {
    const answer = await this.#send(
      'POST',
      `/infra-scaffolder/environments/${id}/update`,
      update,
    );
    return (await answer.json()) as { runId: string };
  }

  async destroy({ id, name }: Environment): Promise<{ runId: string }> {
    const answer = await this.#send(
      'POST',
      `/infra-scaffolder/environments/${id}/destroy`,
      { confirmName: name },
    );
    return (await answer.json()) as { runId: string };
  }

  environment(id: string): Promise<Environment> {
    return this.get(`/infra-scaffolder/environments/${id}`);
  }

  async plan(runId: string): Promise<Plan> {
    const { plan } = await this.get<{ plan: Plan | null }>(
      `/infra-scaffolder/runs/${runId}/plan`,
    );
    if (!plan) {
      throw new Error(`Run ${runId} has no plan`);
    }
    return plan;
  }

  async confirm(runId: string, planHash: string): Promise<void> {
    await this.#send('POST', `/infra-scaffolder/runs/${runId}/confirm`, {
      planHash,
    });
  }

  /** Approves what a run plans as soon as its author has confirmed it. */
  async approve(runId: string): Promise<void> {
    const path = `/infra-scaffolder/runs/${runId}/approval`;
    const until = Date.now() + APPROVAL_SECONDS * 1000;
    for (;;) {
      const { approval } = await this.get<{ approval: Approval | null }>(path);
      if (approval) {
        const { planHash } = approval;
        await this.#send('POST', path, { decision: 'approve', planHash });
        return;
      }
      if (Date.now() > until) {
        throw new Error(`Nobody was asked to approve what run ${runId} plans`);
      }
      await delay(500);
    }
  }

  async command(runId: string, command: RunCommand): Promise<void> {
    await this.#send('POST', `/infra-scaffolder/runs/${runId}/commands`, {
      ...command,
    });
  }

  /** Until the run is settled. */
  async *events(runId: string): AsyncGenerator<RunEvent> {
    let seen = 0;
    for (;;) {
      const answer = await this.#send(
        'GET',
        `/infra-scaffolder/runs/${runId}/stream?after=${seen}`,
      );
      for await (const message of messagesOf(answer)) {
        if (/^event: end$/m.test(message)) {
          return;
        }
        const data = /^data: (.*)$/m.exec(message);
        if (data) {
          const event = JSON.parse(data[1]) as RunEvent;
          seen = event.sequence;
          yield event;
        }
      }
    }
  }

  async #send(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Response> {
    const answer = await fetch(`${this.#url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(
        `${method} ${path} answered ${answer.status}: ${await answer.text()}`,
      );
    }
    return answer;
  }
}

async function* messagesOf(answer: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let kept = '';
  for await (const chunk of answer.body!) {
    const parts = (kept + decoder.decode(chunk, { stream: true })).split(
      '\n\n',
    );
    kept = parts.pop() ?? '';
    yield* parts;
  }
}
