import {
  CloudTrailClient,
  LookupEventsCommand,
  type LookupAttribute,
} from '@aws-sdk/client-cloudtrail';
import { setTimeout as delay } from 'node:timers/promises';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type {
  DriftCause,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  chooseCause,
  concerns,
  type CauseQuestion,
  type TrailEvent,
} from './rules/chooseCause';
import { trailEventOf } from './trailEvent';
import type { DriftCauses } from './types';

/**
 * CloudTrail takes two lookups a second in an account and region.
 * {@link https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html}
 */
const LOOKUP_EVERY_MS = 550;
/** Of 50 events each; further back nobody looks. */
const MOST_PAGES = 6;
/** What CloudTrail keeps. */
const KEPT_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The services that change a type, where their name is not the type's own. */
const SERVICE_OF: Record<string, string> = {
  CertificateManager: 'acm',
  CloudWatch: 'monitoring',
  ElasticLoadBalancingV2: 'elasticloadbalancing',
  MSK: 'kafka',
};

function eventSourceOf(type: string): string {
  const service = type.split('::')[1] ?? '';
  return `${
    SERVICE_OF[service] ?? service.toLocaleLowerCase('en-US')
  }.amazonaws.com`;
}

/**
 * Services that are everywhere at once: CloudTrail tells their events in one region.
 * {@link https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html}
 */
const GLOBAL_SERVICES = ['IAM', 'Route53', 'CloudFront'];
const GLOBAL_REGION = 'us-east-1';

function isGlobal({ type }: Question): boolean {
  return GLOBAL_SERVICES.includes(type.split('::')[1] ?? '');
}

type Question = CauseQuestion & { type: string };
type Target = Pick<Environment, 'accountId' | 'region'>;

/** Lets one caller after another through, each a while after the last. */
class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  async pass(signal: AbortSignal): Promise<void> {
    const mine = this.#last.then(() =>
      delay(LOOKUP_EVERY_MS, undefined, { signal }),
    );
    this.#last = mine.catch(() => {});
    await mine;
  }
}

/** One search in one account and region; asks nothing twice. */
class Search {
  readonly #client: CloudTrailClient;
  readonly #turnstile: Turnstile;
  readonly #signal: AbortSignal;
  readonly #asked = new Map<string, Promise<TrailEvent[]>>();

  constructor(
    client: CloudTrailClient,
    turnstile: Turnstile,
    signal: AbortSignal,
  ) {
    this.#client = client;
    this.#turnstile = turnstile;
    this.#signal = signal;
  }

  async causeOf(question: Question): Promise<DriftCause> {
    const { names, since, type } = question;
    const events: TrailEvent[] = [];
    for (const name of names) {
      events.push(...(await this.#events({ ResourceName: name }, since)));
    }
    if (!events.some(event => concerns(event, question))) {
      // Not every service tells CloudTrail what its calls were about: what they asked for does.
      events.push(
        ...(await this.#events({ EventSource: eventSourceOf(type) }, since)),
      );
    }
    return chooseCause(events, question);
  }

  #events(
    by: { ResourceName?: string; EventSource?: string },
    since: Date,
  ): Promise<TrailEvent[]> {
    const [[AttributeKey, AttributeValue]] = Object.entries(by);
    const key = `${AttributeKey} ${AttributeValue} ${since.getTime()}`;
    const known = this.#asked.get(key);
    if (known) {
      return known;
    }
    const asked = this.#read(
      { AttributeKey, AttributeValue } as LookupAttribute,
      since,
    );
    this.#asked.set(key, asked);
    return asked;
  }

  async #read(attribute: LookupAttribute, since: Date): Promise<TrailEvent[]> {
    const found: TrailEvent[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      await this.#turnstile.pass(this.#signal);
      const { Events = [], NextToken } = await this.#client.send(
        new LookupEventsCommand({
          LookupAttributes: [attribute],
          StartTime: since,
          NextToken: token,
        }),
        { abortSignal: this.#signal },
      );
      found.push(...Events.flatMap(event => trailEventOf(event) ?? []));
      token = NextToken;
      pages += 1;
    } while (token && pages < MOST_PAGES);
    return found;
  }
}

function whyNot(error: unknown, { accountId, region }: Target): string {
  const { name, message } = error as Error;
  return /AccessDenied|Unauthorized/.test(name)
    ? `The portal may not look up events of CloudTrail in account ${accountId}, ${region}. Allow cloudtrail:LookupEvents.`
    : `CloudTrail could not be asked in account ${accountId}, ${region}: ${message}`;
}

/** {@link DriftCauses} by what CloudTrail keeps for 90 days without a trail: management events. */
export class CloudTrailCauses implements DriftCauses {
  readonly #aws: AwsAccess;
  readonly #turnstiles = new Map<string, Turnstile>();

  static create(aws: AwsAccess): CloudTrailCauses {
    return new CloudTrailCauses(aws);
  }

  private constructor(aws: AwsAccess) {
    this.#aws = aws;
  }

  async find(
    { accountId, region }: Target,
    questions: Question[],
    signal: AbortSignal,
  ): Promise<DriftCause[]> {
    const answers = new Map<Question, DriftCause>();
    for (const target of [
      { accountId, region },
      { accountId, region: GLOBAL_REGION },
    ]) {
      const asked = questions.filter(
        each =>
          !answers.has(each) &&
          (target.region === GLOBAL_REGION || !isGlobal(each)),
      );
      const found = await this.#findIn(target, asked, signal);
      asked.forEach((each, index) => answers.set(each, found[index]));
    }
    return questions.map(each => answers.get(each)!);
  }

  async #findIn(
    target: Target,
    questions: Question[],
    signal: AbortSignal,
  ): Promise<DriftCause[]> {
    if (questions.length === 0) {
      return [];
    }
    const earliest = Date.now() - KEPT_DAYS * DAY_MS;
    let client: CloudTrailClient | undefined;
    try {
      client = new CloudTrailClient(await this.#aws.clientConfig(target));
      const search = new Search(client, this.#turnstileOf(target), signal);
      const causes: DriftCause[] = [];
      for (const question of questions) {
        const since = new Date(Math.max(question.since.getTime(), earliest));
        causes.push(await search.causeOf({ ...question, since }));
      }
      return causes;
    } catch (error) {
      const reason = whyNot(error, target);
      return questions.map(() => ({ known: false, reason }));
    } finally {
      client?.destroy();
    }
  }

  #turnstileOf({ accountId, region }: Target): Turnstile {
    const key = `${accountId}/${region}`;
    const turnstile = this.#turnstiles.get(key) ?? new Turnstile();
    this.#turnstiles.set(key, turnstile);
    return turnstile;
  }
}
