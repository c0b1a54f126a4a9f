import type { Environment, EnvironmentResource } from '../types';

/** One thing to copy or open. @public */
export interface ConnectItem {
  /** Same within one environment. */
  id: string;
  title: string;
  /** What is copied: an address, a command, a name. Never a secret: commands fetch those with the reader's own rights. */
  value: string;
  kind: 'command' | 'address' | 'link';
  /** What to know before using it. */
  note?: string;
  /** Page that shows it, where there is one. */
  open?: string;
}

/** @public */
export const CONNECT_GROUPS = [
  'application',
  'cluster',
  'database',
  'cache',
  'messaging',
  'storage',
  'images',
  'bastion',
  'logs',
  'dashboards',
  'console',
] as const;

/** @public */
export interface ConnectGroup {
  id: (typeof CONNECT_GROUPS)[number];
  title: string;
  /** From where it can be reached, or what is needed. */
  note?: string;
  items: ConnectItem[];
}

/** A link that the portal's configuration adds to every environment, e.g. to Grafana. @public */
export interface ConnectLink {
  title: string;
  /** With `{name}`, `{system}`, `{owner}`, `{size}`, `{region}`, `{accountId}`, `{cluster}` where these belong. */
  url: string;
}

/** @public */
export interface ConnectInput {
  environment: Pick<
    Environment,
    | 'name'
    | 'owner'
    | 'system'
    | 'size'
    | 'region'
    | 'accountId'
    | 'outputs'
    | 'engineState'
  >;
  /** What exists in AWS, where that could be read. */
  resources?: Array<Pick<EnvironmentResource, 'type' | 'path' | 'physicalId'>>;
  links?: ConnectLink[];
}
