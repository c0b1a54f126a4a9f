import {
  type CfnElement,
  LegacyStackSynthesizer,
  Stack,
  Tags,
  Validations,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Pinned here, so that a template does not depend on who runs the app; the last puts construct paths into it. */
const FEATURE_FLAGS = [
  '@aws-cdk/aws-iam:minimizePolicies',
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy',
  '@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope',
  '@aws-cdk/core:enablePartitionLiterals',
  'aws:cdk:enable-path-metadata',
];

/** @public */
export interface EnvironmentStackProps {
  stackName: string;
  accountId: string;
  region: string;
  description: string;
  /** On every resource that takes tags. */
  tags: Record<string, string>;
}

/**
 * The stack of one environment. It needs no bootstrap and no assets, it names no CDK version in its template,
 * and its logical ids are the construct path in Pascal case without a hash (`network/vpc` → `NetworkVpc`), so that
 * plans and event logs can be read and one input always gives one template.
 *
 * @public
 */
export class EnvironmentStack extends Stack {
  constructor(scope: Construct, props: EnvironmentStackProps) {
    super(scope, 'environment', {
      stackName: props.stackName,
      description: props.description,
      env: { account: props.accountId, region: props.region },
      synthesizer: new LegacyStackSynthesizer(),
      analyticsReporting: false,
    });
    for (const flag of FEATURE_FLAGS) {
      this.node.setContext(flag, true);
    }
    Validations.of(this).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason:
        'Zones are an input; looking them up would need the network at synthesis.',
    });
    for (const key of Object.keys(props.tags).sort()) {
      Tags.of(this).add(key, props.tags[key]);
    }
  }

  protected allocateLogicalId(element: CfnElement): string {
    return element.node.path
      .split('/')
      .slice(this.node.path.split('/').length)
      .filter(part => part !== 'Resource' && part !== 'Default')
      .flatMap(part => part.split(/[^A-Za-z0-9]+/))
      .filter(Boolean)
      .map(part => part[0].toUpperCase() + part.slice(1))
      .join('');
  }
}
