import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { EntityContentLayoutBlueprint } from '@backstage/plugin-catalog-react/alpha';

const entityLayout = EntityContentLayoutBlueprint.make({
  name: 'overview',
  params: {
    filter: () => true,
    loader: () => import('./EntityLayout').then(m => m.EntityLayout),
  },
});

/** How the catalog's pages look in this portal. */
export const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [entityLayout],
});
