import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import { errorName } from '@slipway/plugin-infra-scaffolder-node';

const KEEP_DAYS = 30;

/**
 * Templates on their way to CloudFormation, by the hash of their content. Every request says whose bucket it expects,
 * so that a bucket of the same name in somebody else's account is refused.
 */
export class StagingBucket {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #accountId: string;
  readonly #region: string;
  readonly #endpoint: string | undefined;

  static create(options: {
    clientConfig: AwsClientConfig;
    accountId: string;
    stagingBucket: string;
  }): StagingBucket {
    return new StagingBucket(options);
  }

  private constructor(options: {
    clientConfig: AwsClientConfig;
    accountId: string;
    stagingBucket: string;
  }) {
    const { clientConfig, accountId, stagingBucket } = options;
    this.#client = new S3Client({
      ...clientConfig,
      forcePathStyle: clientConfig.endpoint !== undefined,
    });
    this.#bucket = stagingBucket;
    this.#accountId = accountId;
    this.#region = clientConfig.region;
    this.#endpoint = clientConfig.endpoint;
  }

  async has(key: string, signal?: AbortSignal): Promise<boolean> {
    try {
      await this.#client.send(
        new HeadObjectCommand({ ...this.#owned(), Key: key }),
        { abortSignal: signal },
      );
      return true;
    } catch (error) {
      if (
        ['NotFound', 'NoSuchKey', 'NoSuchBucket'].includes(errorName(error))
      ) {
        return false;
      }
      throw error;
    }
  }

  /** Safe to repeat. */
  async prepare(): Promise<void> {
    try {
      await this.#client.send(
        new CreateBucketCommand({
          Bucket: this.#bucket,
          ...(this.#region !== 'us-east-1' && {
            CreateBucketConfiguration: {
              LocationConstraint: this.#region as BucketLocationConstraint,
            },
          }),
        }),
      );
    } catch (error) {
      if (errorName(error) !== 'BucketAlreadyOwnedByYou') {
        throw error;
      }
    }
    await this.#client.send(
      new PutPublicAccessBlockCommand({
        ...this.#owned(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    );
    await this.#client.send(
      new PutBucketLifecycleConfigurationCommand({
        ...this.#owned(),
        LifecycleConfiguration: {
          Rules: [
            {
              ID: 'forget-staged-templates',
              Status: 'Enabled',
              Filter: { Prefix: '' },
              Expiration: { Days: KEEP_DAYS },
            },
          ],
        },
      }),
    );
  }

  async put(key: string, body: string): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        ...this.#owned(),
        Key: key,
        Body: body,
        ContentType: 'application/json',
      }),
    );
  }

  url(key: string): string {
    return this.#endpoint
      ? `${this.#endpoint.replace(/\/$/, '')}/${this.#bucket}/${key}`
      : `https://s3.${this.#region}.${dnsSuffix(this.#region)}/${
          this.#bucket
        }/${key}`;
  }

  #owned() {
    return { Bucket: this.#bucket, ExpectedBucketOwner: this.#accountId };
  }
}

function dnsSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
