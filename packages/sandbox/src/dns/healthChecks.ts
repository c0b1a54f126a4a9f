import type { HealthCheck, HealthCheckConfig } from '@aws-sdk/client-route-53';

/** What one look at an endpoint said. */
export interface Observation {
  healthy: boolean;
  /** As Route 53 words it, e.g. `Success: HTTP Status Code 200, OK` or `Failure: Connection timed out.` */
  status: string;
  /** ISO 8601, UTC. */
  checkedAt: string;
}

/** State of a check between looks. */
export interface CheckState {
  healthy: boolean;
  /** Looks in a row that contradict `healthy`. */
  contradictions: number;
  last?: Observation;
}

/** What decides about the outside world. */
export interface HealthProbe {
  /** Looks at an endpoint once. */
  endpoint(config: HealthCheckConfig): Promise<Omit<Observation, 'checkedAt'>>;
  /** `OK`, `ALARM`, or `INSUFFICIENT_DATA` of a CloudWatch alarm. */
  alarm(region: string, name: string): Promise<string>;
}

const DEFAULT_FAILURE_THRESHOLD = 3;
const DEFAULT_INTERVAL_SECONDS = 30;
/** Children of calculated checks are evaluated first, at most this deep. */
const DEEPEST = 4;

function undecided(config: HealthCheckConfig): boolean {
  return config.Type === 'CLOUDWATCH_METRIC' || config.Type === 'CALCULATED';
}

/** Turns only after the threshold's number of contradicting looks in a row, as Route 53's checkers do. */
export function afterLook(
  state: CheckState,
  look: Observation,
  failureThreshold: number,
): CheckState {
  if (look.healthy === state.healthy) {
    return { healthy: state.healthy, contradictions: 0, last: look };
  }
  const contradictions = state.contradictions + 1;
  return contradictions >= failureThreshold
    ? { healthy: look.healthy, contradictions: 0, last: look }
    : { ...state, contradictions, last: look };
}

/**
 * Evaluates Route 53 health checks: endpoints by interval and threshold, alarms, calculated ones from their children;
 * inverted and disabled as AWS has it. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export class HealthCheckEvaluator {
  readonly #states: Map<string, CheckState>;
  readonly #nextLook = new Map<string, number>();
  #checks = new Map<string, HealthCheckConfig>();

  readonly #probe: HealthProbe;

  /** @param states - what an earlier evaluator knew, by id */
  constructor(probe: HealthProbe, states: Record<string, CheckState> = {}) {
    this.#probe = probe;
    this.#states = new Map(Object.entries(states));
  }

  /** What it knows, for the next one. */
  get states(): Record<string, CheckState> {
    return Object.fromEntries(this.#states);
  }

  /** Ids of the checks there are. */
  get ids(): string[] {
    return [...this.#checks.keys()];
  }

  /** Looks at every check that is due at `now`. New checks start healthy. */
  async look(checks: HealthCheck[], now: Date): Promise<void> {
    this.#checks = new Map(
      checks.map(check => [check.Id!, check.HealthCheckConfig!]),
    );
    for (const id of [...this.#states.keys()]) {
      if (!this.#checks.has(id)) {
        this.#states.delete(id);
        this.#nextLook.delete(id);
      }
    }
    await Promise.all(
      [...this.#checks].map(([id, config]) => this.#lookAt(id, config, now)),
    );
  }

  /** Undefined for a check that has not been seen. */
  state(id: string): CheckState | undefined {
    return this.#states.get(id);
  }

  /** With inversion and children; a disabled or unknown check counts as healthy. */
  isHealthy(id: string, depth = 0): boolean {
    const config = this.#checks.get(id);
    if (!config || depth > DEEPEST) {
      return true;
    }
    if (config.Disabled) {
      return !config.Inverted;
    }
    const own =
      config.Type === 'CALCULATED'
        ? this.#healthyChildren(config, depth) >= (config.HealthThreshold ?? 0)
        : this.#states.get(id)?.healthy ?? true;
    return config.Inverted ? !own : own;
  }

  #healthyChildren(config: HealthCheckConfig, depth: number): number {
    return (config.ChildHealthChecks ?? []).filter(child =>
      this.isHealthy(child, depth + 1),
    ).length;
  }

  async #lookAt(id: string, config: HealthCheckConfig, now: Date) {
    if ((this.#nextLook.get(id) ?? 0) > now.getTime() || config.Disabled) {
      return;
    }
    const intervalSeconds = undecided(config)
      ? 1
      : config.RequestInterval ?? DEFAULT_INTERVAL_SECONDS;
    this.#nextLook.set(id, now.getTime() + intervalSeconds * 1000);
    if (config.Type === 'CALCULATED') {
      return;
    }
    const state = this.#states.get(id) ?? { healthy: true, contradictions: 0 };
    const checkedAt = now.toISOString();
    if (config.Type === 'CLOUDWATCH_METRIC') {
      const healthy = await this.#alarmAllows(config, state);
      const last = {
        healthy,
        status: healthy ? 'Success' : 'Failure',
        checkedAt,
      };
      this.#states.set(id, { healthy, contradictions: 0, last });
      return;
    }
    const look = { ...(await this.#probe.endpoint(config)), checkedAt };
    this.#states.set(
      id,
      afterLook(
        state,
        look,
        config.FailureThreshold ?? DEFAULT_FAILURE_THRESHOLD,
      ),
    );
  }

  async #alarmAllows(config: HealthCheckConfig, state: CheckState) {
    const { Region, Name } = config.AlarmIdentifier!;
    const alarm = await this.#probe.alarm(Region!, Name!);
    if (alarm !== 'INSUFFICIENT_DATA') {
      return alarm === 'OK';
    }
    return config.InsufficientDataHealthStatus === 'LastKnownStatus'
      ? state.healthy
      : config.InsufficientDataHealthStatus !== 'Unhealthy';
  }
}
