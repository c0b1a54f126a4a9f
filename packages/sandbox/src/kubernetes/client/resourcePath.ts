import type { KubernetesObject } from '../content/types';

const IRREGULAR: Record<string, string> = {
  NetworkPolicy: 'networkpolicies',
  StorageClass: 'storageclasses',
  APIService: 'apiservices',
};

function plural(kind: string): string {
  return IRREGULAR[kind] ?? `${kind.toLowerCase()}s`;
}

/** The path of the kind of an object, in its namespace if it has one. */
export function collectionOf(object: KubernetesObject): string {
  const { apiVersion, kind, metadata } = object;
  const group = apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
  const namespace = metadata.namespace
    ? `/namespaces/${metadata.namespace}`
    : '';
  return `${group}${namespace}/${plural(kind)}`;
}

/** The path of an object itself. */
export function pathOf(object: KubernetesObject): string {
  return `${collectionOf(object)}/${object.metadata.name}`;
}
