import { EMPTY_ON_DESTROY_TAG } from '@slipway/plugin-infra-scaffolder-common';
import type { StackResource } from '../aws/types';
import { isKept, type Template } from './template';

/** A bucket of a stack that goes when the stack goes. */
export interface StackBucket {
  logicalId: string;
  name: string;
  /** The blueprint lets the engine empty it. */
  mayBeEmptied: boolean;
}

/**
 * Of a bucket whose creation failed, CloudFormation may tell the name all the same: that of somebody else's bucket, which
 * had it first. One that is still being created holds nothing yet.
 */
const NOT_ITS_OWN = ['CREATE_IN_PROGRESS', 'CREATE_FAILED', 'DELETE_COMPLETE'];

/** The buckets that a destroy deletes. */
export function bucketsToDelete(
  resources: StackResource[],
  template: Template,
): StackBucket[] {
  return resources.flatMap(({ logicalId, type, physicalId, status }) =>
    type === 'AWS::S3::Bucket' &&
    physicalId &&
    !NOT_ITS_OWN.includes(status) &&
    !isKept(template, logicalId)
      ? [
          {
            logicalId,
            name: physicalId,
            mayBeEmptied: mayBeEmptied(template, logicalId),
          },
        ]
      : [],
  );
}

/** Whether the blueprint has marked a bucket for it. */
export function mayBeEmptied(template: Template, logicalId: string): boolean {
  const tags = template.Resources?.[logicalId]?.Properties?.Tags;
  return (
    Array.isArray(tags) &&
    tags.some(
      tag =>
        JSON.stringify(tag) ===
        JSON.stringify({ Key: EMPTY_ON_DESTROY_TAG, Value: 'true' }),
    )
  );
}
