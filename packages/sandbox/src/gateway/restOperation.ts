import table from './restOperations.json';

interface Route {
  operation: string;
  path: RegExp;
  /** Query keys, with values where the service demands one, that must be there. */
  query: Array<[string, string]>;
  /** Among the routes that match, the one with the highest number is meant. */
  weight: number;
}

const routes = new Map<string, Route[]>();

function toRoute(uri: string, operation: string): Route {
  const [path, queryText = ''] = uri.split('?');
  const query = [...new URLSearchParams(queryText)];
  const segments = path.split('/').filter(Boolean);
  const pattern = segments
    .map(segment =>
      segment.replace(
        /\{([^}+]+)(\+?)\}|[.*+?^$()|[\]\\]/g,
        (text, label, greedy) => {
          if (!label) {
            return `\\${text}`;
          }
          return greedy ? '.+' : '[^/]+';
        },
      ),
    )
    .join('/');
  const literals = segments.filter(segment => !segment.includes('{')).length;
  return {
    operation,
    path: new RegExp(`^/${pattern}/?$`),
    query,
    weight: segments.length * 10 + literals * 10 + query.length,
  };
}

function routesOf(service: string, method: string): Route[] {
  const key = `${service} ${method}`;
  let found = routes.get(key);
  if (!found) {
    const paths =
      (table as Record<string, Record<string, Record<string, string>>>)[
        service
      ]?.[method] ?? {};
    found = Object.entries(paths)
      .map(([uri, operation]) => toRoute(uri, operation))
      .sort((a, b) => b.weight - a.weight);
    routes.set(key, found);
  }
  return found;
}

/** The operation that a service which tells it by method and path is asked for; undefined for an unknown service or path. */
export function restOperation(
  service: string,
  method: string,
  path: string,
  query: URLSearchParams,
): string | undefined {
  return routesOf(service, method).find(
    route =>
      route.path.test(path) &&
      route.query.every(
        ([key, value]) =>
          query.has(key) && (value === '' || query.get(key) === value),
      ),
  )?.operation;
}
