import { createHash } from 'node:crypto';
import { OWNER_LABEL } from '../content/manifests';
import type { KubernetesObject } from '../content/types';
import type { KubernetesClient } from './KubernetesClient';

/** What an object was last written from; tells whether the clone's content has changed since. */
const CONTENT_ANNOTATION = 'slipway.dev/content';

function hashOf(object: KubernetesObject): string {
  return createHash('sha256')
    .update(JSON.stringify(object))
    .digest('hex')
    .slice(0, 16);
}

function marked(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: {
        ...object.metadata.annotations,
        [CONTENT_ANNOTATION]: hashOf(object),
      },
    },
  };
}

/** Numbers of replicas belong to whoever scaled since: an autoscaler, a failover, a person. */
function withReplicasOf(
  object: KubernetesObject,
  present: KubernetesObject,
): KubernetesObject {
  if (!['Deployment', 'StatefulSet'].includes(object.kind)) {
    return object;
  }
  const { replicas } = present.spec as { replicas?: number };
  return { ...object, spec: { ...(object.spec as object), replicas } };
}

function isOurs({ metadata }: KubernetesObject): boolean {
  return Object.entries(OWNER_LABEL).every(
    ([name, value]) => metadata.labels?.[name] === value,
  );
}

/**
 * Brings objects into a cluster: those that are missing, and those whose content in the clone has changed. What people
 * and controllers changed in the cluster meanwhile stays, numbers of replicas above all; so does an object of somebody
 * else that has the same name.
 */
export async function applyContent(
  client: KubernetesClient,
  objects: KubernetesObject[],
): Promise<void> {
  for (const object of objects) {
    const present = await client.read(object);
    const wanted = marked(object);
    if (!present) {
      await client.apply(wanted);
    } else if (
      isOurs(present) &&
      present.metadata.annotations?.[CONTENT_ANNOTATION] !==
        wanted.metadata.annotations![CONTENT_ANNOTATION] &&
      object.kind !== 'Job'
    ) {
      await client.apply(withReplicasOf(wanted, present));
    }
  }
}
