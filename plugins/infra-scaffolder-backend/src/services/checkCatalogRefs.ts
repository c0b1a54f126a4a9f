import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentAuthorizer } from './EnvironmentAuthorizer';
import type { RequestDraft } from './RequestChecker';

function canonicalRef(text: string, kind: string): string | undefined {
  try {
    const ref = parseEntityRef(text, { defaultKind: kind });
    return ref.kind.toLocaleLowerCase('en-US') === kind
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Checks that owner and system are in the catalog, and that the person may ask on the owner's behalf. */
export async function checkCatalogRefs(
  draft: RequestDraft,
  options: {
    catalog: CatalogService;
    authorizer: EnvironmentAuthorizer;
    credentials: BackstageCredentials;
  },
): Promise<RequestIssue[]> {
  const { catalog, authorizer, credentials } = options;
  const wanted = [
    { path: 'owner', kind: 'group', text: draft.owner },
    { path: 'system', kind: 'system', text: draft.system },
  ].flatMap(({ text, ...field }) =>
    text === undefined
      ? []
      : [{ ...field, text, ref: canonicalRef(text, field.kind) }],
  );
  const refs = wanted.flatMap(({ ref }) => ref ?? []);
  const found = new Set<string>();
  if (refs.length > 0) {
    const { items } = await catalog
      .getEntitiesByRefs({ entityRefs: refs }, { credentials })
      .catch(cause => {
        throw new ServiceUnavailableError(
          'The catalog does not answer, so owner and system cannot be checked. Try again in a minute.',
          cause,
        );
      });
    items
      .filter((entity): entity is Entity => Boolean(entity))
      .forEach(entity => found.add(stringifyEntityRef(entity)));
  }

  const issues: RequestIssue[] = [];
  for (const { path, kind, text, ref } of wanted) {
    if (!ref) {
      issues.push({
        path,
        message: `"${text}" is not a ${kind}. Write it as ${kind}:default/name.`,
      });
    } else if (!found.has(ref)) {
      issues.push({
        path,
        message: `The catalog has no ${ref}. Choose a ${kind} that is in the catalog.`,
      });
    } else if (
      path === 'owner' &&
      !(await authorizer.mayOwn(ref, credentials))
    ) {
      issues.push({
        path,
        message: `You are not in ${ref}. Choose one of your own groups, or ask someone of that group.`,
      });
    }
  }
  return issues;
}
