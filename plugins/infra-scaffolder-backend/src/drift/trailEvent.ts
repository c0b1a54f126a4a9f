import type { Event as CloudTrailEvent } from '@aws-sdk/client-cloudtrail';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { TrailEvent } from './rules/chooseCause';

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Who called, as people of AWS say it: `role/session` of an assumed role, a user's name, `root`, or a service.
 * {@link https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html}
 */
function actorOf(identity: JsonObject, username: string | undefined): string {
  const arn = textOf(identity.arn) ?? '';
  switch (identity.type) {
    case 'AssumedRole':
      return arn.split(':assumed-role/')[1] ?? username ?? arn;
    case 'IAMUser':
      return textOf(identity.userName) ?? username ?? arn;
    case 'Root':
      return `root of ${textOf(identity.accountId) ?? 'the account'}`;
    default:
      return (
        textOf(identity.invokedBy) ??
        username ??
        textOf(identity.principalId) ??
        'somebody CloudTrail does not name'
      );
  }
}

function parsed(text: string | undefined): JsonObject {
  try {
    return objectOf(JSON.parse(text ?? '{}') as JsonValue);
  } catch {
    return {};
  }
}

/** An event as `LookupEvents` tells it; undefined where it has no id or time. */
export function trailEventOf(event: CloudTrailEvent): TrailEvent | undefined {
  const { EventId, EventName, EventTime } = event;
  if (!EventId || !EventName || !EventTime) {
    return undefined;
  }
  const record = parsed(event.CloudTrailEvent);
  const identity = objectOf(record.userIdentity);
  const from = textOf(record.sourceIPAddress) ?? textOf(identity.invokedBy);
  const errorCode = textOf(record.errorCode);
  return {
    eventId: EventId,
    at: EventTime.toISOString(),
    name: EventName,
    service: event.EventSource ?? textOf(record.eventSource) ?? '',
    actor: actorOf(identity, event.Username),
    ...(from && { from }),
    isRead: event.ReadOnly === 'true',
    ...(errorCode && { errorCode }),
    resources: (event.Resources ?? []).flatMap(each => each.ResourceName ?? []),
    parameters: objectOf(record.requestParameters),
  };
}
