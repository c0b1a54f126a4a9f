import type { JsonObject, JsonValue } from '@backstage/types';
import type { DriftCause } from '@slipway/plugin-infra-scaffolder-common';

/** A management event of CloudTrail, as far as it tells who changed what. */
export interface TrailEvent {
  eventId: string;
  /** ISO 8601, UTC. */
  at: string;
  /** e.g. `ModifyDBInstance`. */
  name: string;
  /** e.g. `rds.amazonaws.com`. */
  service: string;
  actor: string;
  /** Address or AWS service that it came from. */
  from?: string;
  isRead: boolean;
  errorCode?: string;
  /** Names or ids of what it was about, as CloudTrail lists them. */
  resources: string[];
  parameters?: JsonObject;
}

/** What is asked: who changed this resource, or one attribute of it. */
export interface CauseQuestion {
  /** Physical id and what else calls name it by. */
  names: string[];
  /** Path of an attribute; absent where the resource was deleted. */
  attribute?: string;
  /** When the resource was last known to be as it was applied. */
  since: Date;
}

/** CloudFormation changes what it was told to by an apply: never a cause of drift. */
const CLOUDFORMATION = 'cloudformation.amazonaws.com';

function isNamed(value: JsonValue | undefined, names: string[]): boolean {
  if (typeof value === 'string') {
    return names.some(
      name =>
        value === name ||
        value.endsWith(`/${name}`) ||
        value.endsWith(`:${name}`),
    );
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some(each => isNamed(each, names))
  );
}

/** CloudTrail tells the time of an event in whole seconds. */
const SECOND_MS = 1000;

/** Whether an event may have changed one of these names since then. */
export function concerns(
  event: TrailEvent,
  { names, since }: Pick<CauseQuestion, 'names' | 'since'>,
): boolean {
  return (
    !event.isRead &&
    !event.errorCode &&
    event.from !== CLOUDFORMATION &&
    Date.parse(event.at) + SECOND_MS > since.getTime() &&
    (isNamed(event.resources, names) || isNamed(event.parameters, names))
  );
}

/** `VersioningConfiguration` and `versioning` are the same word to people who name calls and parameters. */
function stem(word: string): string {
  return word
    .replace(/[^a-z0-9]/gi, '')
    .toLocaleLowerCase('en-US')
    .replace(/(configuration|config|specification|policy|document|s)$/, '');
}

function hasKey(value: JsonValue | undefined, wanted: string): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return Object.entries(value).some(
    ([key, inner]) => stem(key) === wanted || hasKey(inner, wanted),
  );
}

function namesAttribute(event: TrailEvent, attribute: string): boolean {
  const words = attribute
    .split('.')
    .filter(part => !/^\d+$/.test(part))
    .map(stem)
    .filter(word => word.length > 2);
  const call = event.name.toLocaleLowerCase('en-US');
  return words.some(
    word => call.includes(word) || hasKey(event.parameters, word),
  );
}

function isDeletion({ name }: TrailEvent): boolean {
  return /^(Delete|Terminate|Remove|Release|Detach|Disassociate|Revoke)/.test(
    name,
  );
}

/** The call that most likely made it so: of those that fit best the newest. */
export function chooseCause(
  events: TrailEvent[],
  question: CauseQuestion,
): DriftCause {
  const { attribute } = question;
  const candidates = events
    .filter(event => concerns(event, question))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const naming = candidates.filter(event =>
    attribute === undefined
      ? isDeletion(event)
      : namesAttribute(event, attribute),
  );
  const [found] = naming.length > 0 ? naming : candidates;
  if (!found) {
    return {
      known: false,
      reason:
        'CloudTrail has no call that changed it since it was last in sync. It can take 15 minutes until one is there.',
    };
  }
  const alone = candidates.length === 1 ? 'only-call' : 'newest-call';
  return {
    known: true,
    actor: found.actor,
    call: found.name,
    service: found.service,
    at: found.at,
    ...(found.from && { from: found.from }),
    eventId: found.eventId,
    because: naming.length > 0 ? 'names-it' : alone,
  };
}
