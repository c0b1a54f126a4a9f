// This is the app here.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import { SlipwayThemeProvider } from '@slipway/ui';
import ReactDOM from 'react-dom/client';
import infraScaffolderPlugin, { infraApiRef } from '../src';
import {
  accountApiRef,
  driftApiRef,
  fleetApiRef,
  upgradeApiRef,
} from '../src/api';
import {
  FakeAccountApi,
  FakeDriftApi,
  FakeFleetApi,
  FakeInfraApi,
  FakeUpgradeApi,
  playConfirm,
  playFailure,
  playPlan,
  playResource,
  sampleAcceptance,
  sampleChangeEstimate,
  sampleDrift,
  sampleEnvironment,
  sampleEstimate,
  sampleFleetDrift,
  sampleOutdated,
  samplePlan,
  sampleRun,
  sampleUpdatePlan,
} from '../src/testing';
import { FormPreview } from './FormPreview';
import { manyDetails, manyEnvironments } from './sampleFleet';
import { signInPage } from './signIn';

const api = new FakeInfraApi();
api.environments = [
  sampleEnvironment(),
  sampleEnvironment({
    id: 'e2',
    name: 'payments-prod',
    owner: 'group:default/payments',
    size: 'prod',
    region: 'us-west-2',
    status: 'creating',
    activeRun: {
      runId: 'r1',
      operation: 'create',
      startedBy: 'user:default/tom',
      since: new Date(Date.now() - 72_000).toISOString(),
    },
  }),
  sampleEnvironment({
    id: 'e3',
    name: 'records-test',
    status: 'failed',
    statusReason: 'The database’s quota is used up.',
    freeze: {
      by: 'user:default/sam',
      reason: 'Being looked at.',
      since: '2026-11-20T10:00:00.000Z',
    },
  }),
];
api.environments.push(...manyEnvironments(600));
const fleet = new FakeFleetApi(api);
fleet.details = manyDetails(api.environments);
api.activity = [
  {
    at: '2026-11-20T10:00:00.000Z',
    actor: 'user:default/maya',
    action: 'environment.requested',
    message: 'Asked for shop-dev',
    runId: 'r1',
  },
];
const drift = new FakeDriftApi();
drift.report = sampleDrift();
drift.acceptance = sampleAcceptance;
drift.fleet = sampleFleetDrift();
drift.detections = [
  {
    id: 'd1',
    startedAt: '2026-11-25T08:30:00.000Z',
    endedAt: '2026-11-25T08:30:48.000Z',
    state: 'drifted',
    findings: drift.report.findings,
  },
];
const upgrades = new FakeUpgradeApi();
upgrades.items = [
  sampleOutdated(),
  sampleOutdated({
    environment: {
      ...sampleEnvironment(),
      id: 'e9',
      name: 'checkout-experiments-emea-01',
      size: 'prod',
    },
    blocked: 'A change of checkout-experiments-emea-01 is on its way.',
    dropped: ['note'],
  }),
];
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
for (const id of ['planning', 'plan', 'cost', 'live', 'failed']) {
  api.runs.set(id, sampleRun({ id, createdAt: ago(20_000) }));
}
playPlan(api, 'plan', samplePlan({ estimate: sampleEstimate() }));
playPlan(api, 'cost', {
  ...sampleUpdatePlan(),
  estimate: sampleChangeEstimate(),
});
['live', 'failed'].forEach(id => playPlan(api, id));
['live', 'failed'].forEach(id => playConfirm(api, id));
for (let index = 0; index < 8; index++) {
  playResource(api, index, 'working', 'failed');
  playResource(api, index, index === 7 ? 'failed' : 'done', 'failed');
}
playFailure(api, 'failed');

let turn = 0;
setInterval(() => {
  const index = Math.floor(turn / 2);
  if (index < 31) {
    playResource(api, index, turn % 2 ? 'done' : 'working', 'live');
  }
  turn++;
}, 700);

const fakes = createFrontendModule({
  pluginId: 'infra-scaffolder',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({ api: infraApiRef, deps: {}, factory: () => api }),
    }),
    ApiBlueprint.make({
      name: 'fleet',
      params: defineParams =>
        defineParams({ api: fleetApiRef, deps: {}, factory: () => fleet }),
    }),
    ApiBlueprint.make({
      name: 'drift',
      params: defineParams =>
        defineParams({ api: driftApiRef, deps: {}, factory: () => drift }),
    }),
    ApiBlueprint.make({
      name: 'accounts',
      params: defineParams =>
        defineParams({
          api: accountApiRef,
          deps: {},
          factory: () => new FakeAccountApi(),
        }),
    }),
    ApiBlueprint.make({
      name: 'upgrades',
      params: defineParams =>
        defineParams({
          api: upgradeApiRef,
          deps: {},
          factory: () => upgrades,
        }),
    }),
    PageBlueprint.make({
      name: 'form',
      params: {
        path: '/form',
        title: 'Form',
        noHeader: true,
        loader: async () => <FormPreview />,
      },
    }),
  ],
});

const themes = createFrontendModule({
  pluginId: 'app',
  extensions: [
    signInPage,
    ...(['light', 'dark'] as const).map(mode =>
      ThemeBlueprint.make({
        name: mode,
        params: {
          theme: {
            id: mode,
            title: mode,
            variant: mode,
            Provider: ({ children }) => (
              <SlipwayThemeProvider mode={mode}>
                {children}
              </SlipwayThemeProvider>
            ),
          },
        },
      }),
    ),
  ],
});

const app = createApp({ features: [infraScaffolderPlugin, fakes, themes] });
ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
