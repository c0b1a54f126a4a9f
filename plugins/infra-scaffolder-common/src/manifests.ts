/** A file that is applied to the cluster of an environment. @public */
export interface ManifestFile {
  /** Within the folder of them all; they are applied in this order. */
  path: string;
  /** What it is for, and what a person does first. */
  about: string;
  /** Objects of Kubernetes, or values of a Helm chart. */
  kind: 'manifest' | 'values';
  /** YAML. */
  content: string;
  /** Applies it, where the folder is. */
  command: string;
}

/** What is applied to the cluster of an environment. @public */
export interface EnvironmentManifests {
  files: ManifestFile[];
  /** Why there are none. */
  reason?: string;
}
