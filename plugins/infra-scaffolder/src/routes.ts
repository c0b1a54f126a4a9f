import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The list of environments. @public */
export const rootRouteRef = createRouteRef();

/** One environment, by its name. @public */
export const environmentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:name',
});

/** Where an environment is changed. @public */
export const changeRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:name/change',
});

/** One run, under the environment that it works on. @public */
export const runRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:name/runs/:runId',
});

/** One run, by its id alone. @public */
export const runByIdRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/runs/:runId',
});

/** Where a person chooses what to create. @public */
export const createRouteRefExternal = createExternalRouteRef({
  defaultTarget: 'scaffolder.root',
});

/** Plans that await a decision. @public */
export const approvalsRouteRef = createRouteRef();

/** The rules that plans are held to, and exemptions. @public */
export const policiesRouteRef = createRouteRef();

/** The calendar of change freezes. @public */
export const freezesRouteRef = createRouteRef();

/** What differs from what was applied, by cause. @public */
export const driftRouteRef = createRouteRef();

/** Environments of older versions of their blueprints. @public */
export const upgradesRouteRef = createRouteRef();

/** The accounts that environments are made in. */
export const accountsRouteRef = createRouteRef();
