import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { CostEstimate } from '@slipway/plugin-infra-scaffolder-common';
import { Sandbox } from '@slipway/sandbox';
import { missingSandbox } from '../SandboxStacks';
import { planOf } from '../planOf';
import { inputFor, type Subject, synthesize } from '../subject';
import { countsOfPlan, countsOfTemplate } from '../terraform/counts';
import { outputsOf } from '../terraform/hcl';
import { missingTerraform, Terraform } from '../terraform/Terraform';
import { variableName, variablesFile } from '../terraform/variablesFile';
import { startEstimator } from './estimate';
import { startChecker, unreasoned } from './starterRules';
import { variablesFor } from './variablesFor';

/** Set to write what is generated instead of comparing it. */
const WRITES = process.env.SLIPWAY_WRITE === '1';

/** What a generated file says now; with SLIPWAY_WRITE=1 it is written first. */
export function committed(file: string, text: string): string {
  if (WRITES) writeFileSync(file, text);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The root module takes the blueprint's parameters, gives its outputs, and plans what the CDK's template has. @public */
export function describeTerraform(subject: Subject, root: string): void {
  describe('the root module', () => {
    it('takes the parameters with their allowed values', () => {
      const wanted = variablesFile(subject.blueprint);
      expect(committed(path.join(root, 'variables.tf'), wanted)).toBe(wanted);
    });

    it('gives the outputs of the blueprint', () => {
      expect(
        outputsOf(root)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(subject.blueprint.outputs.map(({ key }) => key).sort());
    });

    const describeWhereItRuns =
      missingTerraform || missingSandbox ? describe.skip : describe;
    describeWhereItRuns('planned', () => describePlans(subject, root));
  });
}

/** What each line is and comes to, whatever the engine calls the resource. */
function linesOf({ lines }: CostEstimate): string[] {
  return lines
    .map(({ type, title, monthlyUsd }) => `${type}: ${title}, ${monthlyUsd}`)
    .sort();
}

function describePlans(subject: Subject, root: string): void {
  jest.setTimeout(240_000);
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  let sandbox: Sandbox | undefined;
  let terraform: Terraform | undefined;
  const dir = mkdtempSync(path.join(tmpdir(), 'slipway-plans-'));
  const sizes = Object.keys(subject.blueprint.sizes);

  beforeAll(async () => {
    sandbox = Sandbox.create({ parts: ['aws'], dir, ports: { aws: 0 } });
    await sandbox.start();
    terraform = await Terraform.open(root, sandbox.awsUrl!);
  });

  afterAll(async () => {
    terraform?.close();
    await sandbox?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('refuses what the form refuses, in its words', async () => {
    const { blueprint } = subject;
    const [rule] = blueprint.rules;
    const variables = {
      ...variablesFor(subject, blueprint.defaultSize),
      log_retention_days: 8,
      [variableName(rule.left)]: blueprint.parameters[rule.left].maximum!,
      [variableName(rule.right)]: blueprint.parameters[rule.right].minimum!,
    };
    const refusal = await terraform!.plan(variables).catch(String);
    expect(refusal).toContain(rule.message);
    expect(refusal).toContain(blueprint.parameters.logRetentionDays.message);
  });

  it.each([
    ...sizes.map(size => ({ size, with: 'as it is', parameters: {} })),
    {
      size: subject.production,
      with: 'with everything',
      parameters: subject.everything,
    },
  ])('makes in size $size, $with, what the CDK makes', async each => {
    const { size, parameters } = each;
    const { resources, outputs } = await terraform!.plan(
      variablesFor(subject, size, parameters),
    );
    const { template } = synthesize(
      subject,
      inputFor(subject, size, parameters),
    );
    expect(countsOfPlan(resources)).toEqual(countsOfTemplate(template));
    expect(outputs.sort()).toEqual(
      subject.blueprint.outputs.map(({ key }) => key).sort(),
    );
  });

  it('costs what the CDK’s costs', async () => {
    const { blueprint, production, everything } = subject;
    const estimator = await startEstimator(await databases.init('POSTGRES_18'));
    for (const [size, parameters] of [
      [blueprint.defaultSize, {}],
      [production, {}],
      [production, everything],
    ] as const) {
      const plan = planOf(subject, size, parameters);
      const after = await terraform!.describe(
        variablesFor(subject, size, parameters),
      );
      const ofCdk = await estimator.estimate(plan);
      const ofTerraform = await estimator.estimate({
        ...plan,
        resources: { before: [], after },
      });
      expect(ofTerraform.unpriced).toEqual(ofCdk.unpriced);
      expect(linesOf(ofTerraform)).toEqual(linesOf(ofCdk));
      expect(ofTerraform.monthlyUsd).toBe(ofCdk.monthlyUsd);
    }
  });

  it('is let through by the starter rules as the CDK is', async () => {
    const { production, everything } = subject;
    const checker = await startChecker();
    const plan = planOf(subject, production, everything);
    const after = await terraform!.describe(
      variablesFor(subject, production, everything),
    );
    const findings = await checker.check({
      ...plan,
      environment: { ...plan.environment, engine: 'terraform' },
      resources: { before: [], after },
    });
    expect(unreasoned(findings)).toEqual([]);

    const spoilt = after.map(resource =>
      resource.type === 'AWS::S3::Bucket'
        ? { ...resource, properties: {} }
        : resource,
    );
    const said = await checker.check({
      ...plan,
      resources: { before: [], after: spoilt },
    });
    expect(said.map(({ rule }) => rule)).toContain('encryption-at-rest');
  });
}
