import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_ENVIRONMENT_ID,
  checkName,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentAuthorizer } from './EnvironmentAuthorizer';
import type { RequestDraft } from './RequestChecker';

/** What the catalog lets a name or namespace be; it breaks on some of what it does not. */
const NAME = /^[\w.-]+$/;

function canonicalRef(text: string, kind: string): string | undefined {
  try {
    const ref = parseEntityRef(text, { defaultKind: kind });
    return ref.kind.toLocaleLowerCase('en-US') === kind &&
      NAME.test(ref.namespace) &&
      NAME.test(ref.name)
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The reference that the environment's own entity would have; undefined without a name that is well-formed. */
function entityRefOf({ name }: RequestDraft): string | undefined {
  return name === undefined || checkName(name)
    ? undefined
    : stringifyEntityRef({ kind: 'resource', namespace: 'default', name });
}

/**
 * Checks that owner and system are in the catalog, that the person may ask on the owner's behalf, and that the catalog
 * has room for the environment's own entity.
 */
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
  const entityRef = entityRefOf(draft);
  const refs = [...wanted.map(({ ref }) => ref), entityRef].filter(
    ref => ref !== undefined,
  );
  const found = new Map<string, Entity>();
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
      .forEach(entity => found.set(stringifyEntityRef(entity), entity));
  }

  const issues: RequestIssue[] = [];
  const namesake = entityRef && found.get(entityRef);
  if (namesake && !namesake.metadata.annotations?.[ANNOTATION_ENVIRONMENT_ID]) {
    issues.push({
      path: 'name',
      message: `The catalog has another Resource "${draft.name}" already. Choose another name.`,
    });
  }
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
