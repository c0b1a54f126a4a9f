/** One call to AWS, as far as its signature and shape tell it. */
export interface AwsCall {
  /** 12 digits. */
  account: string;
  /** The region it is signed for. */
  region: string;
  /** The signing name, e.g. `s3`, `cloudformation`, `monitoring`; `unknown` for an unsigned call. */
  service: string;
  /** E.g. `DescribeStacks`; `METHOD /path` where it could not be told. */
  operation: string;
  /** Every region the call needs in order to work: its own and, for global control planes, us-east-1. */
  dependsOn: string[];
}

/**
 * Which calls a fault hits; what is left out matches all. `*` in an operation stands for any letters. One that names a
 * zone hits no call: the region's endpoints go on, what stands in the zone does not.
 */
export interface FaultMatch {
  account?: string;
  region?: string;
  /** E.g. `us-east-1a`; only of a `dark` fault. */
  zone?: string;
  service?: string;
  operation?: string;
}

/** What a fault does to a call. Milliseconds throughout. */
export type FaultEffect =
  /** The region is gone: connections are dropped, left hanging, or answered 503. */
  | { kind: 'dark'; mode: 'drop' | 'hang' | 'unavailable' }
  | { kind: 'latency'; delayMs: number; jitterMs: number }
  | { kind: 'throttle' }
  | { kind: 'error' }
  /** The call takes effect, its answer never arrives. */
  | { kind: 'lose' }
  /** A read answers what it answered before the last change. */
  | { kind: 'stale' }
  /** No call is hit, but nothing is replicated from a bucket to the buckets of a region. */
  | { kind: 'replication-pause'; bucket: string; region: string };

/** A fault that is on. */
export interface Fault {
  id: string;
  effect: FaultEffect;
  match: FaultMatch;
  /** Above 0, at most 1. */
  probability: number;
  /** How many more calls it hits; left out: no limit. */
  timesLeft?: number;
  /** Who started it: `command`, or the id of an FIS experiment. */
  startedBy: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** ISO 8601, UTC; left out: until it is ended. */
  endsAt?: string;
}
