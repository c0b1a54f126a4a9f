import type { JsonObject } from '@backstage/types';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import { pascal, pathOf } from './naming';
import { describeProperties, type TypeDescription } from './properties';
import { compute } from './services/compute';
import { data } from './services/data';
import { ec2 } from './services/ec2';
import { edge } from './services/edge';
import { operations } from './services/operations';
import { storage } from './services/storage';

const DESCRIPTIONS: Record<string, TypeDescription> = {
  ...compute,
  ...data,
  ...ec2,
  ...edge,
  ...operations,
  ...storage,
};

/** CloudFormation's name of a Terraform type: from the tables, else by the general rule. */
export function typeOf(terraformType: string): string {
  return descriptionOf(terraformType).type;
}

/** What a resource is, in CloudFormation's words. */
export function describeResource(resource: {
  address: string;
  type: string;
  attributes: JsonObject;
}): DescribedResource {
  const description = descriptionOf(resource.type);
  return {
    logicalId: resource.address,
    type: description.type,
    path: pathOf(resource.address),
    properties: describeProperties(description, resource.attributes),
  };
}

/** `aws_backup_vault` → `AWS::Backup::Vault`; one of another provider, `random_password` → `Random::Password`. */
function descriptionOf(terraformType: string): TypeDescription {
  const known = DESCRIPTIONS[terraformType];
  if (known) {
    return known;
  }
  const [provider, service, ...rest] = terraformType.split('_');
  return {
    type:
      provider === 'aws'
        ? `AWS::${pascal(service)}::${pascal(rest.join('_') || service)}`
        : `${pascal(provider)}::${pascal([service, ...rest].join('_'))}`,
  };
}
