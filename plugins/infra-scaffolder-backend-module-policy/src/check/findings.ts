import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyFinding } from '@slipway/plugin-infra-scaffolder-common';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import { fillIn } from '../rules/placeholders';
import type { Rule } from '../rules/types';

/** Where the names in a message are looked up. */
export interface Said {
  resource: Record<string, CedarValueJson>;
  context: Record<string, CedarValueJson>;
  principal: Record<string, CedarValueJson>;
}

function show(value: CedarValueJson | undefined): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map(show).join(', ');
  }
  if (typeof value === 'object') {
    const { arg } = ('__extn' in value ? value.__extn : {}) as {
      arg?: unknown;
    };
    return typeof arg === 'string' ? arg : undefined;
  }
  return String(value);
}

function lookUp(said: Said, name: string): string | undefined {
  const path = name.split('.');
  let at: CedarValueJson | undefined =
    path[0] === 'context' || path[0] === 'principal'
      ? { context: said.context, principal: said.principal }
      : said.resource;
  for (const part of path) {
    at = (at as Record<string, CedarValueJson> | undefined)?.[part];
  }
  return show(at);
}

/** What a rule says of something in a plan. */
export function findingOf(
  rule: Rule,
  said: Said,
  resource?: DescribedResource,
): PolicyFinding {
  return {
    rule: rule.rule,
    title: rule.title,
    effect: rule.effect === 'deny' ? 'deny' : 'warn',
    ...(resource && {
      logicalId: resource.logicalId,
      type: resource.type,
      path: resource.path,
    }),
    message: fillIn(rule.message, name => lookUp(said, name)),
    mend: rule.mend,
  };
}

/** One finding for each rule and resource, with all that the rule says of it; what is denied comes first. */
export function merged(findings: PolicyFinding[]): PolicyFinding[] {
  const byPlace = new Map<string, PolicyFinding>();
  for (const finding of findings) {
    const place = JSON.stringify([
      finding.rule,
      finding.logicalId,
      finding.effect,
    ]);
    const other = byPlace.get(place);
    byPlace.set(
      place,
      other
        ? {
            ...other,
            message: both(other.message, finding.message),
            mend: both(other.mend, finding.mend),
          }
        : finding,
    );
  }
  const all = [...byPlace.values()];
  return [
    ...all.filter(({ effect }) => effect === 'deny'),
    ...all.filter(({ effect }) => effect === 'warn'),
  ];
}

function both(text: string, more: string): string {
  return text.includes(more) ? text : `${text} ${more}`;
}
