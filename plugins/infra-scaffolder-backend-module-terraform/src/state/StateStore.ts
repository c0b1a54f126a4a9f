import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import { isMissingObject } from './errors';
import { prepareBucket } from './prepareBucket';
import { parseLock, type StateLock } from './StateLock';
import { parseState, type TerraformState } from './terraformState';

/** Says that the bucket is as this version of the portal wants it. */
const PREPARED = 'slipway-prepared-1';

export interface StateStoreOptions {
  clientConfig: AwsClientConfig;
  accountId: string;
  bucket: string;
  kmsKeyId?: string;
}

/**
 * State and saved plans of an account's environments in a region. Both hold values in clear, so they are read here and
 * nowhere else, and nothing of them is logged. Every request says whose bucket it expects.
 */
export class StateStore {
  readonly bucket: string;
  readonly #client: S3Client;
  readonly #options: StateStoreOptions;

  static create(options: StateStoreOptions): StateStore {
    return new StateStore(options);
  }

  private constructor(options: StateStoreOptions) {
    this.bucket = options.bucket;
    this.#options = options;
    this.#client = new S3Client({
      ...options.clientConfig,
      forcePathStyle: options.clientConfig.endpoint !== undefined,
    });
  }

  stateKey(environmentId: string): string {
    return `environments/${environmentId}/terraform.tfstate`;
  }

  codeKey(environmentId: string): string {
    return `environments/${environmentId}/applied.json.gz`;
  }

  /** Of the code that a plan was made of. */
  planCodeKey(environmentId: string, runId: string, sha256: string): string {
    return `${planFolder(environmentId, runId)}${sha256}.json.gz`;
  }

  planKey(environmentId: string, runId: string, sha256: string): string {
    return `${planFolder(environmentId, runId)}${sha256}.tfplan`;
  }

  async isPrepared(): Promise<boolean> {
    return (await this.get(PREPARED)) !== undefined;
  }

  /** Makes the bucket where it is missing, and private. Safe to repeat. */
  async prepare(): Promise<void> {
    const { accountId, clientConfig, kmsKeyId } = this.#options;
    await prepareBucket(this.#client, {
      bucket: this.bucket,
      accountId,
      region: clientConfig.region,
      kmsKeyId,
    });
    await this.put(PREPARED, 'by slipway\n');
  }

  async readState(
    environmentId: string,
    signal?: AbortSignal,
  ): Promise<TerraformState | undefined> {
    const body = await this.get(this.stateKey(environmentId), signal);
    return body && parseState(body.toString('utf8'));
  }

  async readLock(
    environmentId: string,
    signal?: AbortSignal,
  ): Promise<StateLock | undefined> {
    const body = await this.get(
      `${this.stateKey(environmentId)}.tflock`,
      signal,
    );
    return body && parseLock(body.toString('utf8'));
  }

  /** Takes a lock file away if it is still the one that was seen. */
  async releaseLock(environmentId: string, lockId: string): Promise<void> {
    const lock = await this.readLock(environmentId);
    if (lock?.id === lockId) {
      await this.remove(`${this.stateKey(environmentId)}.tflock`);
    }
  }

  /** @returns undefined where there is no such object, or no bucket. */
  async get(key: string, signal?: AbortSignal): Promise<Buffer | undefined> {
    try {
      const { Body } = await this.#client.send(
        new GetObjectCommand({ ...this.#owned(), Key: key }),
        { abortSignal: signal },
      );
      return Body && Buffer.from(await Body.transformToByteArray());
    } catch (error) {
      if (isMissingObject(error)) {
        return undefined;
      }
      throw error;
    }
  }

  async put(key: string, body: Buffer | string): Promise<void> {
    const { kmsKeyId } = this.#options;
    await this.#client.send(
      new PutObjectCommand({
        ...this.#owned(),
        Key: key,
        Body: body,
        ...(kmsKeyId
          ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId }
          : { ServerSideEncryption: 'AES256' }),
      }),
    );
  }

  async remove(key: string): Promise<void> {
    await this.#client.send(
      new DeleteObjectCommand({ ...this.#owned(), Key: key }),
    );
  }

  /** Keys of the plans that a run saved. */
  async plansOf(
    environmentId: string,
    runId: string,
    signal?: AbortSignal,
  ): Promise<string[]> {
    try {
      const { Contents = [] } = await this.#client.send(
        new ListObjectsV2Command({
          ...this.#owned(),
          Prefix: planFolder(environmentId, runId),
        }),
        { abortSignal: signal },
      );
      return Contents.flatMap(({ Key }) => Key ?? []);
    } catch (error) {
      if (isMissingObject(error)) {
        return [];
      }
      throw error;
    }
  }

  #owned() {
    return {
      Bucket: this.bucket,
      ExpectedBucketOwner: this.#options.accountId,
    };
  }
}

function planFolder(environmentId: string, runId: string): string {
  return `plans/${environmentId}/${runId}/`;
}
