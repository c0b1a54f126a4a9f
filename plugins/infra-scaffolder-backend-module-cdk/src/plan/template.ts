import type { JsonObject } from '@backstage/types';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';

/** The parts of a CloudFormation template that the engine looks at. */
export interface Template {
  Resources?: Record<string, TemplateResource>;
  [section: string]: unknown;
}

export interface TemplateResource {
  Type: string;
  Properties?: JsonObject;
  Metadata?: { 'aws:cdk:path'?: string };
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** An empty text is an empty template. */
export function parseTemplate(text: string): Template {
  return text === '' ? {} : JSON.parse(text);
}

/**
 * Where each resource stands in the blueprint, by logical id: the construct's path without the stack and without the
 * trailing `Resource` or `Default` that CDK adds.
 */
export function resourcePaths(template: Template): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.Resources ?? {}).map(([logicalId, resource]) => {
      const path = resource.Metadata?.['aws:cdk:path'];
      const inStack = path
        ?.split('/')
        .slice(1)
        .join('/')
        .replace(/\/(Resource|Default)$/, '');
      return [logicalId, inStack || logicalId];
    }),
  );
}

/** Whether a resource outlives its stack. */
export function isKept(template: Template, logicalId: string): boolean {
  const policy = template.Resources?.[logicalId]?.DeletionPolicy;
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

/** What a template describes, in its order. */
export function describedResources(template: Template): DescribedResource[] {
  const paths = resourcePaths(template);
  return Object.entries(template.Resources ?? {}).map(
    ([logicalId, { Type, Properties = {} }]) => ({
      logicalId,
      type: Type,
      path: paths[logicalId],
      properties: Properties,
    }),
  );
}

/** How many resources a stack of this template has when it is complete. */
export function countResources(template: Template): number {
  return Object.keys(template.Resources ?? {}).length;
}
