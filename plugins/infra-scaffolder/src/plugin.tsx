import AccountIcon from '@mui/icons-material/AccountTreeOutlined';
import ApprovalIcon from '@mui/icons-material/FactCheckOutlined';
import FreezeIcon from '@mui/icons-material/EventBusyOutlined';
import DriftIcon from '@mui/icons-material/CompareArrowsOutlined';
import PolicyIcon from '@mui/icons-material/GavelOutlined';
import UpgradeIcon from '@mui/icons-material/UpgradeOutlined';
import CloudIcon from '@mui/icons-material/CloudQueue';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import {
  accountApiRef,
  AccountClient,
  driftApiRef,
  DriftClient,
  fleetApiRef,
  FleetClient,
  infraApiRef,
  InfraClient,
  lifetimeApiRef,
  LifetimeClient,
  scheduleApiRef,
  ScheduleClient,
  upgradeApiRef,
  UpgradeClient,
} from './api';
import {
  accountsRouteRef,
  approvalsRouteRef,
  changeRouteRef,
  createRouteRefExternal,
  driftRouteRef,
  environmentRouteRef,
  freezesRouteRef,
  policiesRouteRef,
  rootRouteRef,
  runByIdRouteRef,
  runRouteRef,
  upgradesRouteRef,
} from './routes';

const infraApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: infraApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => InfraClient.create(deps),
    }),
});

const accountApi = ApiBlueprint.make({
  name: 'accounts',
  params: defineParams =>
    defineParams({
      api: accountApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => AccountClient.create(deps),
    }),
});

const fleetApi = ApiBlueprint.make({
  name: 'fleet',
  params: defineParams =>
    defineParams({
      api: fleetApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => FleetClient.create(deps),
    }),
});

const driftApi = ApiBlueprint.make({
  name: 'drift',
  params: defineParams =>
    defineParams({
      api: driftApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => DriftClient.create(deps),
    }),
});

const lifetimeApi = ApiBlueprint.make({
  name: 'lifetime',
  params: defineParams =>
    defineParams({
      api: lifetimeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => LifetimeClient.create(deps),
    }),
});

const scheduleApi = ApiBlueprint.make({
  name: 'schedules',
  params: defineParams =>
    defineParams({
      api: scheduleApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => ScheduleClient.create(deps),
    }),
});

const upgradeApi = ApiBlueprint.make({
  name: 'upgrades',
  params: defineParams =>
    defineParams({
      api: upgradeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => UpgradeClient.create(deps),
    }),
});

const environmentsPage = PageBlueprint.make({
  params: {
    path: '/environments',
    title: 'Environments',
    icon: <CloudIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: () => import('./Router').then(m => <m.Router />),
  },
});

const approvalsPage = PageBlueprint.make({
  name: 'approvals',
  params: {
    path: '/approvals',
    title: 'Approvals',
    routeRef: approvalsRouteRef,
    icon: <ApprovalIcon fontSize="inherit" />,
    noHeader: true,
    loader: () =>
      import('./approvals/ApprovalsPage').then(m => <m.ApprovalsPage />),
  },
});

const freezesPage = PageBlueprint.make({
  name: 'freezes',
  params: {
    path: '/freezes',
    title: 'Change freezes',
    routeRef: freezesRouteRef,
    icon: <FreezeIcon fontSize="inherit" />,
    noHeader: true,
    loader: () => import('./freezes/FreezesPage').then(m => <m.FreezesPage />),
  },
});

const driftPage = PageBlueprint.make({
  name: 'drift',
  params: {
    path: '/drift',
    title: 'Drift',
    routeRef: driftRouteRef,
    icon: <DriftIcon fontSize="inherit" />,
    noHeader: true,
    loader: () => import('./drift/DriftPage').then(m => <m.DriftPage />),
  },
});

const policiesPage = PageBlueprint.make({
  name: 'policies',
  params: {
    path: '/policies',
    title: 'Policies',
    routeRef: policiesRouteRef,
    icon: <PolicyIcon fontSize="inherit" />,
    noHeader: true,
    loader: () =>
      import('./policies/PoliciesPage').then(m => <m.PoliciesPage />),
  },
});

const upgradesPage = PageBlueprint.make({
  name: 'upgrades',
  params: {
    path: '/upgrades',
    title: 'Upgrades',
    routeRef: upgradesRouteRef,
    icon: <UpgradeIcon fontSize="inherit" />,
    noHeader: true,
    loader: () =>
      import('./upgrades/UpgradesPage').then(m => <m.UpgradesPage />),
  },
});

const accountsPage = PageBlueprint.make({
  name: 'accounts',
  params: {
    path: '/accounts',
    title: 'Accounts',
    routeRef: accountsRouteRef,
    icon: <AccountIcon fontSize="inherit" />,
    noHeader: true,
    loader: () =>
      import('./accounts/AccountsPage').then(m => <m.AccountsPage />),
  },
});

/** The UI library's components in their states; not in production builds. */
const galleryPage = PageBlueprint.make({
  name: 'gallery',
  params: {
    path: '/gallery',
    title: 'Gallery',
    noHeader: true,
    loader: () => import('@slipway/ui').then(m => <m.Gallery />),
  },
});

const environmentEntityContent = EntityContentBlueprint.make({
  name: 'environment',
  params: {
    path: 'environment',
    title: 'Environment',
    group: 'overview',
    filter: { kind: 'resource', 'spec.type': 'environment' },
    loader: () =>
      import('./entity/EnvironmentEntityContent').then(m => (
        <m.EnvironmentEntityContent />
      )),
  },
});

const environmentsEntityContent = EntityContentBlueprint.make({
  name: 'environments',
  params: {
    path: 'environments',
    title: 'Environments',
    group: 'overview',
    filter: {
      $any: [
        { kind: 'system' },
        { kind: 'component', 'spec.system': { $exists: true } },
      ],
    },
    loader: () =>
      import('./entity/EnvironmentsEntityContent').then(m => (
        <m.EnvironmentsEntityContent />
      )),
  },
});

const systemEnvironmentsCard = EntityCardBlueprint.make({
  name: 'environments',
  params: {
    type: 'content',
    filter: { kind: 'system' },
    loader: () =>
      import('./entity/SystemEnvironmentsCard').then(m => (
        <m.SystemEnvironmentsCard />
      )),
  },
});

const environmentRequestFormField = FormFieldBlueprint.make({
  name: 'environment-request',
  params: {
    field: () => import('./form/field').then(m => m.environmentRequestField),
  },
});

/** Environments: the list, each one's page, its runs, and the form that asks for one. @public */
export const infraScaffolderPlugin = createFrontendPlugin({
  pluginId: 'infra-scaffolder',
  title: 'Environments',
  icon: <CloudIcon fontSize="inherit" />,
  routes: {
    root: rootRouteRef,
    approvals: approvalsRouteRef,
    freezes: freezesRouteRef,
    policies: policiesRouteRef,
    drift: driftRouteRef,
    upgrades: upgradesRouteRef,
    accounts: accountsRouteRef,
    environment: environmentRouteRef,
    change: changeRouteRef,
    run: runRouteRef,
    runById: runByIdRouteRef,
  },
  externalRoutes: { create: createRouteRefExternal },
  extensions: [
    infraApi,
    accountApi,
    fleetApi,
    driftApi,
    upgradeApi,
    lifetimeApi,
    scheduleApi,
    environmentsPage,
    approvalsPage,
    freezesPage,
    policiesPage,
    driftPage,
    upgradesPage,
    accountsPage,
    environmentEntityContent,
    environmentsEntityContent,
    systemEnvironmentsCard,
    environmentRequestFormField,
    ...(process.env.NODE_ENV === 'production' ? [] : [galleryPage]),
  ],
});
