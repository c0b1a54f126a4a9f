import { expect } from '@playwright/test';
import {
  INFRA_EVENT_CODES,
  type Environment,
  type EnvironmentRequest,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  RUN_EVENT_CODES,
  type Run,
  type RunEvent,
} from '@slipway/plugin-runs-common';
import type { PortalClient } from '../../../bench/world/PortalClient';

const PAGE_SIZE = 500;

/** One run of an environment, walked through the HTTP API of whichever back end is asked. */
export class Walk {
  readonly runId: string;
  readonly environmentId: string;

  /** Asks for an environment with everything as the form proposes it. */
  static async create(
    portal: PortalClient,
    name: string,
    wishes: Partial<EnvironmentRequest> = {},
  ): Promise<Walk> {
    const proposed = await portal.proposeRequest(
      name,
      await portal.blueprint(),
    );
    const { environment, runId } = await portal.create({
      ...proposed,
      ...wishes,
    });
    return new Walk(environment.id, runId);
  }

  /** Asks for the environment of this walk to be destroyed. */
  async destroy(portal: PortalClient): Promise<Walk> {
    const { runId } = await portal.destroy(await this.environment(portal));
    return new Walk(this.environmentId, runId);
  }

  private constructor(environmentId: string, runId: string) {
    this.environmentId = environmentId;
    this.runId = runId;
  }

  environment(portal: PortalClient): Promise<Environment> {
    return portal.environment(this.environmentId);
  }

  async run(portal: PortalClient): Promise<Run> {
    const { run } = await portal.get<{ run: Run }>(
      `/infra-scaffolder/runs/${this.runId}`,
    );
    return run;
  }

  /** All events so far. */
  async history(portal: PortalClient): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for (;;) {
      const { items } = await portal.get<{ items: RunEvent[] }>(
        `/infra-scaffolder/runs/${this.runId}/events?after=${events.length}`,
      );
      events.push(...items);
      if (items.length < PAGE_SIZE) {
        return events;
      }
    }
  }

  /** Waits until the history has such an event. */
  async told(
    portal: PortalClient,
    what: string,
    matches: (event: RunEvent) => boolean,
    times = 1,
    withinSeconds = 60,
  ): Promise<RunEvent> {
    let found: RunEvent[] = [];
    await expect
      .poll(
        async () => {
          found = (await this.history(portal)).filter(matches);
          return found.length;
        },
        {
          message: `events of ${what}`,
          timeout: withinSeconds * 1000,
          intervals: [200],
        },
      )
      .toBeGreaterThanOrEqual(times);
    return found[times - 1];
  }

  /** Waits until the run is in this state; a run that ends otherwise says why. */
  async until(
    portal: PortalClient,
    state: Run['state'],
    withinSeconds = 60,
  ): Promise<Run> {
    let run = await this.run(portal);
    await expect
      .poll(
        async () => {
          run = await this.run(portal);
          return run.state === state || isOver(run) ? inWords(run) : undefined;
        },
        {
          message: `state of the run ${run.title}`,
          timeout: withinSeconds * 1000,
          intervals: [200],
        },
      )
      .toMatch(new RegExp(`^${state}`));
    return run;
  }

  /** Waits for the plan and confirms it. */
  async confirm(portal: PortalClient): Promise<void> {
    await this.until(portal, 'waiting');
    const { hash } = await portal.plan(this.runId);
    await portal.confirm(this.runId, hash);
  }

  /** Waits until some resources are made or gone, and some are not. */
  async untilMidway(portal: PortalClient, resources = 5): Promise<void> {
    await this.told(
      portal,
      'resources that are done',
      ({ code, data }) =>
        code === INFRA_EVENT_CODES.resource &&
        (data.status === 'done' || data.status === 'deleted'),
      resources,
    );
    expect((await this.run(portal)).state).toBe('running');
  }
}

function isOver({ state }: Run): boolean {
  return ['succeeded', 'failed', 'cancelled', 'needs-attention'].includes(
    state,
  );
}

function inWords({ state, problem, steps }: Run): string {
  const failed = steps.find(step => step.problem)?.problem ?? problem;
  return failed ? `${state}: ${failed.code}, ${failed.message}` : state;
}

/** The history has no gap, tells nothing twice, and each of these resources was told once to have come to this end. */
export function expectWholeHistory(
  events: RunEvent[],
  end: 'CREATE_COMPLETE' | 'DELETE_COMPLETE',
  logicalIds: string[],
): void {
  expect(events.map(({ sequence }) => sequence)).toEqual(
    events.map((_, index) => index + 1),
  );
  const resources = events.filter(
    ({ code }) => code === INFRA_EVENT_CODES.resource,
  );
  const told = resources.map(({ data }) =>
    [data.logicalId, data.awsStatus, data.reason].join(' '),
  );
  expect(told.filter((each, index) => told.indexOf(each) !== index)).toEqual(
    [],
  );
  const ended = resources
    .filter(({ data }) => data.awsStatus === end)
    .map(({ data }) => data.logicalId);
  expect(ended.sort()).toEqual([...logicalIds].sort());
}

/** When each driver took the run up, in order. */
export function takenBy(events: RunEvent[]): RunEvent[] {
  return events.filter(({ code }) => code === RUN_EVENT_CODES.taken);
}
