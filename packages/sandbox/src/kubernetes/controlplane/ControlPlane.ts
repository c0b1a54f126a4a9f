import { createPublicKey } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GuardedProcess } from '../../processes/GuardedProcess';
import { freePort } from '../../processes/ports';
import type { Credentials } from '../access/credentials';
import type { ClusterAddress } from '../client/ClusterAddress';
import { KubernetesClient } from '../client/KubernetesClient';
import type { ClusterRole } from '../content/types';
import {
  apiServerArguments,
  type ControlPlaneLayout,
  controllerManagerArguments,
  FILES,
  kwokArguments,
  schedulerArguments,
} from './arguments';
import { logRules } from './logRules';
import { type ProgramPart, runPart } from './runPart';

const READY_SECONDS = 90;

/** Options of {@link ControlPlane.start}. */
export interface ControlPlaneOptions {
  role: ClusterRole;
  program: string;
  /** `stages.yaml` of kwok. */
  stagesFile: string;
  dir: string;
  logDir: string;
  /** Where the containers' logs are, a folder for each namespace. */
  containerLogDir: string;
  etcdUrl: string;
  credentials: Credentials;
  nodeGraceSeconds: number;
  /** Ends a start that is under way. */
  signal: AbortSignal;
}

/** The real API server, controller manager and scheduler of one region, with kwok as its nodes' kubelets. */
export class ControlPlane {
  readonly role: ClusterRole;
  readonly address: ClusterAddress;
  readonly apiPort: number;
  readonly #processes: Array<{ part: ProgramPart; running: GuardedProcess }>;

  static async start(options: ControlPlaneOptions): Promise<ControlPlane> {
    const layout: ControlPlaneLayout = {
      role: options.role,
      dir: path.join(options.dir, options.role),
      etcdUrl: options.etcdUrl,
      apiPort: await freePort(0),
      kubeletPort: await freePort(0),
      nodeGraceSeconds: options.nodeGraceSeconds,
    };
    writeFiles(layout, options);
    const plane = new ControlPlane(layout, options.credentials);
    options.signal.addEventListener('abort', () => plane.stop());
    try {
      const api = await plane.#run(
        options,
        'kube-apiserver',
        apiServerArguments(layout),
      );
      const client = new KubernetesClient(plane.address);
      try {
        await api.untilReady(() => client.isReady(), READY_SECONDS);
      } finally {
        client.close();
      }
      await Promise.all([
        plane.#run(
          options,
          'kube-controller-manager',
          controllerManagerArguments(layout),
        ),
        plane.#run(options, 'kube-scheduler', schedulerArguments(layout)),
        plane.#run(options, 'kwok', kwokArguments(layout)),
      ]);
      return plane;
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  private constructor(layout: ControlPlaneLayout, credentials: Credentials) {
    this.role = layout.role;
    this.apiPort = layout.apiPort;
    this.address = {
      url: `https://127.0.0.1:${layout.apiPort}`,
      ca: credentials.certificate,
      token: credentials.controlPlaneToken,
    };
    this.#processes = [];
  }

  /** What it consists of, the API server first. */
  get processes(): ReadonlyArray<{
    part: ProgramPart;
    running: GuardedProcess;
  }> {
    return this.#processes;
  }

  /** The loops first, so that none writes into a log that it lost its API server. */
  async stop(): Promise<void> {
    const [api, ...loops] = this.#processes;
    await Promise.all(loops.map(({ running }) => running.stop()));
    await api?.running.stop();
  }

  async #run(
    options: ControlPlaneOptions,
    part: ProgramPart,
    args: string[],
  ): Promise<GuardedProcess> {
    const running = await runPart({
      part,
      name: `${part} of ${options.role}`,
      program: options.program,
      args,
      logFile: path.join(
        options.logDir,
        `kubernetes-${options.role}-${part}.log`,
      ),
    });
    this.#processes.push({ part, running });
    return running;
  }
}

function writeFiles(
  layout: ControlPlaneLayout,
  { credentials, stagesFile, containerLogDir }: ControlPlaneOptions,
): void {
  const { dir, role, apiPort } = layout;
  const { certificate, privateKey, serviceAccountKey, controlPlaneToken } =
    credentials;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const write = (name: keyof typeof FILES, text: string) =>
    writeFileSync(path.join(dir, FILES[name]), text, { mode: 0o600 });
  write('certificate', certificate);
  write('privateKey', privateKey);
  write('serviceAccountKey', serviceAccountKey);
  write(
    'serviceAccountPublicKey',
    createPublicKey(serviceAccountKey).export({
      type: 'spki',
      format: 'pem',
    }) as string,
  );
  write(
    'tokens',
    `${controlPlaneToken},control-plane,control-plane,system:masters\n`,
  );
  write(
    'kubeconfig',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': role,
      clusters: [
        {
          name: role,
          cluster: {
            server: `https://127.0.0.1:${apiPort}`,
            'certificate-authority-data':
              Buffer.from(certificate).toString('base64'),
          },
        },
      ],
      users: [{ name: 'control-plane', user: { token: controlPlaneToken } }],
      contexts: [
        { name: role, context: { cluster: role, user: 'control-plane' } },
      ],
    }),
  );
  copyFileSync(stagesFile, path.join(dir, FILES.kwok));
  writeFileSync(path.join(dir, FILES.kwok), logRules(containerLogDir), {
    flag: 'a',
  });
}
