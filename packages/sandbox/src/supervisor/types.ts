/** The parts of the sandbox, in the order in which they need each other. */
export const PARTS = [
  'postgres',
  'aws',
  'world',
  'alertmanager',
  'prometheus',
  'kubernetes',
  'backend',
  'app',
] as const;

/** `aws` is the gateway with the emulator behind it, `world` the systems in it, `prometheus` also
 * their traffic; `parts/` has a file for each. */
export type Part = (typeof PARTS)[number];

/** Preferred TCP ports; a free one is taken where another program listens, 0 always gives a free one. */
export interface SandboxPorts {
  postgres: number;
  aws: number;
  backend: number;
  app: number;
  prometheus: number;
  alertmanager: number;
  /** The way into the primary cluster of Kubernetes. */
  kubernetes: number;
  /** The way into the standby cluster. */
  kubernetesStandby: number;
  /** UDP. */
  dns: number;
}

/** The ports that people expect. */
export const DEFAULT_PORTS: SandboxPorts = {
  postgres: 15432,
  aws: 4566,
  backend: 7007,
  app: 3000,
  prometheus: 9090,
  alertmanager: 9093,
  kubernetes: 16443,
  kubernetesStandby: 16444,
  dns: 15353,
};

/** Free ones throughout, for what runs beside another sandbox. */
export const FREE_PORTS: SandboxPorts = {
  postgres: 0,
  aws: 0,
  backend: 0,
  app: 0,
  prometheus: 0,
  alertmanager: 0,
  kubernetes: 0,
  kubernetesStandby: 0,
  dns: 0,
};

/** Options of `startSandbox`. */
export interface SandboxOptions {
  /** What to start; everything unless told. */
  parts?: readonly Part[];
  /** Where state and logs are kept; `.local` in the repository unless told. */
  dir?: string;
  /** Preferred ports; {@link DEFAULT_PORTS} unless told. */
  ports?: Partial<SandboxPorts>;
  /** How long an AWS resource takes to become available; the emulator's own default unless told. */
  resourceSeconds?: number;
  /** How many days of traffic a new sandbox has behind it; 100 unless told. */
  historyDays?: number;
  /** Draws the chance of uncertain faults; 1 unless told. */
  faultSeed?: number;
  /** Record whole calls to AWS into this folder, for tests. */
  recordCalls?: string;
  /** False gives up safety against a crash of the machine for speed; for tests. */
  durable?: boolean;
  /** Environment variables for back end and app, over all others. */
  env?: Record<string, string>;
  kubernetes?: KubernetesOptions;
  /** Restart the back end when its sources change. */
  watch?: boolean;
  /** Told one line for a person at each step. */
  onMessage?: (message: string) => void;
}

/** Of the part `kubernetes`. */
export interface KubernetesOptions {
  /** How long a node may be silent before it counts as lost; 50 unless told. */
  nodeGraceSeconds?: number;
  /** Where it is looked for clusters, Docker and Go; our own environment unless told. */
  env?: NodeJS.ProcessEnv;
}

/** One running program. */
export interface PartStatus {
  name: string;
  pid: number;
  port: number;
  url?: string;
  state: 'starting' | 'running' | 'ended';
  /** What it is, or what it is at, in a few words. */
  note?: string;
  logFile?: string;
}
