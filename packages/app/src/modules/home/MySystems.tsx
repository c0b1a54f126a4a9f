import { Progress } from '@backstage/core-components';
import {
  stringifyEntityRef,
  type SystemEntity,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef, EntityRefLink } from '@backstage/plugin-catalog-react';
import { useEffect, useState } from 'react';

/** Systems that the person's teams own, one a row. */
export function MySystems(props: { owners: string[] }) {
  const catalogApi = useApi(catalogApiRef);
  const [systems, setSystems] = useState<SystemEntity[]>();
  useEffect(() => {
    catalogApi
      .getEntities({
        filter: { kind: 'System', 'relations.ownedBy': props.owners },
      })
      .then(({ items }) => setSystems(items as SystemEntity[]));
  }, [catalogApi, props.owners]);
  if (!systems) return <Progress />;
  return (
    <ul>
      {systems.map(system => (
        <li key={stringifyEntityRef(system)}>
          <EntityRefLink entityRef={system} />
        </li>
      ))}
    </ul>
  );
}
