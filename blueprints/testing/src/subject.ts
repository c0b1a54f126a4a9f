import type { JsonObject } from '@backstage/types';
import {
  type Blueprint,
  completeParameters,
} from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { App, type Stack } from 'aws-cdk-lib';

// cfn-lint and cdk-nag check the templates in tests of their own; CDK's validator would take seconds each time.
process.env.CDK_VALIDATION = 'false';

/** A blueprint under test. @public */
export interface Subject {
  blueprint: Blueprint;
  build(app: App, input: BlueprintInput): Stack;
  /** The size of production. */
  production: string;
  /** What switches on, in the size of production, everything that a parameter can add. */
  everything: JsonObject;
  /** What a size cannot be built without, because only a person knows it. */
  required?: Record<string, JsonObject>;
}

/** A resource as it stands in a template. @public */
export interface TemplateResource {
  Type: string;
  Properties: Record<string, any>;
  DependsOn?: string[];
  DeletionPolicy?: string;
  Metadata: Record<string, string>;
}

/** A CloudFormation template. @public */
export interface Template {
  Resources: Record<string, TemplateResource>;
  Outputs: Record<string, { Value: unknown }>;
}

/** @public */
export interface Synthesis {
  stack: Stack;
  template: Template;
  body: string;
}

/** What the engine hands to `build`: defaults, the size over them, `parameters` over both. @public */
export function inputFor(
  { blueprint, required }: Subject,
  size: string,
  parameters: JsonObject = {},
  overrides: Partial<BlueprintInput> = {},
): BlueprintInput {
  const system = `system:default/${blueprint.id}`;
  const region = overrides.region ?? 'us-east-1';
  return {
    stackName: 'slipway-shop-dev',
    accountId: '123456789012',
    region,
    availabilityZones: [`${region}a`, `${region}b`, `${region}c`],
    environment: {
      id: '0b9f5c2e-4f0e-4d8e-9f3a-2d6d5c1b7a10',
      name: 'shop-dev',
      owner: 'group:default/storefront',
      system,
      size,
    },
    cidr: '10.0.0.0/16',
    parameters: completeParameters(blueprint, size, {
      ...required?.[size],
      ...parameters,
    }),
    tags: {
      'slipway:environment': 'shop-dev',
      'slipway:environment-id': '0b9f5c2e-4f0e-4d8e-9f3a-2d6d5c1b7a10',
      'slipway:owner': 'group:default/storefront',
      'slipway:system': system,
      'slipway:size': size,
      'slipway:cost-center': 'group:default/storefront',
      'slipway:managed-by': 'slipway',
    },
    ...overrides,
  };
}

/** The stack and its template. @public */
export function synthesize(
  { build }: Pick<Subject, 'build'>,
  input: BlueprintInput,
): Synthesis {
  const app = new App();
  const stack = build(app, input);
  const template = app.synth().getStackByName(input.stackName)
    .template as Template;
  return { stack, template, body: JSON.stringify(template) };
}

/** Resources of one type, in the order of the template. @public */
export function ofType(template: Template, type: string): TemplateResource[] {
  return Object.values(template.Resources).filter(
    resource => resource.Type === type,
  );
}

/** The only resource of its type. @public */
export function only(template: Template, type: string): TemplateResource {
  const found = ofType(template, type);
  if (found.length !== 1) {
    throw new Error(`The template has ${found.length} of ${type}, not 1.`);
  }
  return found[0];
}
