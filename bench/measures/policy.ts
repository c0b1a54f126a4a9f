import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '@backstage/types';
import {
  type Blueprint,
  completeParameters,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  BlueprintInput,
  DescribedResource,
} from '@slipway/plugin-infra-scaffolder-node';
import { milliseconds, quantile } from '../statistics';
import type { Measure } from '../types';
import { ROOT_DIR, SOURCE_TRANSFORM } from '../world/ChildProgram';

const TARGET_MILLISECONDS = 100;
const RESOURCES = 500;
/** Together they make more than {@link RESOURCES}. */
const BLUEPRINTS = [
  'records-service',
  'enterprise-platform',
  'cloud-native',
  'high-workload',
];

interface BlueprintPackage {
  [name: string]: unknown;
}

function blueprintIn(exported: BlueprintPackage): Blueprint {
  return Object.values(exported).find(
    (value): value is Blueprint =>
      typeof value === 'object' && value !== null && 'sizes' in value,
  )!;
}

function inputOf(blueprint: Blueprint): BlueprintInput {
  const owner = 'group:default/storefront';
  const system = `system:default/${blueprint.id}`;
  return {
    stackName: 'slipway-bench',
    accountId: '123456789012',
    region: 'us-east-1',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    environment: { id: 'bench', name: 'bench', owner, system, size: 'prod' },
    cidr: '10.0.0.0/16',
    parameters: completeParameters(blueprint, 'prod', {}),
    tags: {
      'slipway:environment': 'bench',
      'slipway:owner': owner,
      'slipway:system': system,
      'slipway:cost-center': owner,
    },
  };
}

/** What the blueprint makes in production. */
function resourcesOf(name: string): DescribedResource[] {
  // Not `import()`: it does not find the names that a transformed module exports.
  const cdk: typeof import('aws-cdk-lib') = require('aws-cdk-lib');
  const { build } = require(`@slipway/blueprint-${name}/cdk`) as {
    build: (app: unknown, input: BlueprintInput) => unknown;
  };
  const blueprint = blueprintIn(require(`@slipway/blueprint-${name}`));
  const app = new cdk.App();
  const input = inputOf(blueprint);
  build(app, input);
  const { Resources } = app.synth().getStackByName(input.stackName)
    .template as {
    Resources: Record<string, { Type: string; Properties?: JsonObject }>;
  };
  return Object.entries(Resources).map(([logicalId, resource]) => ({
    logicalId: `${name}${logicalId}`,
    type: resource.Type,
    path: `${name}/${logicalId}`,
    properties: resource.Properties ?? {},
  }));
}

function planOf(after: DescribedResource[]) {
  const at = '2026-11-25T09:00:00.000Z';
  return {
    operation: 'create',
    parameters: {},
    changes: [],
    resources: { before: [], after },
    environment: {
      id: 'bench',
      name: 'bench',
      owner: 'group:default/storefront',
      system: 'system:default/bench',
      accountId: '123456789012',
      region: 'us-east-1',
      size: 'prod',
      cidr: '10.0.0.0/16',
      engine: 'cdk',
      blueprint: { id: 'bench', version: '1.0.0' },
      parameters: {},
      status: 'planning',
      createdBy: 'user:default/maya',
      createdAt: at,
      updatedAt: at,
      outputs: [],
      engineState: {},
    },
  };
}

/** What the rules that come with the portal take over a plan of real resources, from the first plan after a start on. */
export const policy: Measure = {
  name: 'policy',
  title: `policies over a plan of ${RESOURCES} resources`,
  async run() {
    const after = BLUEPRINTS.flatMap(resourcesOf).slice(0, RESOURCES);
    const folder = mkdtempSync(path.join(tmpdir(), 'slipway-bench-policy-'));
    const file = path.join(folder, 'plan.json');
    writeFileSync(file, JSON.stringify(planOf(after)));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--require',
      SOURCE_TRANSFORM,
      path.join(
        ROOT_DIR,
        'plugins/infra-scaffolder-backend-module-policy/bench/judgePlan.ts',
      ),
      file,
    ]).finally(() => rmSync(folder, { recursive: true }));
    const { startMs, firstMs, timesMs, cpuMs } = JSON.parse(stdout) as {
      startMs: number;
      firstMs: number;
      timesMs: number[];
      cpuMs: number[];
    };
    const p95 = quantile(timesMs, 0.95);
    const worst = Math.max(p95, firstMs);
    return [
      {
        measure: `policies over a plan of ${after.length} resources, first plan and p95`,
        figure: milliseconds(worst),
        target: `≤${TARGET_MILLISECONDS} ms`,
        met: worst <= TARGET_MILLISECONDS,
        details: [
          `first plan after the start ${milliseconds(firstMs)}; of ${
            timesMs.length
          } p50 ${milliseconds(quantile(timesMs, 0.5))}, p95 ${milliseconds(
            p95,
          )}, max ${milliseconds(
            Math.max(...timesMs),
          )}; time of the processor, first ${milliseconds(
            cpuMs[0],
          )}, p50 ${milliseconds(
            quantile(cpuMs, 0.5),
          )}; reading the rules and warming up at the start ${milliseconds(
            startMs,
          )}`,
        ],
      },
    ];
  },
};
