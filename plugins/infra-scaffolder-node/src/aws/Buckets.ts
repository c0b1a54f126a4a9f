import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import { errorName } from './errors';

/** What a bucket holds, as one look tells it. @public */
export interface BucketContent {
  /** Versions and delete markers counted, up to 1,000. */
  objects: number;
  isMore: boolean;
}

/** As many as S3 lists, and deletes, in one request. */
const PAGE = 1000;

/** What buckets hold. Every request says whose bucket it expects. @public */
export class Buckets {
  readonly #client: S3Client;
  readonly #accountId: string;

  static create(clientConfig: AwsClientConfig, accountId: string): Buckets {
    return new Buckets(
      new S3Client({
        ...clientConfig,
        forcePathStyle: clientConfig.endpoint !== undefined,
      }),
      accountId,
    );
  }

  private constructor(client: S3Client, accountId: string) {
    this.#client = client;
    this.#accountId = accountId;
  }

  /** A bucket that is not there holds nothing. */
  async content(bucket: string, signal?: AbortSignal): Promise<BucketContent> {
    const { keys, isMore } = await this.#page(bucket, signal);
    return { objects: keys.length, isMore };
  }

  /**
   * Deletes objects with all their versions, up to about the given number. Safe to repeat.
   *
   * @returns how many were deleted
   * @throws Error with S3's words where it refuses to delete one
   */
  async deleteObjects(bucket: string, most: number): Promise<number> {
    let deleted = 0;
    while (deleted < most) {
      const { keys } = await this.#page(bucket);
      if (keys.length === 0) {
        break;
      }
      const { Errors = [] } = await this.#client.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          ExpectedBucketOwner: this.#accountId,
          Delete: { Objects: keys, Quiet: true },
        }),
      );
      if (Errors.length > 0) {
        const [{ Key, Code, Message }] = Errors;
        throw Object.assign(
          new Error(`${bucket}/${Key} cannot be deleted: ${Message ?? Code}`),
          { name: Code ?? 'DeleteObjectsFailed' },
        );
      }
      deleted += keys.length;
    }
    return deleted;
  }

  async #page(bucket: string, signal?: AbortSignal) {
    try {
      const page = await this.#client.send(
        new ListObjectVersionsCommand({
          Bucket: bucket,
          ExpectedBucketOwner: this.#accountId,
          MaxKeys: PAGE,
        }),
        { abortSignal: signal },
      );
      return {
        keys: [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(
          ({ Key, VersionId }) => ({ Key, VersionId }),
        ),
        isMore: page.IsTruncated === true,
      };
    } catch (error) {
      if (errorName(error) === 'NoSuchBucket') {
        return { keys: [], isMore: false };
      }
      throw error;
    }
  }
}
