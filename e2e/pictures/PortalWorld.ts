import type {
  Approval,
  Environment,
  EnvironmentRequest,
  EnvironmentUpdate,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

const SETTLED_WITHIN_SECONDS = 300;
const PLACE = { accountId: '123456789012', region: 'us-east-1' };

/** Addresses of a running portal. */
export interface PortalAddresses {
  app: string;
  backend: string;
  aws: string;
  /** Password included. */
  postgres: string;
}

/** What an environment of the pictures differs in from the form's defaults. */
export type Wish = Pick<EnvironmentRequest, 'name'> &
  Partial<EnvironmentRequest>;

/** Fills a portal with what its pictures show, over its own API. */
export class PortalWorld {
  readonly addresses: PortalAddresses;
  readonly #tokens = new Map<string, string>();

  constructor(addresses: PortalAddresses) {
    this.addresses = addresses;
  }

  /** Until the person can sign in, and the catalog knows what pickers offer. */
  async untilKnown(person: string): Promise<void> {
    const known = async () => {
      this.#tokens.set(person, await this.#signIn(person));
      await this.call(
        person,
        'GET',
        '/catalog/entities/by-name/system/default/microservices-platform',
      );
    };
    await eventually(known, 120);
  }

  /** Asks for an environment; resolves when its plan waits for a confirmation. */
  async request(person: string, wish: Wish): Promise<PlannedRun> {
    const place = { ...PLACE, ...wish };
    const { cidr } = await this.call<{ cidr: string }>(
      person,
      'POST',
      '/infra-scaffolder/cidr-proposals',
      {
        accountId: place.accountId,
        region: place.region,
        prefixLength: 16,
      },
    );
    const { environment, runId } = await this.call<{
      environment: Environment;
      runId: string;
    }>(person, 'POST', '/infra-scaffolder/environments', {
      cidr,
      blueprint: { id: 'microservices-platform', version: '1.0.0' },
      owner: 'group:default/storefront',
      system: 'system:default/microservices-platform',
      size: 'dev',
      engine: 'cdk',
      parameters: {},
      ...place,
    });
    await this.untilRun(person, runId, ['waiting']);
    return { person, runId, environment };
  }

  async confirm({ person, runId }: PlannedRun): Promise<void> {
    const { plan } = await this.call<{ plan: Plan }>(
      person,
      'GET',
      `/infra-scaffolder/runs/${runId}/plan`,
    );
    await this.call(person, 'POST', `/infra-scaffolder/runs/${runId}/confirm`, {
      planHash: plan.hash,
    });
  }

  async untilRun(
    person: string,
    runId: string,
    states: Run['state'][],
  ): Promise<void> {
    await eventually(async () => {
      const { run } = await this.call<{ run: Run }>(
        person,
        'GET',
        `/infra-scaffolder/runs/${runId}`,
      );
      if (!states.includes(run.state)) {
        throw new Error(
          `Run ${runId} is ${run.state}, not ${states.join(' or ')}: ${
            run.problem?.message ?? 'no problem told'
          }`,
        );
      }
    }, SETTLED_WITHIN_SECONDS);
  }

  /** Decides for an approver on what a run plans; resolves once the decision is written. */
  async decide(
    approver: string,
    { runId }: PlannedRun,
    decision: { decision: 'approve' | 'reject'; comment?: string },
  ): Promise<void> {
    const path = `/infra-scaffolder/runs/${runId}/approval`;
    const { planHash } = await this.untilApprovalIsAsked(approver, runId);
    await this.call(approver, 'POST', path, { ...decision, planHash });
  }

  async untilApprovalIsAsked(person: string, runId: string): Promise<Approval> {
    let asked: Approval | null = null;
    await eventually(async () => {
      ({ approval: asked } = await this.call<{ approval: Approval | null }>(
        person,
        'GET',
        `/infra-scaffolder/runs/${runId}/approval`,
      ));
      if (!asked) {
        throw new Error(`Nobody was asked to approve what run ${runId} plans.`);
      }
    }, SETTLED_WITHIN_SECONDS);
    return asked!;
  }

  /** @param approver - who approves the plan, where somebody has to. */
  async create(
    person: string,
    wish: Wish,
    approver?: string,
  ): Promise<PlannedRun> {
    const run = await this.request(person, wish);
    await this.confirm(run);
    if (approver) {
      await this.decide(approver, run, { decision: 'approve' });
    }
    await this.untilRun(person, run.runId, ['succeeded', 'failed']);
    return run;
  }

  /** Asks for a change; resolves when its plan waits for a confirmation. */
  async change(
    { person, environment }: PlannedRun,
    update: EnvironmentUpdate,
  ): Promise<PlannedRun> {
    const { runId } = await this.call<{ runId: string }>(
      person,
      'POST',
      `/infra-scaffolder/environments/${environment.id}/update`,
      update,
    );
    await this.untilRun(person, runId, ['waiting']);
    return { person, runId, environment };
  }

  freeze(person: string, { id }: Environment, reason: string): Promise<void> {
    return this.call(
      person,
      'PUT',
      `/infra-scaffolder/environments/${id}/freeze`,
      { reason },
    );
  }

  cancel({ person, runId }: PlannedRun): Promise<void> {
    return this.call(
      person,
      'POST',
      `/infra-scaffolder/runs/${runId}/commands`,
      { type: 'cancel' },
    );
  }

  /** While it works, environments are such as an earlier release of the portal, with older blueprints, would have left. */
  async withOlderBlueprint(
    names: string[],
    work: () => Promise<void>,
  ): Promise<void> {
    const url = new URL(this.addresses.postgres);
    url.pathname = '/slipway_infra-scaffolder';
    const client = new Client({ connectionString: url.href });
    await client.connect();
    try {
      const { rows } = await client.query(
        'SELECT id, blueprint_version, parameters FROM environments WHERE name = ANY($1)',
        [names],
      );
      // What was asked for by name was the default of the older one.
      await client.query(
        `UPDATE environments SET blueprint_version = '0.9.0', parameters = '{}' WHERE name = ANY($1)`,
        [names],
      );
      try {
        await work();
      } finally {
        for (const { id, blueprint_version: version, parameters } of rows) {
          await client.query(
            'UPDATE environments SET blueprint_version = $2, parameters = $3 WHERE id = $1',
            [id, version, JSON.stringify(parameters)],
          );
        }
      }
    } finally {
      await client.end();
    }
  }

  /** The next resource of a type fails as it would in AWS. */
  async failNext(type: string, message: string): Promise<void> {
    await this.sandbox('POST', 'emulator/fail', { type, message, times: 1 });
  }

  /** A control call of the sandbox. */
  async sandbox(method: string, path: string, body: object): Promise<void> {
    await answerOf(
      await fetch(`${this.addresses.aws}/_slipway/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  }

  async call<T = void>(
    person: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<T> {
    return answerOf(
      await fetch(`${this.addresses.backend}/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#tokens.get(person)}`,
          'content-type': 'application/json',
          ...(path.endsWith('/environments') && {
            'idempotency-key': randomUUID(),
          }),
        },
        body: body && JSON.stringify(body),
      }),
    );
  }

  async #signIn(person: string): Promise<string> {
    const { backstageIdentity } = await answerOf<{
      backstageIdentity: { token: string };
    }>(
      await fetch(`${this.addresses.backend}/api/auth/demo/refresh`, {
        headers: {
          'x-requested-with': 'XMLHttpRequest',
          'x-slipway-person': person,
        },
      }),
    );
    return backstageIdentity.token;
  }
}

/** A run whose plan waits for a confirmation, and who asked for it. */
export interface PlannedRun {
  person: string;
  runId: string;
  environment: Environment;
}

async function answerOf<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${answer.url} answered ${answer.status}: ${text}`);
  }
  return (text ? JSON.parse(text) : undefined) as T;
}

/** @throws the latest error when the time is over. */
export async function eventually(
  attempt: () => Promise<void>,
  seconds: number,
): Promise<void> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > until) {
        throw error;
      }
      await delay(500);
    }
  }
}
