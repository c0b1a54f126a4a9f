import type {
  Environment,
  EnvironmentQuery,
  InfraApi,
} from '@slipway/plugin-infra-scaffolder-common';

const PAGE = 100;
/** Beyond this the table would need to be narrowed by the back end. */
const MOST = 2_000;

/** The environments of a query, page after page. */
export async function listAllEnvironments(
  api: InfraApi,
  query: EnvironmentQuery,
): Promise<Environment[]> {
  const all: Environment[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listEnvironments({ ...query, limit: PAGE, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && all.length < MOST);
  return all;
}
