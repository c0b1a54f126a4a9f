import { type AwsAccess, stagingBucketOf } from '@slipway/plugin-aws-node';
import { toStepFailure } from '@slipway/plugin-infra-scaffolder-node';
import { AwsCloudFormation } from './AwsCloudFormation';
import type { CloudFormationGateway, CloudFormationGateways } from './types';

/** One gateway for each account and region, kept with its connections. */
export class ConfiguredGateways implements CloudFormationGateways {
  readonly #aws: AwsAccess;
  readonly #gateways = new Map<string, Promise<CloudFormationGateway>>();

  static create(aws: AwsAccess): ConfiguredGateways {
    return new ConfiguredGateways(aws);
  }

  private constructor(aws: AwsAccess) {
    this.#aws = aws;
  }

  async of(target: {
    accountId: string;
    region: string;
  }): Promise<CloudFormationGateway> {
    const key = `${target.accountId}/${target.region}`;
    const known = this.#gateways.get(key);
    if (known) {
      return known;
    }
    const made = this.#make(target);
    this.#gateways.set(key, made);
    try {
      return await made;
    } catch (error) {
      this.#gateways.delete(key);
      throw toStepFailure(error, { ...target, doing: 'signing in' });
    }
  }

  async #make({
    accountId,
    region,
  }: {
    accountId: string;
    region: string;
  }): Promise<CloudFormationGateway> {
    return AwsCloudFormation.create({
      clientConfig: await this.#aws.clientConfig({ accountId, region }),
      accountId,
      stagingBucket: stagingBucketOf(this.#aws.target(accountId), region),
    });
  }
}
