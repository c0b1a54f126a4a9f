import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '../access/credentials';
import { PORTAL_NAMESPACE } from '../content/access';
import { OWNER_LABEL } from '../content/manifests';
import type { KubernetesObject } from '../content/types';
import { type MeasuredPod, metricsAnswer } from './metricsObjects';

const ROOT = '/apis/metrics.k8s.io/v1beta1';
const SERVICE = 'resource-metrics';

/**
 * Kubernetes' resource metrics API (`metrics.k8s.io`) for one cluster, in the place of metrics-server: machines that do
 * not exist can be measured by nobody, so what pods use follows the load of their system. The API server is told to ask
 * here, and autoscalers and pages ask it.
 */
export class MetricsApi {
  readonly #server: https.Server;
  readonly #credentials: Credentials;
  readonly #measure: () => Promise<MeasuredPod[]>;

  static async start(
    credentials: Credentials,
    measure: () => Promise<MeasuredPod[]>,
  ): Promise<MetricsApi> {
    const api = new MetricsApi(credentials, measure);
    await new Promise<void>((resolve, reject) => {
      api.#server.once('error', reject);
      api.#server.listen(0, '127.0.0.1', resolve);
    });
    return api;
  }

  private constructor(
    credentials: Credentials,
    measure: () => Promise<MeasuredPod[]>,
  ) {
    this.#credentials = credentials;
    this.#measure = measure;
    this.#server = https.createServer(
      { cert: credentials.certificate, key: credentials.privateKey },
      (request, response) => this.#answer(request, response),
    );
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** What tells the API server to ask here; the port is another one after each start. */
  manifests(): KubernetesObject[] {
    const { port } = this.#server.address() as AddressInfo;
    const { certificate } = this.#credentials;
    return [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: SERVICE,
          namespace: PORTAL_NAMESPACE,
          labels: OWNER_LABEL,
        },
        spec: { type: 'ExternalName', externalName: 'localhost' },
      },
      {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1beta1.metrics.k8s.io', labels: OWNER_LABEL },
        spec: {
          group: 'metrics.k8s.io',
          version: 'v1beta1',
          groupPriorityMinimum: 100,
          versionPriority: 100,
          caBundle: Buffer.from(certificate).toString('base64'),
          service: { name: SERVICE, namespace: PORTAL_NAMESPACE, port },
        },
      },
    ];
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'https://here');
    const send = (code: number, body: unknown) =>
      response
        .writeHead(code, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    const refuse = (code: number, message: string) =>
      send(code, {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        message,
        code,
      });
    if (pathname !== ROOT && !pathname.startsWith(`${ROOT}/`)) {
      refuse(404, `There is no ${pathname}.`);
      return;
    }
    try {
      const body = metricsAnswer(
        pathname.slice(ROOT.length),
        searchParams.get('labelSelector') ?? '',
        await this.#measure(),
        new Date().toISOString(),
      );
      if (body) {
        send(200, body);
      } else {
        refuse(404, `There is no ${pathname}.`);
      }
    } catch (error) {
      refuse(503, (error as Error).message);
    }
  }
}
