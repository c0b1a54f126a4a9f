import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT_DIR } from '../../rootDir';
import { SYSTEMS } from '.';
import { manifestsOf } from './manifests';
import type { ClusterRole, KubernetesObject } from './types';

const ROLES: ClusterRole[] = ['primary', 'standby'];

interface Pods {
  replicas: number;
  selector: { matchLabels: Record<string, string> };
  template: {
    metadata: { labels: Record<string, string> };
    spec: { containers: Array<Record<string, any>> };
  };
}

function objects(role: ClusterRole): KubernetesObject[] {
  return SYSTEMS.flatMap(content => manifestsOf(content, role));
}

function deployment(system: string, name: string): Pods {
  const found = objects('primary').find(
    ({ kind, metadata }) =>
      ['Deployment', 'StatefulSet'].includes(kind) &&
      metadata.namespace === system &&
      metadata.name === name,
  );
  return found!.spec as Pods;
}

function catalogNames(kind: string): Set<string> {
  const systems = path.join(ROOT_DIR, 'systems');
  const entities = readdirSync(systems).flatMap(dir => {
    try {
      const file = path.join(systems, dir, 'catalog-info.yaml');
      return parseAllDocuments(readFileSync(file, 'utf8')).map(
        document => document.toJS() as KubernetesObject,
      );
    } catch {
      return [];
    }
  });
  return new Set(
    entities
      .filter(entity => entity.kind === kind)
      .map(({ metadata }) => metadata.name),
  );
}

describe('what the systems run in Kubernetes', () => {
  it.each(ROLES)('has each name once in %s, and pods by their labels', role => {
    const names = objects(role).map(({ kind, metadata }) =>
      [kind, metadata.namespace, metadata.name].join('/'),
    );
    expect(names.length).toBeGreaterThan(20);
    expect(new Set(names).size).toBe(names.length);
    const running = objects(role).filter(({ kind }) =>
      ['Deployment', 'StatefulSet'].includes(kind),
    );
    expect(running.length).toBeGreaterThan(5);
    for (const { spec } of running) {
      const { selector, template } = spec as Pods;
      expect(template.metadata.labels).toMatchObject(selector.matchLabels);
    }
  });

  it('is what the catalog names', () => {
    const components = catalogNames('Component');
    const systems = catalogNames('System');
    for (const { system, workloads, cronJobs, jobs } of SYSTEMS) {
      expect(systems).toContain(system);
      for (const { component } of [...workloads, ...cronJobs, ...jobs]) {
        expect(components).toContain(component);
      }
    }
    const covered = new Set(
      SYSTEMS.flatMap(({ workloads }) => workloads.map(w => w.component)),
    );
    expect([...components].filter(name => !covered.has(name))).toEqual([]);
  });

  it('has autoscalers only for Deployments, whose replicas are within their bounds', () => {
    for (const role of ROLES) {
      const scalers = objects(role).filter(
        ({ kind }) => kind === 'HorizontalPodAutoscaler',
      );
      for (const { metadata, spec } of scalers) {
        const { minReplicas, maxReplicas } = spec as Record<string, number>;
        const target = objects(role).find(
          object =>
            object.kind === 'Deployment' &&
            object.metadata.namespace === metadata.namespace &&
            object.metadata.name === metadata.name,
        );
        const { replicas } = target!.spec as Pods;
        expect(replicas).toBeLessThanOrEqual(maxReplicas);
        expect(replicas === 0 || replicas >= minReplicas).toBe(true);
      }
    }
  });

  it('has the numbers of document 004', () => {
    const bounds = (name: string) =>
      objects('primary').find(
        ({ kind, metadata }) =>
          kind === 'HorizontalPodAutoscaler' &&
          metadata.namespace === 'microservices-platform' &&
          metadata.name === name,
      )!.spec as Record<string, number>;
    const seen = ['frontend', 'api-gateway', 'backend'].map(name => {
      const { requests } = deployment('microservices-platform', name).template
        .spec.containers[0].resources;
      const { minReplicas, maxReplicas } = bounds(name);
      return [name, minReplicas, maxReplicas, requests.memory, requests.cpu];
    });
    expect(seen).toEqual([
      ['frontend', 3, 10, '128Mi', '100m'],
      ['api-gateway', 2, 15, '256Mi', '250m'],
      ['backend', 3, 20, '256Mi', '250m'],
    ]);
    const redis = deployment('microservices-platform', 'redis').template.spec
      .containers[0].resources;
    expect([redis.requests.memory, redis.limits.memory]).toEqual([
      '256Mi',
      '512Mi',
    ]);
  });

  it('has the probes of document 003 and the Deployment of document 000', () => {
    const [api] = deployment('enterprise-platform', 'backend-api').template.spec
      .containers;
    expect(api.livenessProbe).toEqual({
      httpGet: { path: '/health', port: 8080 },
      initialDelaySeconds: 30,
      periodSeconds: 10,
    });
    expect(api.readinessProbe).toEqual({
      httpGet: { path: '/ready', port: 8080 },
      initialDelaySeconds: 5,
      periodSeconds: 5,
    });
    const { replicas, template } = deployment('high-workload', 'my-app');
    expect(replicas).toBe(3);
    expect(template.spec.containers[0]).toMatchObject({
      image: 'my-app:latest',
      ports: [{ containerPort: 8080 }],
    });
  });
});
