import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { ClusterAddress } from '../client/ClusterAddress';
import type { ClusterRole } from '../content/types';

interface Kubeconfig {
  'current-context'?: string;
  clusters?: Array<{ name: string; cluster: Record<string, unknown> }>;
  users?: Array<{ name: string; user: Record<string, unknown> }>;
  contexts?: Array<{
    name: string;
    context: { cluster: string; user: string };
  }>;
}

/** The contexts that are used if a file has them; else its current one is the primary, and there is no standby. */
const ROLES: readonly ClusterRole[] = ['primary', 'standby'];

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A PEM that is given in base64 or as a file beside the kubeconfig. */
function pem(
  entry: Record<string, unknown>,
  name: string,
  dir: string,
): string | undefined {
  const data = text(entry[`${name}-data`]);
  if (data) {
    return Buffer.from(data, 'base64').toString('utf8');
  }
  const file = text(entry[name]);
  return file && readFileSync(path.resolve(dir, file), 'utf8');
}

function addressOf(
  config: Kubeconfig,
  contextName: string,
  dir: string,
): ClusterAddress {
  const context = config.contexts?.find(({ name }) => name === contextName);
  const cluster = config.clusters?.find(
    ({ name }) => name === context?.context.cluster,
  )?.cluster;
  const user = config.users?.find(
    ({ name }) => name === context?.context.user,
  )?.user;
  const url = text(cluster?.server);
  if (!cluster || !user || !url) {
    throw new Error(`its context ${contextName} lacks a cluster or a user`);
  }
  const cert = pem(user, 'client-certificate', dir);
  const key = pem(user, 'client-key', dir);
  const token = text(user.token);
  if (!token && !(cert && key)) {
    throw new Error(
      `the user of its context ${contextName} has neither a token nor a client certificate; other ways to sign in are not known here`,
    );
  }
  return {
    url: url.replace(/\/$/, ''),
    ca: pem(cluster, 'certificate-authority', dir),
    token,
    clientCertificate: cert && key ? { cert, key } : undefined,
  };
}

/** The clusters that a kubeconfig file names; fails in words that follow "the file cannot be used because". */
export function readKubeconfig(
  file: string,
): Partial<Record<ClusterRole, ClusterAddress>> {
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
  const dir = path.dirname(file);
  const named = ROLES.filter(role =>
    config.contexts?.some(({ name }) => name === role),
  );
  if (named.includes('primary')) {
    return Object.fromEntries(
      named.map(role => [role, addressOf(config, role, dir)]),
    );
  }
  const current = config['current-context'];
  if (!current) {
    throw new Error(
      'it has neither a context named primary nor a current context',
    );
  }
  return { primary: addressOf(config, current, dir) };
}
