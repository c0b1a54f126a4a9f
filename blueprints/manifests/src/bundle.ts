import type { JsonObject } from '@backstage/types';
import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import { stringify } from 'yaml';

/** Long texts (ARNs) stay on one line; what kubectl, which reads YAML 1.1, would take for true or false is quoted. */
const YAML_OPTIONS = { lineWidth: 0, compat: 'yaml-1.1' as const };

const APPLY = 'kubectl apply --server-side -f';

/** A Kubernetes object. */
export interface KubernetesObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: JsonObject;
}

/** Objects in one file. */
export function manifest(
  path: string,
  about: string,
  objects: KubernetesObject[],
): ManifestFile {
  return {
    path,
    about,
    kind: 'manifest',
    content: objects
      .map(object => stringify(object, YAML_OPTIONS))
      .join('---\n'),
    command: `${APPLY} ${path}`,
  };
}

/** A chart that others keep. */
export interface Chart {
  /** Of the release. */
  name: string;
  chart: string;
  /** Of charts in a repository, or `oci://…` within `chart`. */
  repository?: string;
  namespace: string;
}

/** Values of a chart. */
export function helmValues(
  path: string,
  about: string,
  { name, chart, repository, namespace }: Chart,
  values: JsonObject,
): ManifestFile {
  return {
    path,
    about,
    kind: 'values',
    content: stringify(values, YAML_OPTIONS),
    command: [
      `helm upgrade --install ${name} ${chart}`,
      ...(repository ? [`--repo ${repository}`] : []),
      `--namespace ${namespace} --values ${path} --wait`,
    ].join(' '),
  };
}
