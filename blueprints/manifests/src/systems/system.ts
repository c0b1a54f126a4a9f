import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import type { ManifestInput } from '@slipway/plugin-infra-scaffolder-node';
import { APPLICATION, isProduction, OBSERVABILITY } from '../facts';
import { access, clusterDefaults, limits, namespaces } from '../pieces/cluster';
import { controllers, secrets } from '../pieces/controllers';
import { type Call, networkPolicies } from '../pieces/network';
import { monitoring } from '../pieces/observability';
import { type Workload, workloadFile } from '../pieces/workload';

/** Most pods of the application in a size that is meant for users. */
const MOST_PODS = 200;

/** OpenTelemetry over gRPC. */
const OTLP = 4317;

/** What every system has in its cluster, and its own services. */
export function systemFiles(
  input: ManifestInput,
  options: {
    workloads: Workload[];
    entry: { workload: string; port: number };
    calls: Call[];
    /** Namespaces beside those that every system has. */
    namespaces?: Record<string, 'restricted' | 'baseline' | 'privileged'>;
    labels?: Record<string, string>;
    /** What all pods of the application talk to in other namespaces, beside the collector of traces. */
    platform?: Array<{ namespace: string; port: number }>;
    more: ManifestFile[];
  },
): ManifestFile[] {
  const files = [
    namespaces(
      {
        [APPLICATION]: 'restricted',
        // The node exporter and the log collector look at the node itself.
        [OBSERVABILITY]: 'privileged',
        'external-secrets': 'restricted',
        ...options.namespaces,
      },
      options.labels,
    ),
    ...clusterDefaults(),
    limits(isProduction(input) ? MOST_PODS : MOST_PODS / 4),
    access(),
    networkPolicies({
      entry: options.entry,
      cidr: input.environment.cidr,
      calls: options.calls,
      platform: [
        { namespace: OBSERVABILITY, port: OTLP },
        ...(options.platform ?? []),
      ],
    }),
    ...controllers(input),
    secrets(input),
    ...options.workloads.map(workloadFile),
    monitoring(input),
    ...options.more,
  ];
  return files.sort((a, b) => a.path.localeCompare(b.path, 'en'));
}

/** As many as the document has in production, no more than two to try things. */
export function replicas(
  input: ManifestInput,
  min: number,
  max: number,
): Workload['replicas'] {
  return isProduction(input) ? { min, max } : { min: 1, max: Math.min(max, 2) };
}
