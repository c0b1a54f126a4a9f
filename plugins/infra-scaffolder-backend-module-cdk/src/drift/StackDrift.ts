import {
  type CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
  paginateDescribeStackResourceDrifts,
} from '@aws-sdk/client-cloudformation';
import type { DriftGateway } from '../aws/types';
import type { DetectionStatus, ResourceDrift } from './types';

/** CloudFormation's own comparison of a stack with what is there. */
export class StackDrift implements DriftGateway {
  readonly #client: CloudFormationClient;

  constructor(client: CloudFormationClient) {
    this.#client = client;
  }

  async begin(stackId: string, signal?: AbortSignal): Promise<string> {
    const { StackDriftDetectionId } = await this.#client.send(
      new DetectStackDriftCommand({ StackName: stackId }),
      { abortSignal: signal },
    );
    return StackDriftDetectionId ?? '';
  }

  async status(
    detectionId: string,
    signal?: AbortSignal,
  ): Promise<DetectionStatus> {
    const { DetectionStatus: status, DetectionStatusReason: reason } =
      await this.#client.send(
        new DescribeStackDriftDetectionStatusCommand({
          StackDriftDetectionId: detectionId,
        }),
        { abortSignal: signal },
      );
    return { status: status ?? '', ...(reason && { reason }) };
  }

  /** Of the resources that were checked. */
  async resources(
    stackId: string,
    signal?: AbortSignal,
  ): Promise<ResourceDrift[]> {
    const found: ResourceDrift[] = [];
    const pages = paginateDescribeStackResourceDrifts(
      { client: this.#client },
      { StackName: stackId },
      { abortSignal: signal },
    );
    for await (const page of pages) {
      found.push(...(page.StackResourceDrifts ?? []).map(toResourceDrift));
    }
    return found;
  }
}

function toResourceDrift(drift: StackResourceDrift): ResourceDrift {
  return {
    logicalId: drift.LogicalResourceId ?? '',
    physicalId: drift.PhysicalResourceId,
    type: drift.ResourceType ?? '',
    status: drift.StackResourceDriftStatus ?? '',
    reason: drift.DriftStatusReason,
    expected: drift.ExpectedProperties,
    actual: drift.ActualProperties,
    differences: (drift.PropertyDifferences ?? []).map(each => ({
      pointer: each.PropertyPath ?? '',
      kind: each.DifferenceType ?? '',
    })),
  };
}
