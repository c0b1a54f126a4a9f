import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  DeleteItemCommand,
  GetItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import { errorName } from '@slipway/plugin-infra-scaffolder-node';
import { parseLock, type StateLock } from './StateLock';

const CREATE_SECONDS = 120;

/** Locks of states in a table of DynamoDB, as Terraform's S3 backend keeps them there. */
export class LockTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  static create(options: {
    clientConfig: AwsClientConfig;
    table: string;
  }): LockTable {
    return new LockTable(
      new DynamoDBClient(options.clientConfig),
      options.table,
    );
  }

  private constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async isThere(): Promise<boolean> {
    try {
      const { Table } = await this.#client.send(
        new DescribeTableCommand({ TableName: this.#table }),
      );
      return Table?.TableStatus === 'ACTIVE';
    } catch (error) {
      if (errorName(error) === 'ResourceNotFoundException') {
        return false;
      }
      throw error;
    }
  }

  /** Makes the table where it is missing. Safe to repeat. */
  async prepare(): Promise<void> {
    try {
      await this.#client.send(
        new CreateTableCommand({
          TableName: this.#table,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'LockID', AttributeType: 'S' },
          ],
          KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
          SSESpecification: { Enabled: true },
          DeletionProtectionEnabled: true,
        }),
      );
    } catch (error) {
      if (errorName(error) !== 'ResourceInUseException') {
        throw error;
      }
    }
    await waitUntilTableExists(
      { client: this.#client, maxWaitTime: CREATE_SECONDS },
      { TableName: this.#table },
    );
  }

  async read(
    lockId: string,
    signal?: AbortSignal,
  ): Promise<StateLock | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#table,
        Key: { LockID: { S: lockId } },
        ConsistentRead: true,
      }),
      { abortSignal: signal },
    );
    return Item?.Info?.S ? parseLock(Item.Info.S) : undefined;
  }

  /** Takes a lock away if it is still the one that was seen. */
  async release(lockId: string, id: string): Promise<void> {
    try {
      await this.#client.send(
        new DeleteItemCommand({
          TableName: this.#table,
          Key: { LockID: { S: lockId } },
          ConditionExpression: 'contains(Info, :id)',
          ExpressionAttributeValues: { ':id': { S: id } },
        }),
      );
    } catch (error) {
      if (errorName(error) !== 'ConditionalCheckFailedException') {
        throw error;
      }
    }
  }
}
