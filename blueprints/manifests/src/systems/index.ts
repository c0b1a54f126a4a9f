import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import type { ManifestInput } from '@slipway/plugin-infra-scaffolder-node';
import { needed } from '../facts';
import type { Call } from '../pieces/network';
import { logging, logSearch, tracing } from '../pieces/observability';
import {
  argoCd,
  ingressController,
  istio,
  redis,
  tekton,
  velero,
} from '../pieces/platform';
import { replicas, systemFiles } from './system';

const PORT = 8080;
const POSTGRES = 5432;
const REDIS = 6379;
const KAFKA_IAM = 9098;

function outside(
  input: ManifestInput,
  from: string,
  to: string,
  port: number,
): Call {
  return { from, to, port, cidr: input.environment.cidr };
}

/** Document 004. @public */
export function microservicesPlatformManifests(
  input: ManifestInput,
): ManifestFile[] {
  const scaleAt = { cpuPercent: 70, memoryPercent: 80 };
  return systemFiles(input, {
    entry: { workload: 'frontend', port: PORT },
    workloads: [
      {
        name: 'frontend',
        about: 'Front end: React behind NGINX.',
        repository: needed(input, 'FrontendRepository'),
        roleArn: needed(input, 'FrontendRoleArn'),
        port: PORT,
        replicas: replicas(input, 3, 10),
        cpuMillicores: 100,
        memoryMebibytes: 128,
        scaleAt,
        targetGroupArn: needed(input, 'TargetGroupArn'),
      },
      {
        name: 'api-gateway',
        about: 'API gateway: Express.',
        repository: needed(input, 'ApiGatewayRepository'),
        roleArn: needed(input, 'ApiGatewayRoleArn'),
        port: PORT,
        replicas: replicas(input, 2, 15),
        cpuMillicores: 250,
        memoryMebibytes: 256,
        scaleAt,
      },
      {
        name: 'backend',
        about: 'Back end: TypeScript.',
        repository: needed(input, 'BackendRepository'),
        roleArn: needed(input, 'BackendRoleArn'),
        port: PORT,
        replicas: replicas(input, 3, 20),
        cpuMillicores: 250,
        memoryMebibytes: 256,
        scaleAt,
      },
    ],
    calls: [
      { from: 'frontend', to: 'api-gateway', port: PORT },
      { from: 'api-gateway', to: 'backend', port: PORT },
      { from: 'api-gateway', to: 'redis', port: REDIS },
      { from: 'backend', to: 'redis', port: REDIS },
      outside(input, 'backend', 'database', POSTGRES),
    ],
    namespaces: { argocd: 'restricted' },
    more: [
      redis(),
      logging(input),
      ...logSearch(input),
      ...tracing(input),
      ...argoCd(input),
    ],
  });
}

/** Document 001. @public */
export function cloudNativeManifests(input: ManifestInput): ManifestFile[] {
  const common = {
    port: PORT,
    cpuMillicores: 250,
    memoryMebibytes: 256,
    scaleAt: { cpuPercent: 70, memoryPercent: 80 },
    replicas: replicas(input, 2, 10),
  };
  const names = ['api', 'microservices', 'workers'];
  return systemFiles(input, {
    entry: { workload: 'istio-ingress', port: PORT },
    workloads: [
      {
        ...common,
        name: 'api',
        about: 'API services.',
        repository: needed(input, 'ApiRepository'),
        roleArn: needed(input, 'ApiRoleArn'),
      },
      {
        ...common,
        name: 'microservices',
        about: 'Microservices.',
        repository: needed(input, 'MicroservicesRepository'),
        roleArn: needed(input, 'MicroservicesRoleArn'),
      },
      {
        ...common,
        name: 'workers',
        about: 'Workers of the queue.',
        repository: needed(input, 'WorkersRepository'),
        roleArn: needed(input, 'WorkersRoleArn'),
      },
    ],
    calls: [
      { from: 'istio-ingress', to: 'api', port: PORT },
      { from: 'api', to: 'microservices', port: PORT },
      ...names.flatMap(name => [
        outside(input, name, 'database', POSTGRES),
        outside(input, name, 'cache', REDIS),
      ]),
    ],
    namespaces: {
      argocd: 'restricted',
      // The network plug-in, so that sidecars need no rights of their own.
      'istio-system': 'privileged',
      velero: 'baseline',
    },
    labels: { 'istio-injection': 'enabled' },
    platform: [{ namespace: 'istio-system', port: 15012 }],
    more: [
      ...istio(input, PORT),
      velero(input),
      logging(input),
      ...logSearch(input),
      ...tracing(input),
      ...argoCd(input),
      tekton(needed(input, 'ApiRepository')),
    ],
  });
}

/** Document 002. @public */
export function recordsServiceManifests(input: ManifestInput): ManifestFile[] {
  const common = {
    port: PORT,
    cpuMillicores: 1000,
    memoryMebibytes: 2048,
    scaleAt: { cpuPercent: 70 },
  };
  const names = ['records', 'ingest'];
  return systemFiles(input, {
    entry: { workload: 'records', port: PORT },
    workloads: [
      {
        ...common,
        name: 'records',
        about: 'The service that reads and writes records.',
        repository: needed(input, 'RecordsRepository'),
        roleArn: needed(input, 'RecordsRoleArn'),
        replicas: replicas(input, 3, 30),
        targetGroupArn: needed(input, 'TargetGroupArn'),
      },
      {
        ...common,
        name: 'ingest',
        about: 'Brings messages into the database.',
        repository: needed(input, 'IngestRepository'),
        roleArn: needed(input, 'IngestRoleArn'),
        replicas: replicas(input, 2, 12),
      },
    ],
    calls: names.flatMap(name => [
      outside(input, name, 'database', POSTGRES),
      outside(input, name, 'cache', REDIS),
      outside(input, name, 'kafka', KAFKA_IAM),
    ]),
    more: [
      logging(input),
      ...(input.outputs.TracingRoleArn ? tracing(input) : []),
    ],
  });
}

/** Document 003. @public */
export function enterprisePlatformManifests(
  input: ManifestInput,
): ManifestFile[] {
  const common = {
    port: PORT,
    replicas: replicas(input, 2, 10),
    cpuMillicores: 250,
    memoryMebibytes: 512,
    scaleAt: { cpuPercent: 80 },
  };
  const names = ['backend-api', 'workers'];
  return systemFiles(input, {
    entry: { workload: 'frontend', port: PORT },
    workloads: [
      {
        ...common,
        name: 'frontend',
        about: 'Front end.',
        repository: needed(input, 'FrontendRepository'),
        targetGroupArn: needed(input, 'TargetGroupArn'),
      },
      {
        ...common,
        name: 'backend-api',
        about: 'Back-end API.',
        repository: needed(input, 'BackendApiRepository'),
        roleArn: needed(input, 'BackendApiRoleArn'),
      },
      {
        ...common,
        name: 'workers',
        about: 'Workers.',
        repository: needed(input, 'WorkersRepository'),
        roleArn: needed(input, 'WorkersRoleArn'),
      },
    ],
    calls: [
      { from: 'frontend', to: 'backend-api', port: PORT },
      ...names.flatMap(name => [
        outside(input, name, 'database', POSTGRES),
        outside(input, name, 'cache', REDIS),
      ]),
    ],
    more: [],
  });
}

/** Document 000. @public */
export function highWorkloadManifests(input: ManifestInput): ManifestFile[] {
  return systemFiles(input, {
    entry: { workload: 'app', port: PORT },
    workloads: [
      {
        name: 'app',
        about: 'The document’s own deployment: three replicas on port 8080.',
        repository: needed(input, 'AppRepository'),
        roleArn: needed(input, 'AppRoleArn'),
        port: PORT,
        replicas: replicas(input, 3, 12),
        cpuMillicores: 250,
        memoryMebibytes: 256,
        scaleAt: { cpuPercent: 70, memoryPercent: 80 },
        targetGroupArn: needed(input, 'TargetGroupArn'),
      },
    ],
    calls: [outside(input, 'app', 'database', POSTGRES)],
    namespaces: { argocd: 'restricted', traefik: 'baseline' },
    more: [ingressController(input), ...argoCd(input)],
  });
}
