import {
  CancelUpdateStackCommand,
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  paginateListChangeSets,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeAvailabilityZonesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import {
  type BucketContent,
  Buckets,
  Databases,
  type ProtectedDatabase,
} from '@slipway/plugin-infra-scaffolder-node';
import { readChangeSet, toChangeSetSummary } from './changeSet';
import {
  oldestFirst,
  toRequest,
  toStack,
  toStackEvent,
  toStackResource,
} from './mapping';
import { isAlreadyExists, isMissingStack } from './errors';
import { StackDrift } from '../drift/StackDrift';
import { StagingBucket } from './StagingBucket';
import type {
  ChangeSetDescription,
  ChangeSetSummary,
  CloudFormationGateway,
  EventsOptions,
  Stack,
  StackEvent,
  StackOperation,
  StackResource,
} from './types';

/** {@link CloudFormationGateway} on the AWS SDK. */
export class AwsCloudFormation implements CloudFormationGateway {
  readonly drift: StackDrift;
  readonly #client: CloudFormationClient;
  readonly #ec2: EC2Client;
  readonly #bucket: StagingBucket;
  readonly #databases: Databases;
  readonly #buckets: Buckets;

  static create(options: {
    clientConfig: AwsClientConfig;
    accountId: string;
    stagingBucket: string;
  }): AwsCloudFormation {
    return new AwsCloudFormation(
      new CloudFormationClient(options.clientConfig),
      new EC2Client(options.clientConfig),
      StagingBucket.create(options),
      Databases.create(options.clientConfig),
      Buckets.create(options.clientConfig, options.accountId),
    );
  }

  private constructor(
    client: CloudFormationClient,
    ec2: EC2Client,
    bucket: StagingBucket,
    databases: Databases,
    buckets: Buckets,
  ) {
    this.drift = new StackDrift(client);
    this.#client = client;
    this.#ec2 = ec2;
    this.#bucket = bucket;
    this.#databases = databases;
    this.#buckets = buckets;
  }

  async availabilityZones(signal?: AbortSignal): Promise<string[]> {
    const { AvailabilityZones = [] } = await this.#ec2.send(
      new DescribeAvailabilityZonesCommand({
        Filters: [
          { Name: 'state', Values: ['available'] },
          { Name: 'zone-type', Values: ['availability-zone'] },
        ],
      }),
      { abortSignal: signal },
    );
    return AvailabilityZones.flatMap(zone => zone.ZoneName ?? [])
      .sort()
      .slice(0, 3);
  }

  async describeStack(
    nameOrId: string,
    signal?: AbortSignal,
  ): Promise<Stack | undefined> {
    try {
      const { Stacks = [] } = await this.#client.send(
        new DescribeStacksCommand({ StackName: nameOrId }),
        { abortSignal: signal },
      );
      return Stacks[0] && toStack(Stacks[0]);
    } catch (error) {
      return undefinedWhereMissing(error);
    }
  }

  async getTemplate(
    nameOrId: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    try {
      const { TemplateBody } = await this.#client.send(
        new GetTemplateCommand({
          StackName: nameOrId,
          TemplateStage: 'Original',
        }),
        { abortSignal: signal },
      );
      return TemplateBody;
    } catch (error) {
      return undefinedWhereMissing(error);
    }
  }

  async listEvents(
    stackId: string,
    { since, known }: EventsOptions = {},
    signal?: AbortSignal,
  ): Promise<StackEvent[]> {
    // Newest first, and pages shift as events arrive: an event may come twice, none is missed.
    const events = new Map<string, StackEvent>();
    let token: string | undefined;
    do {
      const { StackEvents = [], NextToken } = await this.#client.send(
        new DescribeStackEventsCommand({
          StackName: stackId,
          NextToken: token,
        }),
        { abortSignal: signal },
      );
      let hasNews = false;
      for (const event of StackEvents.map(toStackEvent)) {
        if (event.id === since) {
          return oldestFirst(events);
        }
        if (!known?.has(event.id)) {
          hasNews = true;
          events.set(event.id, event);
        }
      }
      token = hasNews ? NextToken : undefined;
    } while (token);
    return oldestFirst(events);
  }

  async listResources(
    nameOrId: string,
    signal?: AbortSignal,
  ): Promise<StackResource[]> {
    const resources: StackResource[] = [];
    try {
      const pages = paginateListStackResources(
        { client: this.#client },
        { StackName: nameOrId },
        { abortSignal: signal },
      );
      for await (const page of pages) {
        for (const each of page.StackResourceSummaries ?? []) {
          resources.push(toStackResource(each));
        }
      }
    } catch (error) {
      undefinedWhereMissing(error);
    }
    return resources;
  }

  async createStack(operation: StackOperation): Promise<string> {
    try {
      const { StackId } = await this.#client.send(
        new CreateStackCommand({
          ...toRequest(operation),
          ClientRequestToken: operation.token,
          DisableRollback: false,
        }),
      );
      return StackId ?? operation.stackName;
    } catch (error) {
      if (isAlreadyExists(error)) {
        const made = await this.#madeBy(operation);
        if (made) {
          return made;
        }
      }
      throw error;
    }
  }

  async #madeBy({
    stackName,
    token,
  }: StackOperation): Promise<string | undefined> {
    const stack = await this.describeStack(stackName);
    const [first] = stack ? await this.listEvents(stack.id) : [];
    return first?.token === token ? stack?.id : undefined;
  }

  async deleteStack(stackId: string, token: string): Promise<void> {
    await this.#client.send(
      new DeleteStackCommand({ StackName: stackId, ClientRequestToken: token }),
    );
  }

  async cancelUpdate(stackId: string, token: string): Promise<void> {
    await this.#client.send(
      new CancelUpdateStackCommand({
        StackName: stackId,
        ClientRequestToken: token,
      }),
    );
  }

  async createChangeSet(
    name: string,
    operation: StackOperation & { revertDrift?: boolean },
  ): Promise<{ id: string }> {
    const { Id } = await this.#client.send(
      new CreateChangeSetCommand({
        ...toRequest(operation),
        ChangeSetName: name,
        ChangeSetType: 'UPDATE',
        ...(operation.revertDrift && { DeploymentMode: 'REVERT_DRIFT' }),
        ClientToken: operation.token,
      }),
    );
    return { id: Id ?? name };
  }

  async describeChangeSet(
    stackName: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<ChangeSetDescription | undefined> {
    try {
      return await readChangeSet(this.#client, stackName, name, signal);
    } catch (error) {
      return undefinedWhereMissing(error);
    }
  }

  async executeChangeSet(id: string, token: string): Promise<void> {
    await this.#client.send(
      new ExecuteChangeSetCommand({
        ChangeSetName: id,
        ClientRequestToken: token,
      }),
    );
  }

  async listChangeSets(
    stackName: string,
    signal?: AbortSignal,
  ): Promise<ChangeSetSummary[]> {
    const found: ChangeSetSummary[] = [];
    try {
      const pages = paginateListChangeSets(
        { client: this.#client },
        { StackName: stackName },
        { abortSignal: signal },
      );
      for await (const page of pages) {
        for (const each of page.Summaries ?? []) {
          found.push(toChangeSetSummary(each));
        }
      }
    } catch (error) {
      undefinedWhereMissing(error);
    }
    return found;
  }

  async deleteChangeSet(id: string): Promise<void> {
    try {
      await this.#client.send(
        new DeleteChangeSetCommand({ ChangeSetName: id }),
      );
    } catch (error) {
      undefinedWhereMissing(error);
    }
  }

  isStaged(key: string, signal?: AbortSignal): Promise<boolean> {
    return this.#bucket.has(key, signal);
  }

  prepareStagingBucket(): Promise<void> {
    return this.#bucket.prepare();
  }

  stage(key: string, body: string): Promise<void> {
    return this.#bucket.put(key, body);
  }

  stagedUrl(key: string): string {
    return this.#bucket.url(key);
  }

  isDeletionProtected(
    database: ProtectedDatabase,
    signal?: AbortSignal,
  ): Promise<boolean> {
    return this.#databases.isProtected(database, signal);
  }

  allowDeletion(database: ProtectedDatabase): Promise<void> {
    return this.#databases.allowDeletion(database);
  }

  bucketContent(bucket: string, signal?: AbortSignal): Promise<BucketContent> {
    return this.#buckets.content(bucket, signal);
  }

  deleteObjects(bucket: string, most: number): Promise<number> {
    return this.#buckets.deleteObjects(bucket, most);
  }
}

function undefinedWhereMissing(error: unknown): undefined {
  if (isMissingStack(error)) {
    return undefined;
  }
  throw error;
}
