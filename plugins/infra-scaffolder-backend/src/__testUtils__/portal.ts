import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type BackendFeature,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { awsAccessServiceRef, type AwsAccess } from '@slipway/plugin-aws-node';
import type {
  EnvironmentRequest,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  infraBlueprintsExtensionPoint,
  infraEnginesExtensionPoint,
  infraReviewExtensionPoint,
  type CostEstimator,
  type PolicyChecker,
} from '@slipway/plugin-infra-scaffolder-node';
import type { Run } from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import request from 'supertest';
import infraScaffolder from '..';
import { blueprint } from './blueprint';
import { factsOf } from './factsOf';
import { fakeEngine, type FakeWorld } from './FakeEngine';
import { testPermissions } from './policy';

const BASE = '/api/infra-scaffolder';
const TARGETS = [
  {
    accountId: '123456789012',
    name: 'sandbox',
    regions: ['us-east-1', 'us-west-2'],
    sizes: [],
  },
  {
    accountId: '210987654321',
    name: 'small things',
    regions: ['us-east-1'],
    sizes: ['dev'],
    quotas: { environments: 3, environmentsPerOwner: 2, monthlyUsd: '1000' },
  },
];

function entity(kind: string, name: string, spec: object) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: { ...spec },
  };
}

/** The name of an environment that a component depends on, as the catalog says. */
export const DEPENDED_ON = 'needed';

const catalog = catalogServiceMock.factory({
  entities: [
    ...['storefront', 'payments', 'reliability', 'finops'].map(name =>
      entity('Group', name, { type: 'team', children: [] }),
    ),
    entity('User', 'maya', { memberOf: ['storefront'] }),
    entity('System', 'shop', { owner: 'group:default/storefront' }),
    entity('Resource', 'shop-cache', { type: 'cache' }),
    {
      ...entity('Component', 'checkout', { type: 'service' }),
      relations: [
        { type: 'dependsOn', targetRef: `resource:default/${DEPENDED_ON}` },
      ],
    },
  ],
});

const aws: ServiceFactory = createServiceFactory({
  service: awsAccessServiceRef,
  deps: {},
  factory: (): AwsAccess => ({
    targets: () => TARGETS,
    target: id => TARGETS.find(({ accountId }) => accountId === id)!,
    clientConfig: async () => {
      throw new Error('Nothing here calls AWS');
    },
  }),
});

/** Who has a word on each plan. */
export interface Reviewers {
  checker?: PolicyChecker;
  estimator?: CostEstimator;
}

function engineModule(world: FakeWorld, { checker, estimator }: Reviewers) {
  return createBackendModule({
    pluginId: 'infra-scaffolder',
    moduleId: 'fake',
    register(env) {
      env.registerInit({
        deps: {
          engines: infraEnginesExtensionPoint,
          blueprints: infraBlueprintsExtensionPoint,
          reviews: infraReviewExtensionPoint,
        },
        async init({ engines, blueprints, reviews }) {
          if (checker) {
            reviews.setPolicyChecker(checker);
          }
          if (estimator) {
            reviews.setCostEstimator(estimator);
          }
          if (world.isEngine) {
            engines.addEngine(fakeEngine(world));
          }
          world.blueprints.forEach(each =>
            blueprints.addBlueprint({ manifests: factsOf, ...each }),
          );
        },
      });
    },
  });
}

export const MAYA = 'user:default/maya';
export const TOM = 'user:default/tom';
export const SAM = 'user:default/sam';
export const FIONA = 'user:default/fiona';
export const ADA = 'user:default/ada';
export const OLU = 'user:default/olu';

/** Where approvals are not what is tested, nothing awaits any. */
const WITHOUT_APPROVALS = {
  production: false,
  destroy: 'never',
  monthlyAboveUsd: false,
  replacedDatabase: false,
};

export function environmentRequest(
  overrides: Partial<EnvironmentRequest> = {},
): EnvironmentRequest {
  return {
    blueprint: { id: blueprint.id, version: blueprint.version },
    name: 'shop-dev',
    owner: 'group:default/storefront',
    system: 'system:default/shop',
    accountId: '123456789012',
    region: 'us-east-1',
    size: 'dev',
    cidr: '10.0.0.0/16',
    engine: 'cdk',
    parameters: {},
    ...overrides,
  };
}

/** A back end over a database and a world that may be older than it. */
export async function startPortal(options: {
  knex: Knex;
  world: FakeWorld;
  /** Of `infraScaffolder`. */
  config?: object;
  reviewers?: Reviewers;
  /** Beside `infraScaffolder`. */
  rootConfig?: object;
  /** Take the place of the mocks of the same services. */
  features?: BackendFeature[];
  /** An AWS that answers. */
  aws?: ServiceFactory;
}) {
  const notifications: NotificationSendOptions[] = [];
  const events = mockServices.events();
  const auditor = mockServices.auditor.mock();
  const scheduler = mockServices.scheduler();
  const audited: Array<{ eventId: string; outcome: string }> = [];
  auditor.createEvent.mockImplementation(async ({ eventId }) => ({
    success: async () => {
      audited.push({ eventId, outcome: 'succeeded' });
    },
    fail: async () => {
      audited.push({ eventId, outcome: 'failed' });
    },
  }));

  const backend = await startTestBackend({
    features: [
      infraScaffolder,
      engineModule(options.world, options.reviewers ?? {}),
      mockServices.rootConfig.factory({
        data: {
          ...options.rootConfig,
          infraScaffolder: {
            approvals: WITHOUT_APPROVALS,
            ...options.config,
          },
        },
      }),
      mockServices.database.factory({ knex: options.knex }),
      auditor.factory,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      catalog,
      options.aws ?? aws,
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => testPermissions,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async sent => {
            notifications.push(sent);
          },
        }),
      }),
      mockServices.events.factory(),
      ...(options.features ?? []),
    ],
  });
  const agent = request(backend.server);

  function as(person: string) {
    const call = (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
      agent[method](`${BASE}${path}`).set(
        'Authorization',
        person.startsWith('user:')
          ? mockCredentials.user.header(person)
          : mockCredentials.service.header({
              onBehalfOf: mockCredentials.service(person),
              targetPluginId: 'infra-scaffolder',
            }),
      );
    return {
      get: (path: string) => call('get', path),
      post: (path: string, body?: unknown) =>
        call('post', path).send(body as object),
      put: (path: string, body?: unknown) =>
        call('put', path).send(body as object),
      delete: (path: string) => call('delete', path),
    };
  }

  async function until<T>(
    what: string,
    look: () => Promise<T | undefined | false>,
  ): Promise<T> {
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline) {
      const seen = await look();
      if (seen) {
        return seen;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error(`Waited in vain until ${what}`);
  }

  const portal = {
    /** For paths beside this plugin's own. */
    agent,
    as,
    until,
    audited,
    notifications,
    events,
    /** Runs a task now that is else run on schedule. */
    trigger: (task: string) => scheduler.triggerTask(task),
    stop: () => backend.stop(),

    async create(
      overrides: Partial<EnvironmentRequest> = {},
      person = MAYA,
    ): Promise<{ environment: Environment; runId: string }> {
      const body = environmentRequest(overrides);
      const response = await as(person)
        .post('/environments', body)
        .set('Idempotency-Key', `key-${body.name}-${Date.now()}`)
        .expect(201);
      return response.body;
    },

    async environment(nameOrId: string, person = SAM): Promise<Environment> {
      return (await as(person).get(`/environments/${nameOrId}`).expect(200))
        .body;
    },

    async run(runId: string): Promise<Run> {
      return (await as(SAM).get(`/runs/${runId}`).expect(200)).body.run;
    },

    async runIs(runId: string, ...states: Run['state'][]): Promise<Run> {
      let last: Run | undefined;
      return until(`run ${runId} is ${states}`, async () => {
        last = await portal.run(runId);
        return states.includes(last.state) && last;
      }).catch(error => {
        throw new Error(`${error.message}; it is ${JSON.stringify(last)}`);
      });
    },

    async confirm(runId: string, person = MAYA): Promise<void> {
      await portal.runIs(runId, 'waiting');
      const { plan } = (await as(person).get(`/runs/${runId}/plan`)).body;
      await as(person)
        .post(`/runs/${runId}/confirm`, { planHash: plan.hash })
        .expect(204);
    },

    async ready(overrides: Partial<EnvironmentRequest> = {}, person = MAYA) {
      const created = await portal.create(overrides, person);
      await portal.confirm(created.runId, person);
      await portal.runIs(created.runId, 'succeeded');
      return portal.environment(created.environment.id);
    },
  };
  return portal;
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;
