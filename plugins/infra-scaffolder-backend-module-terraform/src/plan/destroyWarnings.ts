import { EMPTY_ON_DESTROY_TAG } from '@slipway/plugin-infra-scaffolder-common';
import { Buckets } from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import { protectedDatabases } from '../apply/allowDeletions';
import { isObject } from '../describe/properties';
import type { StateResource, TerraformState } from '../state/terraformState';
import type { EngineWorld } from '../world';

/** What of a destroy a list of resources does not tell. */
export async function destroyWarnings(
  ctx: StepContext,
  world: EngineWorld,
  state: TerraformState | undefined,
): Promise<string[]> {
  const locked = await protectedDatabases(world, state, ctx.signal);
  return [
    ...locked.map(
      ({ id }) =>
        `The database ${id} is protected from deletion; the protection is switched off first.`,
    ),
    ...(await bucketWarnings(ctx, world, state)),
    ...snapshotWarnings(state),
  ];
}

async function bucketWarnings(
  ctx: StepContext,
  { clientConfig, environment }: EngineWorld,
  state: TerraformState | undefined,
): Promise<string[]> {
  const buckets = Buckets.create(clientConfig, environment.accountId);
  const warnings: string[] = [];
  for (const resource of state?.resources ?? []) {
    const { bucket } = resource.attributes;
    if (resource.type !== 'aws_s3_bucket' || typeof bucket !== 'string') {
      continue;
    }
    const { objects, isMore } = await buckets.content(bucket, ctx.signal);
    if (objects > 0) {
      const holds = `The bucket ${bucket} holds ${
        isMore ? 'more than 1,000 objects' : counted(objects)
      }, old versions counted`;
      warnings.push(
        mayBeEmptied(resource)
          ? `${holds}; they are deleted with it.`
          : `${holds}, and the blueprint does not let them be deleted: the destroy stops there unless you empty it first.`,
      );
    }
  }
  return warnings;
}

/** A module sets both: the provider empties the bucket, the tag says so to everybody else. */
function mayBeEmptied({ attributes }: StateResource): boolean {
  const { force_destroy: force, tags_all: tags } = attributes;
  return (
    force === true || (isObject(tags) && tags[EMPTY_ON_DESTROY_TAG] === 'true')
  );
}

function counted(objects: number): string {
  return objects === 1
    ? '1 object'
    : `${objects.toLocaleString('en-US')} objects`;
}

function snapshotWarnings(state: TerraformState | undefined): string[] {
  return (state?.resources ?? []).flatMap(({ attributes }) =>
    attributes.skip_final_snapshot === false &&
    typeof attributes.final_snapshot_identifier === 'string'
      ? [
          `The database ${
            attributes.identifier ?? attributes.cluster_identifier
          } is deleted; a final snapshot of it is kept.`,
        ]
      : [],
  );
}
