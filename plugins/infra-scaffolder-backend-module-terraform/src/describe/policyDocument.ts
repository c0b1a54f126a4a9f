import type { JsonObject, JsonValue } from '@backstage/types';
import { blocks, isUnset, withoutUnset } from './properties';

/**
 * A policy that Terraform will put together when it knows all of it, as far as it is known now. What is not is left out of
 * lists, and stands as `*` of a principal or resource nowhere: nothing is made wider than it will be.
 */
export function policyOf(
  type: string,
  { statement, version }: JsonObject,
): JsonObject | undefined {
  if (type !== 'aws_iam_policy_document') {
    return undefined;
  }
  return {
    Version: typeof version === 'string' ? version : '2012-10-17',
    Statement: blocks(statement).map(each =>
      withoutUnset({
        Sid: each.sid,
        Effect: each.effect ?? 'Allow',
        Action: known(each.actions),
        NotAction: known(each.not_actions),
        Resource: known(each.resources),
        NotResource: known(each.not_resources),
        Principal: principals(each.principals),
        NotPrincipal: principals(each.not_principals),
        Condition: conditions(each.condition),
      }),
    ),
  };
}

function known(values: JsonValue | undefined): JsonValue[] {
  return (Array.isArray(values) ? values : []).map(value =>
    isUnset(value) ? { Ref: 'known-after-apply' } : value!,
  );
}

function principals(value: JsonValue | undefined): JsonValue | undefined {
  const all = blocks(value);
  return all.length === 0
    ? undefined
    : Object.fromEntries(
        all.map(({ type, identifiers }) => [
          type === '*' ? 'AWS' : String(type),
          known(identifiers),
        ]),
      );
}

function conditions(value: JsonValue | undefined): JsonValue | undefined {
  const all = blocks(value);
  if (all.length === 0) {
    return undefined;
  }
  const byTest: Record<string, JsonObject> = {};
  for (const { test, variable, values } of all) {
    byTest[String(test)] = {
      ...byTest[String(test)],
      [String(variable)]: known(values),
    };
  }
  return byTest;
}
