import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateNodegroupCommand,
  EKSClient,
  UpdateNodegroupConfigCommand,
} from '@aws-sdk/client-eks';
import { eventually, isGroupAlive } from '../processes/processTable';
import { ROOT_DIR } from '../rootDir';
import { Sandbox } from '../supervisor/Sandbox';
import { FREE_PORTS } from '../supervisor/types';
import { KubernetesProgram } from './binaries/KubernetesProgram';
import { KubernetesClient, KubernetesError } from './client/KubernetesClient';
import type { KubernetesObject } from './content/types';

/** Of the system whose nodes the tests make. */
const SYSTEM = 'microservices-platform';
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${SYSTEM}/deployments`;
const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

interface Deployment extends KubernetesObject {
  spec: { replicas: number };
  status: {
    observedGeneration?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    replicas?: number;
  };
}

interface Node extends KubernetesObject {
  status: { conditions: Array<{ type: string; status: string }> };
}

interface Pod extends KubernetesObject {
  spec: { nodeName?: string };
  status: {
    phase: string;
    conditions?: Array<{ type: string; status: string; reason?: string }>;
    containerStatuses?: Array<{
      restartCount: number;
      state: { waiting?: { reason: string } };
      lastState: { terminated?: { exitCode: number } };
    }>;
  };
}

const isDone = () => true;
const isRefused = () => false;

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

  async function start() {
    sandbox = Sandbox.create({
      dir,
      parts: ['aws', 'kubernetes'],
      ports: FREE_PORTS,
      resourceSeconds: 0.1,
      kubernetes: { nodeGraceSeconds: 10, env: { ...process.env, PATH: '' } },
    });
    await sandbox.start();
    await sandbox.kubernetes!.attached;
    const { environment } = sandbox;
    const client = (token: string, role = 'PRIMARY') =>
      new KubernetesClient({
        url: environment[`K8S_${role}_URL`],
        ca: Buffer.from(
          environment[`K8S_${role}_CA_DATA`],
          'base64',
        ).toString(),
        token,
      });
    portal = client(environment.K8S_PRIMARY_TOKEN);
    operator = client(environment.K8S_PRIMARY_OPERATOR_TOKEN);
    admin = client(sandbox.kubernetes!.adminToken);
  }

  function aws() {
    return {
      endpoint: sandbox.awsUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
  }

  async function fault(method: 'POST' | 'DELETE', match: object) {
    const effect = { kind: 'dark', mode: 'drop' };
    await fetch(`${sandbox.awsUrl}/_slipway/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        method === 'POST' ? { effect, match } : { kind: 'dark', match },
      ),
    });
  }

  async function statusOf(call: Promise<unknown>): Promise<number> {
    try {
      await call;
      return 200;
    } catch (error) {
      return error instanceof KubernetesError ? error.status : 0;
    }
  }

  /** Ready nodes of the group `main`, by zone. */
  async function readyNodes(): Promise<Record<string, number>> {
    const nodes = await portal.list<Node>(
      '/api/v1/nodes?labelSelector=eks.amazonaws.com%2Fnodegroup%3Dmain',
    );
    const zones: Record<string, number> = {};
    for (const { metadata, status } of nodes) {
      const isReady = status.conditions.some(
        ({ type, status: value }) => type === 'Ready' && value === 'True',
      );
      const zone = metadata.labels!['topology.kubernetes.io/zone'];
      zones[zone] = (zones[zone] ?? 0) + Number(isReady);
    }
    return zones;
  }

  function total(counts: Record<string, number>): number {
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  async function isWhole(): Promise<boolean> {
    const deployments = await portal.list<Deployment>(DEPLOYMENTS);
    return deployments.every(
      ({ metadata, spec, status }) =>
        status.observedGeneration === metadata.generation &&
        status.readyReplicas === spec.replicas &&
        status.updatedReplicas === spec.replicas &&
        status.replicas === spec.replicas,
    );
  }

  async function until(condition: () => Promise<boolean>, seconds: number) {
    expect(await eventually(condition, seconds * 1000, 250)).toBe(true);
  }

  async function scaleGroup(desiredSize: number) {
    const eks = new EKSClient({ ...aws(), maxAttempts: 1 });
    const update = new UpdateNodegroupConfigCommand({
      clusterName: 'test',
      nodegroupName: 'main',
      scalingConfig: { minSize: 1, maxSize: 9, desiredSize },
    });
    // Refused while the update before is under way.
    await until(() => eks.send(update).then(isDone, isRefused), 30);
  }

  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-clusters-'));
    await start();
  }, 180_000);
  afterAll(async () => {
    await sandbox.stop();
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  it('have pods as soon as EKS has nodes, in the zones of the node group', async () => {
    expect(await readyNodes()).toEqual({});
    const ec2 = new EC2Client(aws());
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({ CidrBlock: '10.90.0.0/16' }),
    );
    const subnets: string[] = [];
    for (const [index, zone] of ZONES.entries()) {
      const { Subnet } = await ec2.send(
        new CreateSubnetCommand({
          VpcId: Vpc!.VpcId,
          CidrBlock: `10.90.${index}.0/24`,
          AvailabilityZone: zone,
        }),
      );
      subnets.push(Subnet!.SubnetId!);
    }
    const eks = new EKSClient(aws());
    const role = 'arn:aws:iam::123456789012:role/test';
    await eks.send(
      new CreateClusterCommand({
        name: 'test',
        version: '1.33',
        roleArn: role,
        resourcesVpcConfig: { subnetIds: subnets },
        tags: { 'slipway:system': `system:default/${SYSTEM}` },
      }),
    );
    const makeGroup = () =>
      eks.send(
        new CreateNodegroupCommand({
          clusterName: 'test',
          nodegroupName: 'main',
          nodeRole: role,
          subnets,
          instanceTypes: ['t3.large'],
          scalingConfig: { minSize: 1, maxSize: 9, desiredSize: 3 },
        }),
      );
    await until(() => makeGroup().then(isDone, isRefused), 20);
    await until(async () => total(await readyNodes()) === 3, 40);
    expect(await readyNodes()).toEqual(
      Object.fromEntries(ZONES.map(zone => [zone, 1])),
    );
    await until(isWhole, 60);
    const counts = await sandbox.kubernetes!.pods('us-east-1');
    expect(counts![SYSTEM]).toEqual({ desired: 9, ready: 9 });
  }, 180_000);

  it('follow a node group that is scaled out and in, and lose no replica by it', async () => {
    await scaleGroup(5);
    await until(async () => total(await readyNodes()) === 5, 40);
    await scaleGroup(2);
    await until(async () => total(await readyNodes()) === 2, 60);
    await until(isWhole, 60);
    await scaleGroup(3);
    await until(async () => total(await readyNodes()) === 3, 40);
    expect(await sandbox.kubernetes!.pods('us-east-1')).toMatchObject({
      [SYSTEM]: { desired: 9 },
    });
  }, 240_000);

  it('roll a new version out without ever serving from fewer than three in four', async () => {
    const api = `${DEPLOYMENTS}/backend`;
    await admin.patch(api, {
      type: 'merge',
      body: { spec: { template: { metadata: { annotations: { v: '2' } } } } },
    });
    let fewest = 3;
    await until(async () => {
      const { status } = await portal.get<Deployment>(api);
      fewest = Math.min(fewest, status.readyReplicas ?? 0);
      return isWhole();
    }, 90);
    // A fourth of three, rounded down, may be missing: none.
    expect(fewest).toBe(3);
  }, 120_000);

  it('have autoscalers that read their metrics and act on them', async () => {
    const path_ = `/apis/autoscaling/v2/namespaces/${SYSTEM}/horizontalpodautoscalers/frontend`;
    interface Scaler extends KubernetesObject {
      status: {
        desiredReplicas: number;
        currentMetrics?: Array<{
          resource: { current: { averageUtilization?: number } };
        }>;
      };
    }
    await until(async () => {
      const { status } = await portal.get<Scaler>(path_);
      return (
        (status.currentMetrics?.[0]?.resource?.current.averageUtilization ??
          0) > 5
      );
    }, 90);
    await operator.patch(path_, {
      type: 'merge',
      body: {
        spec: {
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: 10 },
              },
            },
          ],
        },
      },
    });
    const replicas = async () =>
      (await portal.get<Deployment>(`${DEPLOYMENTS}/frontend`)).spec.replicas;
    await until(async () => (await replicas()) > 3, 60);
    expect(await replicas()).toBeLessThanOrEqual(10);
  }, 180_000);

  it('let the portal read and the operator scale, and neither do more', async () => {
    const scale = (client: KubernetesClient, replicas: number) =>
      client.patch(`${DEPLOYMENTS}/backend/scale`, {
        type: 'merge',
        body: { spec: { replicas } },
      });
    const secrets = `/api/v1/namespaces/${SYSTEM}/secrets`;
    const pod = `/api/v1/namespaces/${SYSTEM}/pods/redis-0`;
    expect(
      await Promise.all([
        statusOf(portal.get('/apis/apps/v1/deployments')),
        statusOf(portal.get(secrets)),
        statusOf(scale(portal, 4)),
        statusOf(scale(operator, 4)),
        statusOf(operator.get(secrets)),
        statusOf(operator.delete(pod)),
        statusOf(
          operator.patch(`${DEPLOYMENTS}/backend`, {
            type: 'merge',
            body: { spec: { paused: true } },
          }),
        ),
      ]),
    ).toEqual([200, 403, 403, 200, 403, 403, 403]);
    await until(isWhole, 60);
  }, 90_000);

  it('show a pod that no node can take, and one that crashes with its last words', async () => {
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
        allocatable: { cpu: '8', memory: '16Gi', pods: '50' },
        capacity: { cpu: '8', memory: '16Gi', pods: '50' },
      },
    });
    const canary =
      '/api/v1/namespaces/cloud-native/pods?labelSelector=app.kubernetes.io%2Fname%3Dapi-canary';
    let pods: Pod[] = [];
    await until(async () => {
      pods = await portal.list<Pod>(canary);
      return (
        pods[0]?.status.containerStatuses?.[0].state.waiting?.reason ===
        'CrashLoopBackOff'
      );
    }, 60);
    expect(
      pods[0].status.containerStatuses![0].lastState.terminated!.exitCode,
    ).toBe(1);
    const log = await portal.text(
      `/api/v1/namespaces/cloud-native/pods/${pods[0].metadata.name}/log?container=api-canary&previous=true`,
    );
    expect(log).toContain('migration 0142_order_tags');
    const [stuck] = await portal.list<Pod>(
      '/api/v1/namespaces/records-service/pods?labelSelector=app.kubernetes.io%2Fname%3Drebuild-index-2026-11',
    );
    expect(stuck.status.phase).toBe('Pending');
    expect(stuck.status.conditions![0].reason).toBe('Unschedulable');
  }, 90_000);

  it('notice a dark zone, and move its pods to the others', async () => {
    await fault('POST', { zone: 'us-east-1a' });
    await until(async () => (await readyNodes())['us-east-1a'] === 0, 60);
    const before = await portal.list<Deployment>(DEPLOYMENTS);
    expect(before.every(({ spec }) => spec.replicas > 0)).toBe(true);
    // 30 s after their node was lost they are replaced.
    await until(isWhole, 120);
    await fault('DELETE', { zone: 'us-east-1a' });
    await until(async () => total(await readyNodes()) === 3, 60);
  }, 260_000);

  it('cannot be reached while their region is dark, each by itself', async () => {
    const standby = new KubernetesClient({
      url: sandbox.environment.K8S_STANDBY_URL,
      ca: Buffer.from(
        sandbox.environment.K8S_STANDBY_CA_DATA,
        'base64',
      ).toString(),
      token: sandbox.environment.K8S_STANDBY_TOKEN,
    });
    await fault('POST', { region: 'us-east-1' });
    expect(await statusOf(portal.get('/api/v1/nodes'))).toBe(0);
    expect(await statusOf(standby.get('/api/v1/nodes'))).toBe(200);
    await fault('DELETE', { region: 'us-east-1' });
    expect(await statusOf(portal.get('/api/v1/nodes'))).toBe(200);
    standby.close();
  }, 60_000);

  it('leave no process behind, and are as they were after the next start', async () => {
    await operator.patch(`${DEPLOYMENTS}/api-gateway/scale`, {
      type: 'merge',
      body: { spec: { replicas: 5 } },
    });
    const uid = async () =>
      (await portal.get<Deployment>(`${DEPLOYMENTS}/api-gateway`)).metadata.uid;
    const before = await uid();
    const { processes } = sandbox.kubernetes!;
    expect(processes).toHaveLength(9);
    [portal, operator, admin].forEach(client => client.close());
    await sandbox.stop();
    expect(
      processes.filter(({ running }) => isGroupAlive(running.pid)),
    ).toEqual([]);
    await start();
    expect(await uid()).toBe(before);
    const { spec } = await portal.get<Deployment>(`${DEPLOYMENTS}/api-gateway`);
    expect(spec.replicas).toBe(5);
    await until(isWhole, 60);
  }, 180_000);
});
