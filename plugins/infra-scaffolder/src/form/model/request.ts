import type { JsonValue } from '@backstage/types';
import {
  checkCidr,
  checkName,
  checkParameters,
  type Blueprint,
  type EnvironmentRequest,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';

/** A request as far as it is filled in; empty text is what is not yet said. */
export type DraftRequest = EnvironmentRequest;

/**
 * The request with everything said that can be said before the person does. Of `parameters` only those set by hand
 * are kept: the others follow the size.
 */
export function startRequest(
  blueprint: Blueprint,
  given: Partial<EnvironmentRequest>,
): DraftRequest {
  return {
    blueprint: { id: blueprint.id, version: blueprint.version },
    name: given.name ?? '',
    owner: given.owner ?? '',
    system: given.system ?? '',
    accountId: given.accountId ?? '',
    region: given.region ?? '',
    size:
      given.size && Object.hasOwn(blueprint.sizes, given.size)
        ? given.size
        : blueprint.defaultSize,
    cidr: given.cidr ?? '',
    engine: given.engine ?? blueprint.engines[0],
    parameters: given.parameters ?? {},
    ...(given.expiresAt && { expiresAt: given.expiresAt }),
  };
}

/** What of a request the back end can look at: all that has been said. */
export function saidOf(draft: DraftRequest): Partial<EnvironmentRequest> {
  return Object.fromEntries(
    Object.entries(draft).filter(([, value]) => value !== ''),
  );
}

/** A request with a parameter set by hand, or, without a value, following the size again. */
export function withParameter(
  draft: DraftRequest,
  name: string,
  value: JsonValue | undefined,
): DraftRequest {
  const { [name]: _, ...others } = draft.parameters;
  return {
    ...draft,
    parameters: value === undefined ? others : { ...others, [name]: value },
  };
}

const REQUIRED: Array<[keyof EnvironmentRequest, string]> = [
  ['name', 'Give the environment a name.'],
  ['owner', 'Choose the team that owns it.'],
  ['system', 'Choose the system that it is for.'],
  ['accountId', 'Choose the AWS account.'],
  ['region', 'Choose the region.'],
  ['cidr', 'Give the network a CIDR block.'],
  ['engine', 'Choose what makes it.'],
];

/** What is still to be said. */
export function missingOf(draft: DraftRequest): RequestIssue[] {
  return REQUIRED.flatMap(([path, message]) =>
    draft[path] ? [] : [{ path, message }],
  );
}

/** What is wrong with what has been said, as far as the page can tell by itself. */
export function checkLocally(
  blueprint: Blueprint,
  draft: DraftRequest,
): RequestIssue[] {
  const issues: RequestIssue[] = [];
  const name = draft.name && checkName(draft.name);
  if (name) {
    issues.push({ path: 'name', ...name });
  }
  const cidr = draft.cidr && checkCidr(draft.cidr, blueprint.cidrPrefixLength);
  if (cidr) {
    issues.push({ path: 'cidr', ...cidr });
  }
  return [
    ...issues,
    ...checkParameters(blueprint, draft.size, draft.parameters),
  ];
}

/**
 * What is wrong, from both sides: what the page finds comes first; of what the back end found only that counts whose
 * value has not changed since it looked.
 *
 * @param answered - the request that the back end looked at, with what it found.
 */
export function mergeIssues(
  draft: DraftRequest,
  local: RequestIssue[],
  answered?: { request: DraftRequest; issues: RequestIssue[] },
): RequestIssue[] {
  const told = new Set(local.map(issue => issue.path));
  const fresh = (answered?.issues ?? []).filter(
    issue =>
      !told.has(issue.path) &&
      same(
        valueAt(draft, issue.path),
        valueAt(answered!.request, issue.path),
      ) &&
      (issue.path !== 'cidr' ||
        (draft.region === answered!.request.region &&
          draft.accountId === answered!.request.accountId)),
  );
  return [...local, ...fresh];
}

function valueAt(draft: DraftRequest, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        value && typeof value === 'object'
          ? (value as Record<string, unknown>)[key]
          : undefined,
      draft,
    );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
