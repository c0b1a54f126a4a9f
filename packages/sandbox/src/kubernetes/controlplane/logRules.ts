import path from 'node:path';
import { SYSTEMS } from '../content';

/** The file that holds the log of a container: one for all pods of a workload. */
export function containerLogFile(
  dir: string,
  system: string,
  container: string,
): string {
  return path.join(dir, system, `${container}.log`);
}

/** Tells kwok where the containers' logs are, as documents to be added to its configuration. JSON is YAML. */
export function logRules(dir: string): string {
  return SYSTEMS.map(({ system, workloads, cronJobs, jobs }) => {
    const containers = [...workloads, ...cronJobs, ...jobs].map(
      ({ name }) => name,
    );
    const rule = {
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterLogs',
      metadata: { name: system },
      spec: {
        selector: { matchNamespaces: [system] },
        logs: containers.map(name => {
          const file = containerLogFile(dir, system, name);
          return {
            containers: [name],
            logsFile: file,
            previousLogsFile: file,
            follow: true,
          };
        }),
      },
    };
    return `---\n${JSON.stringify(rule)}\n`;
  }).join('');
}
