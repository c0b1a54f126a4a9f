import https from 'node:https';
import type { KubernetesObject } from '../content/types';
import type { ClusterAddress } from './ClusterAddress';
import { pathOf } from './resourcePath';

const TIMEOUT_MS = 15_000;

/** An answer of the API server that is no success. */
export class KubernetesError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'KubernetesError';
    this.status = status;
  }
}

interface Patch {
  type: 'merge' | 'apply';
  body: unknown;
}

const PATCH_TYPES: Record<Patch['type'], string> = {
  merge: 'application/merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

/** The few calls to an API server that the sandbox makes; JSON throughout. */
export class KubernetesClient {
  readonly #address: ClusterAddress;
  readonly #agent: https.Agent;

  constructor(address: ClusterAddress) {
    this.#address = address;
    this.#agent = new https.Agent({
      keepAlive: true,
      maxSockets: 8,
      ca: address.ca,
      ...address.clientCertificate,
    });
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path);
  }

  /** An answer that is not JSON, such as a log. */
  text(path: string): Promise<string> {
    return this.#send('GET', path);
  }

  async list<T>(path: string): Promise<T[]> {
    const { items } = await this.get<{ items: T[] | null }>(path);
    return items ?? [];
  }

  /** Undefined where there is none by that name. */
  async read<T extends KubernetesObject>(
    object: KubernetesObject,
  ): Promise<T | undefined> {
    try {
      return await this.get<T>(pathOf(object));
    } catch (error) {
      if (error instanceof KubernetesError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  create<T>(path: string, body: unknown): Promise<T> {
    return this.#call<T>('POST', path, 'application/json', body);
  }

  /** Server-side apply: fields that others own stay theirs unless `object` names them. */
  apply(object: KubernetesObject): Promise<KubernetesObject> {
    return this.patch(
      `${pathOf(object)}?fieldManager=slipway-sandbox&force=true`,
      { type: 'apply', body: object },
    );
  }

  patch<T>(path: string, { type, body }: Patch): Promise<T> {
    return this.#call<T>('PATCH', path, PATCH_TYPES[type], body);
  }

  /** Says nothing when it is already gone. */
  async delete(path: string): Promise<void> {
    try {
      await this.#call('DELETE', path);
    } catch (error) {
      if (!(error instanceof KubernetesError && error.status === 404)) {
        throw error;
      }
    }
  }

  /** Whether the API server says of itself that it is ready. */
  async isReady(): Promise<boolean> {
    try {
      await this.#send('GET', '/readyz');
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #call<T>(
    method: string,
    path: string,
    type?: string,
    body?: unknown,
  ): Promise<T> {
    return JSON.parse(await this.#send(method, path, type, body)) as T;
  }

  #send(
    method: string,
    path: string,
    type?: string,
    body?: unknown,
  ): Promise<string> {
    const { url, token } = this.#address;
    return new Promise((resolve, reject) => {
      const request = https.request(
        `${url}${path}`,
        {
          method,
          agent: this.#agent,
          timeout: TIMEOUT_MS,
          headers: {
            accept: 'application/json',
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(type ? { 'content-type': type } : {}),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const status = response.statusCode ?? 0;
            if (status >= 200 && status < 300) {
              resolve(text);
            } else {
              const words = `${method} ${path}: ${messageOf(text, status)}`;
              reject(new KubernetesError(status, words));
            }
          });
        },
      );
      request.on('timeout', () =>
        request.destroy(
          new Error(`${method} ${path}: no answer in ${TIMEOUT_MS / 1000} s`),
        ),
      );
      request.on('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function messageOf(text: string, status: number): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? `${status}`;
  } catch {
    return `${status} ${text.slice(0, 200)}`;
  }
}
