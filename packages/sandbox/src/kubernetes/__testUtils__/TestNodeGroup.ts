import {
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  type EC2ClientConfig,
} from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateNodegroupCommand,
  EKSClient,
  UpdateNodegroupConfigCommand,
} from '@aws-sdk/client-eks';
import { eventually } from '../../processes/processTable';

const NAMES = { clusterName: 'test', nodegroupName: 'main' };
const ROLE = 'arn:aws:iam::123456789012:role/test';
const BOUNDS = { minSize: 1, maxSize: 9 };
const LONGEST_MS = 30_000;

/** Tries until AWS takes it: nothing is changed while a change before is under way. */
async function untilTaken(send: () => Promise<unknown>): Promise<void> {
  let refusal: unknown;
  const wasTaken = await eventually(
    async () => {
      try {
        await send();
        return true;
      } catch (error) {
        refusal = error;
        return false;
      }
    },
    LONGEST_MS,
    300,
  );
  if (!wasTaken) {
    throw refusal;
  }
}

/** A node group in EKS, of a cluster of its own that belongs to a system. */
export class TestNodeGroup {
  readonly #eks: EKSClient;

  static async create(
    aws: EC2ClientConfig,
    options: { system: string; zones: string[]; desired: number },
  ): Promise<TestNodeGroup> {
    const subnets = await makeSubnets(new EC2Client(aws), options.zones);
    const eks = new EKSClient({ ...aws, maxAttempts: 1 });
    await eks.send(
      new CreateClusterCommand({
        name: NAMES.clusterName,
        version: '1.36',
        roleArn: ROLE,
        resourcesVpcConfig: { subnetIds: subnets },
        tags: { 'slipway:system': `system:default/${options.system}` },
      }),
    );
    await untilTaken(() =>
      eks.send(
        new CreateNodegroupCommand({
          ...NAMES,
          nodeRole: ROLE,
          subnets,
          instanceTypes: ['t3.large'],
          scalingConfig: { ...BOUNDS, desiredSize: options.desired },
        }),
      ),
    );
    return new TestNodeGroup(eks);
  }

  private constructor(eks: EKSClient) {
    this.#eks = eks;
  }

  scaleTo(desiredSize: number): Promise<void> {
    return untilTaken(() =>
      this.#eks.send(
        new UpdateNodegroupConfigCommand({
          ...NAMES,
          scalingConfig: { ...BOUNDS, desiredSize },
        }),
      ),
    );
  }
}

async function makeSubnets(ec2: EC2Client, zones: string[]) {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.90.0.0/16' }),
  );
  return Promise.all(
    zones.map(async (zone, index) => {
      const { Subnet } = await ec2.send(
        new CreateSubnetCommand({
          VpcId: Vpc!.VpcId,
          CidrBlock: `10.90.${index}.0/24`,
          AvailabilityZone: zone,
        }),
      );
      return Subnet!.SubnetId!;
    }),
  );
}
