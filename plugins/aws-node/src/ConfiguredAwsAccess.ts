import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  type AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import packageJson from '../package.json';
import { readTargets } from './targets';
import type { AwsAccess, AwsClientConfig, AwsTarget } from './types';

const CONNECTION_TIMEOUT_MS = 3_000;
const SOCKET_TIMEOUT_MS = 20_000;
const MAX_ATTEMPTS = 3;

/** Outlives the clients that share it: one that is destroyed would else cut the calls of all others. */
class SharedHttpHandler extends NodeHttpHandler {
  override destroy(): void {}
}

/**
 * {@link AwsAccess} from `aws.targets` and `aws.endpoint`, with credentials as `@backstage/integration-aws-node`
 * finds them: static keys, profiles, or roles assumed by account.
 *
 * @public
 */
export class ConfiguredAwsAccess implements AwsAccess {
  readonly #targets: AwsTarget[];
  readonly #endpoint: string | undefined;
  readonly #credentials: AwsCredentialsManager;
  readonly #requestHandler: NodeHttpHandler;

  /** @throws InputError naming the key of `aws.targets` or `aws.endpoint` that is malformed. */
  static fromConfig(config: Config): ConfiguredAwsAccess {
    return new ConfiguredAwsAccess(
      readTargets(config),
      readEndpoint(config),
      DefaultAwsCredentialsManager.fromConfig(config),
    );
  }

  private constructor(
    targets: AwsTarget[],
    endpoint: string | undefined,
    credentials: AwsCredentialsManager,
  ) {
    this.#targets = targets;
    this.#endpoint = endpoint;
    this.#credentials = credentials;
    this.#requestHandler = new SharedHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      socketTimeout: SOCKET_TIMEOUT_MS,
    });
  }

  targets(): AwsTarget[] {
    return structuredClone(this.#targets);
  }

  target(accountId: string): AwsTarget {
    const target = this.#targets.find(each => each.accountId === accountId);
    if (!target) {
      throw new InputError(
        `AWS account ${accountId} is not among aws.targets. ${this.#known()}`,
      );
    }
    return structuredClone(target);
  }

  async clientConfig(options: {
    accountId: string;
    region: string;
  }): Promise<AwsClientConfig> {
    const { accountId, region } = options;
    const target = this.target(accountId);
    if (!target.regions.includes(region)) {
      throw new InputError(
        `Region ${region} is not among the regions of AWS account ${accountId} (${
          target.name
        }): ${target.regions.join(', ')}. Add it to aws.targets.`,
      );
    }
    const { sdkCredentialProvider } =
      await this.#credentials.getCredentialProvider({ accountId });
    return {
      region,
      credentials: sdkCredentialProvider,
      ...(this.#endpoint && { endpoint: this.#endpoint }),
      maxAttempts: MAX_ATTEMPTS,
      customUserAgent: `slipway/${packageJson.version}`,
      requestHandler: this.#requestHandler,
    };
  }

  #known(): string {
    if (this.#targets.length === 0) {
      return 'None is configured: add it with its regions.';
    }
    const known = this.#targets.map(each => `${each.accountId} (${each.name})`);
    return `Known are ${known.join(', ')}.`;
  }
}

function readEndpoint(config: Config): string | undefined {
  const endpoint = config.getOptionalString('aws.endpoint');
  if (endpoint !== undefined && !/^https?:\/\//.test(endpoint)) {
    throw new InputError(
      `aws.endpoint is "${endpoint}", which is not an address. Give an http:// or https:// URL, or leave it out to reach AWS itself.`,
    );
  }
  return endpoint;
}
