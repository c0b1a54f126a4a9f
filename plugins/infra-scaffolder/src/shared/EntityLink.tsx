import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { EXPIRY_ACTOR } from '@slipway/plugin-infra-scaffolder-common';
import { TextLink } from '@slipway/ui';
import { nameOfRef } from './words';

/** An entity's name, with a link to it where the portal has a catalog. */
export function EntityLink(props: { entityRef: string }) {
  const { entityRef } = props;
  const route = useRouteRef(entityRouteRef);
  const name = nameOfRef(entityRef);
  const to =
    route && entityRef !== EXPIRY_ACTOR
      ? addressOf(entityRef, route)
      : undefined;
  return to ? <TextLink to={to}>{name}</TextLink> : <>{name}</>;
}

function addressOf(
  entityRef: string,
  route: (params: { kind: string; namespace: string; name: string }) => string,
): string | undefined {
  try {
    return route(parseEntityRef(entityRef));
  } catch {
    return undefined;
  }
}
