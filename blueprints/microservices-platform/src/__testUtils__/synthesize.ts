import { App, type Stack } from 'aws-cdk-lib';
import type { JsonObject } from '@backstage/types';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { build } from '../cdk';
import { microservicesPlatform } from '../definition';

// cfn-lint checks the templates in a test of its own; CDK's validator would take seconds each time.
process.env.CDK_VALIDATION = 'false';

/** A resource as it stands in a template. */
export interface TemplateResource {
  Type: string;
  Properties: Record<string, any>;
  DependsOn?: string[];
  DeletionPolicy?: string;
  Metadata: Record<string, string>;
}

/** A CloudFormation template. */
export interface Template {
  Resources: Record<string, TemplateResource>;
  Outputs: Record<string, { Value: unknown }>;
}

/** Everything that a parameter can add. */
export const EVERYTHING: JsonObject = {
  dbReadReplicas: 2,
  domainName: 'shop.example.com',
  hostedZoneId: 'Z0123456789ABC',
  alarmEmail: 'sre@example.com',
  apiPublicAccessCidrs: ['203.0.113.0/24'],
  auditTrail: true,
};

/** Defaults, then the size, then `parameters`: what the engine hands to `build`. */
export function inputFor(
  size: string,
  parameters: JsonObject = {},
  overrides: Partial<BlueprintInput> = {},
): BlueprintInput {
  const defaults = Object.fromEntries(
    Object.entries(microservicesPlatform.parameters).map(([name, schema]) => [
      name,
      schema.default,
    ]),
  );
  return {
    stackName: 'slipway-shop-dev',
    accountId: '123456789012',
    region: 'us-east-1',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    environment: {
      id: '0b9f5c2e-4f0e-4d8e-9f3a-2d6d5c1b7a10',
      name: 'shop-dev',
      owner: 'group:default/storefront',
      system: 'system:default/microservices-platform',
      size,
    },
    cidr: '10.0.0.0/16',
    parameters: {
      ...defaults,
      ...microservicesPlatform.sizes[size].parameters,
      ...parameters,
    },
    tags: {
      'slipway:environment': 'shop-dev',
      'slipway:environment-id': '0b9f5c2e-4f0e-4d8e-9f3a-2d6d5c1b7a10',
      'slipway:owner': 'group:default/storefront',
      'slipway:system': 'system:default/microservices-platform',
      'slipway:size': size,
      'slipway:cost-center': 'group:default/storefront',
      'slipway:managed-by': 'slipway',
    },
    ...overrides,
  };
}

/** The stack and its template. */
export function synthesize(input: BlueprintInput): {
  stack: Stack;
  template: Template;
  body: string;
} {
  const app = new App();
  const stack = build(app, input);
  const template = app.synth().getStackByName(input.stackName)
    .template as Template;
  return { stack, template, body: JSON.stringify(template) };
}

/** Resources of one type, in the order of the template. */
export function ofType(template: Template, type: string): TemplateResource[] {
  return Object.values(template.Resources).filter(
    resource => resource.Type === type,
  );
}

/** The only resource of its type. */
export function only(template: Template, type: string): TemplateResource {
  const found = ofType(template, type);
  if (found.length !== 1) {
    throw new Error(`The template has ${found.length} of ${type}, not 1.`);
  }
  return found[0];
}
