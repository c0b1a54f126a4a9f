import {
  INFRA_EVENT_CODES,
  type EnvironmentResource,
} from '@slipway/plugin-infra-scaffolder-common';
import type { JsonObject } from '@backstage/types';
import type {
  BlueprintRegistration,
  DescribedResource,
  DriftedResource,
  InfraEngine,
} from '@slipway/plugin-infra-scaffolder-node';
import { StepFailedError } from '@slipway/plugin-runs-node';
import { blueprint } from './blueprint';

const LOGICAL_IDS = ['Network', 'Database'];

function described(properties: JsonObject): DescribedResource[] {
  return LOGICAL_IDS.map(logicalId => ({
    logicalId,
    type: 'AWS::Fake::Thing',
    path: logicalId.toLowerCase(),
    properties,
  }));
}

/** What stands in for AWS: it outlives back ends. */
export class FakeWorld {
  readonly stacks = new Map<string, { template: string; tokens: string[] }>();
  /** Applies wait until it resolves. */
  gate: Promise<void> = Promise.resolve();
  #open: () => void = () => {};
  /** Thrown once by the next plan, apply or check of drift. */
  failNext: { plan?: Error; apply?: Error; drift?: Error } = {};
  /** Runs whose plan lies in AWS, as a change set does. */
  readonly changeSets = new Set<string>();
  applies = 0;
  isAvailable = true;
  /** By environment: what somebody did to it outside the portal; a change or revert of the environment undoes it. */
  readonly drift = new Map<string, DriftedResource[]>();
  /** Detections wait until it resolves. */
  detection: Promise<unknown> = Promise.resolve();
  detections = 0;
  /** Whether it is the engine `cdk`; not where the real one is. */
  isEngine = true;
  /** What the portal offers. */
  blueprints: BlueprintRegistration[] = [{ blueprint }];

  close(): void {
    this.gate = new Promise(resolve => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }
}

export function failure(message: string): StepFailedError {
  return new StepFailedError({
    code: 'aws.refused',
    message,
    mend: 'Raise the quota.',
  });
}

function resource(logicalId: string, status: 'done' | 'deleted') {
  return {
    logicalId,
    type: 'AWS::Fake::Thing',
    path: logicalId.toLowerCase(),
    physicalId: `fake-${logicalId}`,
    status,
    awsStatus: status === 'done' ? 'CREATE_COMPLETE' : 'DELETE_COMPLETE',
    updatedAt: new Date().toISOString(),
  } satisfies EnvironmentResource;
}

/** An engine whose AWS is a {@link FakeWorld}; it journals as a real one must. */
export function fakeEngine(world: FakeWorld): InfraEngine {
  const takeFailure = (phase: 'plan' | 'apply' | 'drift') => {
    const error = world.failNext[phase];
    delete world.failNext[phase];
    if (error) {
      throw error;
    }
  };
  return {
    id: 'cdk',
    title: 'Fake CDK',
    async availability() {
      return {
        id: 'cdk',
        title: 'Fake CDK',
        available: world.isAvailable,
        ...(!world.isAvailable && { reason: 'its worker does not start' }),
      };
    },
    async plan(ctx, { environment, operation, parameters, revertDrift }) {
      if (operation === 'update') {
        world.changeSets.add(ctx.run.id);
      }
      takeFailure('plan');
      const exists = world.stacks.has(environment.name);
      return {
        changes: LOGICAL_IDS.map(logicalId => ({
          logicalId,
          type: 'AWS::Fake::Thing',
          path: logicalId.toLowerCase(),
          action: (
            { create: 'create', update: 'update', destroy: 'delete' } as const
          )[operation],
          attributes: [],
        })),
        resources: {
          before: exists ? described(parameters) : [],
          after: operation === 'destroy' ? [] : described(parameters),
        },
        warnings: operation === 'destroy' ? ['The database is deleted.'] : [],
        artifact: {
          body: JSON.stringify({ cidr: environment.cidr, parameters }),
          meta: {
            stack: environment.name,
            ...(revertDrift && { revertDrift }),
          },
        },
        basis: { exists },
      };
    },
    async apply(ctx, { environment, operation, artifact }) {
      await ctx.call({
        name: 'ApplyStack',
        facts: { stack: environment.name },
        guard: { type: 'token' },
        execute: async token => {
          world.applies += 1;
          const stack = world.stacks.get(environment.name);
          if (!stack?.tokens.includes(token)) {
            world.stacks.set(environment.name, {
              template: artifact.body,
              tokens: [...(stack?.tokens ?? []), token],
            });
          }
          return true;
        },
      });
      await Promise.race([
        world.gate,
        new Promise((_resolve, reject) => {
          ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason));
        }),
      ]);
      takeFailure('apply');
      world.drift.delete(environment.name);
      world.changeSets.delete(ctx.run.id);
      for (const [index, logicalId] of LOGICAL_IDS.entries()) {
        const status = operation === 'destroy' ? 'deleted' : 'done';
        await ctx.emit({
          code: INFRA_EVENT_CODES.resource,
          message: `${logicalId} ${status}`,
          data: resource(logicalId, status),
        });
        await ctx.progress({
          done: index + 1,
          total: LOGICAL_IDS.length,
          unit: 'resources',
        });
      }
      const outputs: Record<string, string> = {};
      if (operation === 'destroy') {
        world.stacks.delete(environment.name);
        return { outputs, engineState: {} };
      }
      outputs.Endpoint = `${environment.name}.example.test`;
      outputs.NotInTheBlueprint = 'x';
      return {
        outputs,
        engineState: { stackName: `slipway-${environment.name}` },
      };
    },
    async cancel(_ctx, { environment, operation }) {
      if (operation !== 'update') {
        world.stacks.delete(environment.name);
        return { leftInAws: false, sentence: 'Everything was deleted again.' };
      }
      return { leftInAws: true, sentence: 'The change was rolled back.' };
    },
    async discard(ctx) {
      world.changeSets.delete(ctx.run.id);
    },
    async detectDrift(environment, signal) {
      world.detections += 1;
      await Promise.race([
        world.detection,
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      ]);
      takeFailure('drift');
      return world.drift.get(environment.name) ?? [];
    },
    async preview({ blueprint: { blueprint: asked }, parameters }) {
      return {
        changes: asked.parameters.cacheNodes
          ? [
              {
                logicalId: 'Cache',
                type: 'AWS::Fake::Thing',
                path: 'cache',
                action: 'create' as const,
                attributes: [
                  { path: 'nodes', after: parameters.cacheNodes ?? null },
                ],
              },
            ]
          : [],
        warnings: [],
      };
    },
    async describe({ parameters }) {
      return described(parameters);
    },
    async listResources(environment) {
      return world.stacks.has(environment.name)
        ? LOGICAL_IDS.map(logicalId => resource(logicalId, 'done'))
        : [];
    },
  };
}
