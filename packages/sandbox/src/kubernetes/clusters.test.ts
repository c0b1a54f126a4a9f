import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually, isGroupAlive } from '../processes/processTable';
import { ROOT_DIR } from '../rootDir';
import { Sandbox } from '../supervisor/Sandbox';
import { FREE_PORTS } from '../supervisor/types';
import {
  areWhole,
  type Autoscaler,
  type Deployment,
  type Node,
  type Pod,
  readyByZone,
} from './__testUtils__/objects';
import { TestNodeGroup } from './__testUtils__/TestNodeGroup';
import { KubernetesProgram } from './binaries/KubernetesProgram';
import { KubernetesClient, KubernetesError } from './client/KubernetesClient';

/** Of the system whose nodes the tests make. */
const SYSTEM = 'microservices-platform';
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${SYSTEM}/deployments`;
const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

const program = new KubernetesProgram({
  rootDir: ROOT_DIR,
  logDir: os.tmpdir(),
});

/** script/test builds the program before; a developer's run leaves these out until it is there. */
const describeBuilt = program.isBuilt ? describe : describe.skip;

describeBuilt('the two clusters', () => {
  let dir: string;
  let sandbox: Sandbox;
  let portal: KubernetesClient;
  let operator: KubernetesClient;
  let admin: KubernetesClient;
  let nodeGroup: TestNodeGroup;

  function clientOf(token: string, role = 'PRIMARY') {
    const { environment } = sandbox;
    const ca = environment[`K8S_${role}_CA_DATA`];
    return new KubernetesClient({
      url: environment[`K8S_${role}_URL`],
      ca: Buffer.from(ca, 'base64').toString(),
      token,
    });
  }

  async function start() {
    sandbox = Sandbox.create({
      dir,
      parts: ['aws', 'kubernetes'],
      ports: FREE_PORTS,
      resourceSeconds: 0.1,
      // Without a PATH there is no kind: these are of the built program.
      kubernetes: { nodeGraceSeconds: 10, env: { ...process.env, PATH: '' } },
    });
    await sandbox.start();
    await sandbox.kubernetes!.attached;
    portal = clientOf(sandbox.environment.K8S_PRIMARY_TOKEN);
    operator = clientOf(sandbox.environment.K8S_PRIMARY_OPERATOR_TOKEN);
    admin = clientOf(sandbox.kubernetes!.adminToken);
  }

  async function fault(method: 'POST' | 'DELETE', match: object) {
    const effect = { kind: 'dark', mode: 'drop' };
    const answer = await fetch(`${sandbox.awsUrl}/_slipway/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        method === 'POST' ? { effect, match } : { kind: 'dark', match },
      ),
    });
    expect(answer.ok).toBe(true);
  }

  async function statusOf(call: Promise<unknown>): Promise<number> {
    try {
      await call;
      return 200;
    } catch (error) {
      return error instanceof KubernetesError ? error.status : 0;
    }
  }

  async function readyNodes(): Promise<Record<string, number>> {
    const selector = encodeURIComponent('eks.amazonaws.com/nodegroup=main');
    return readyByZone(
      await portal.list<Node>(`/api/v1/nodes?labelSelector=${selector}`),
    );
  }

  async function hasNodes(count: number): Promise<boolean> {
    const ready = Object.values(await readyNodes());
    return ready.reduce((sum, next) => sum + next, 0) === count;
  }

  async function isWhole(): Promise<boolean> {
    return areWhole(await portal.list<Deployment>(DEPLOYMENTS));
  }

  function podsOf(system: string, workload: string): Promise<Pod[]> {
    const selector = encodeURIComponent(`app.kubernetes.io/name=${workload}`);
    return portal.list<Pod>(
      `/api/v1/namespaces/${system}/pods?labelSelector=${selector}`,
    );
  }

  function scale(client: KubernetesClient, name: string, replicas: number) {
    return client.patch(`${DEPLOYMENTS}/${name}/scale`, {
      type: 'merge',
      body: { spec: { replicas } },
    });
  }

  async function until(condition: () => Promise<boolean>, seconds: number) {
    expect(await eventually(condition, seconds * 1000, 250)).toBe(true);
  }

  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-clusters-'));
    await start();
  }, 180_000);
  afterAll(async () => {
    [portal, operator, admin].forEach(client => client.close());
    await sandbox.stop();
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  it('have pods as soon as EKS has nodes, in the zones of the node group', async () => {
    expect(await readyNodes()).toEqual({});
    nodeGroup = await TestNodeGroup.create(
      {
        endpoint: sandbox.awsUrl,
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      },
      { system: SYSTEM, zones: ZONES, desired: 3 },
    );
    await until(() => hasNodes(3), 60);
    expect(await readyNodes()).toEqual(
      Object.fromEntries(ZONES.map(zone => [zone, 1])),
    );
    await until(isWhole, 90);
    const counts = await sandbox.kubernetes!.pods('us-east-1');
    expect(counts![SYSTEM]).toEqual({ desired: 9, ready: 9 });
  }, 180_000);

  it('follow a node group that is scaled out and in, and lose no replica by it', async () => {
    await nodeGroup.scaleTo(5);
    await until(() => hasNodes(5), 60);
    await nodeGroup.scaleTo(2);
    await until(() => hasNodes(2), 90);
    await nodeGroup.scaleTo(3);
    await until(() => hasNodes(3), 60);
    await until(isWhole, 90);
    const counts = await sandbox.kubernetes!.pods('us-east-1');
    expect(counts![SYSTEM]).toEqual({ desired: 9, ready: 9 });
  }, 300_000);

  it('roll a new version out without ever serving from fewer than three in four', async () => {
    const backend = `${DEPLOYMENTS}/backend`;
    await admin.patch(backend, {
      type: 'merge',
      body: { spec: { template: { metadata: { annotations: { v: '2' } } } } },
    });
    let fewest = 3;
    await until(async () => {
      const { status } = await portal.get<Deployment>(backend);
      fewest = Math.min(fewest, status.readyReplicas ?? 0);
      return isWhole();
    }, 90);
    // A fourth of three, rounded down, may be missing: none.
    expect(fewest).toBe(3);
  }, 120_000);

  it('have autoscalers that read their metrics and act on them', async () => {
    const autoscaler = `/apis/autoscaling/v2/namespaces/${SYSTEM}/horizontalpodautoscalers/frontend`;
    await until(async () => {
      const { status } = await portal.get<Autoscaler>(autoscaler);
      const current = status.currentMetrics?.[0]?.resource?.current;
      return (current?.averageUtilization ?? 0) > 10;
    }, 90);
    const target = { type: 'Utilization', averageUtilization: 10 };
    await operator.patch(autoscaler, {
      type: 'merge',
      body: {
        spec: {
          metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
        },
      },
    });
    const replicas = async () =>
      (await portal.get<Deployment>(`${DEPLOYMENTS}/frontend`)).spec.replicas;
    await until(async () => (await replicas()) > 3, 60);
    expect(await replicas()).toBeLessThanOrEqual(10);
  }, 180_000);

  it('let the portal read and the operator scale, and neither do more', async () => {
    const secrets = `/api/v1/namespaces/${SYSTEM}/secrets`;
    const pod = `/api/v1/namespaces/${SYSTEM}/pods/redis-0`;
    const pause = { type: 'merge', body: { spec: { paused: true } } } as const;
    expect(
      await Promise.all([
        statusOf(portal.get('/apis/apps/v1/deployments')),
        statusOf(portal.get(secrets)),
        statusOf(scale(portal, 'backend', 4)),
        statusOf(scale(operator, 'backend', 4)),
        statusOf(operator.get(secrets)),
        statusOf(operator.delete(pod)),
        statusOf(operator.patch(`${DEPLOYMENTS}/backend`, pause)),
      ]),
    ).toEqual([200, 403, 403, 200, 403, 403, 403]);
    await until(isWhole, 90);
  }, 120_000);

  it('show a pod that no node can take, and one that crashes with its last words', async () => {
    const room = { cpu: '8', memory: '16Gi', pods: '50' };
    await admin.create('/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: 'by-hand',
        labels: {
          'slipway.dev/kubelet': 'running',
          'slipway.dev/system': 'cloud-native',
        },
      },
      status: {
        addresses: [{ type: 'ExternalDNS', address: 'localhost' }],
        allocatable: room,
        capacity: room,
      },
    });
    let canary: Pod | undefined;
    const container = () => canary?.status.containerStatuses?.[0];
    await until(async () => {
      [canary] = await podsOf('cloud-native', 'api-canary');
      return container()?.state.waiting?.reason === 'CrashLoopBackOff';
    }, 60);
    expect(container()!.lastState.terminated!.exitCode).toBe(1);
    const log = await portal.text(
      `/api/v1/namespaces/cloud-native/pods/${
        canary!.metadata.name
      }/log?container=api-canary&previous=true`,
    );
    expect(log).toContain('migration 0142_order_tags');
    const [stuck] = await podsOf('records-service', 'rebuild-index-2026-11');
    expect(stuck.status.phase).toBe('Pending');
    expect(stuck.status.conditions![0].reason).toBe('Unschedulable');
  }, 90_000);

  it('notice a dark zone, and move its pods to the others', async () => {
    await fault('POST', { zone: 'us-east-1a' });
    await until(async () => (await readyNodes())['us-east-1a'] === 0, 60);
    // They stay bound to the lost node for 30 s.
    await until(async () => !(await isWhole()), 20);
    await until(isWhole, 120);
    expect((await readyNodes())['us-east-1a']).toBe(0);
    await fault('DELETE', { zone: 'us-east-1a' });
    await until(() => hasNodes(3), 60);
  }, 260_000);

  it('cannot be reached while their region is dark, each by itself', async () => {
    const standby = clientOf(sandbox.environment.K8S_STANDBY_TOKEN, 'STANDBY');
    await fault('POST', { region: 'us-east-1' });
    expect(await statusOf(portal.get('/api/v1/nodes'))).toBe(0);
    expect(await statusOf(standby.get('/api/v1/nodes'))).toBe(200);
    await fault('DELETE', { region: 'us-east-1' });
    expect(await statusOf(portal.get('/api/v1/nodes'))).toBe(200);
    standby.close();
  }, 60_000);

  it('are not touched when somebody names them whose namespaces they do not hold', async () => {
    const namespace = '/api/v1/namespaces/high-workload';
    const label = (value: string | null) =>
      admin.patch(namespace, {
        type: 'merge',
        body: {
          metadata: { labels: { 'app.kubernetes.io/managed-by': value } },
        },
      });
    await label(null);
    const file = path.join(dir, 'named.kubeconfig');
    const server = sandbox.environment.K8S_PRIMARY_URL;
    const authority = sandbox.environment.K8S_PRIMARY_CA_DATA;
    writeFileSync(
      file,
      `
current-context: mine
clusters: [{name: c, cluster: {server: '${server}', certificate-authority-data: ${authority}}}]
users: [{name: u, user: {token: ${sandbox.kubernetes!.adminToken}}}]
contexts: [{name: mine, context: {cluster: c, user: u}}]`,
    );
    const other = Sandbox.create({
      dir: path.join(dir, 'other'),
      parts: ['kubernetes'],
      ports: FREE_PORTS,
      kubernetes: { env: { SLIPWAY_KUBECONFIG: file } },
    });
    await other.start();
    await expect(other.kubernetes!.attached).rejects.toThrow(
      "namespaces that are not the sandbox's: high-workload",
    );
    await other.stop();
    await label('slipway-sandbox');
  }, 60_000);

  it('leave no process behind, and are as they were after the next start', async () => {
    await scale(operator, 'api-gateway', 5);
    const apiGateway = () =>
      portal.get<Deployment>(`${DEPLOYMENTS}/api-gateway`);
    const before = await apiGateway();
    const { processes } = sandbox.kubernetes!;
    expect(processes).toHaveLength(9);
    [portal, operator, admin].forEach(client => client.close());
    await sandbox.stop();
    expect(
      processes.filter(({ running }) => isGroupAlive(running.pid)),
    ).toEqual([]);
    await start();
    const after = await apiGateway();
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.spec.replicas).toBe(5);
    await until(isWhole, 90);
  }, 180_000);
});
