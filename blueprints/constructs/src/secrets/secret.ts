import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** @public */
export interface GeneratedSecretProps {
  /** e.g. `shop-dev/database`. */
  name: string;
  description: string;
  key: IKey;
  /** Fixed parts of the JSON, e.g. `{ username }`. */
  fields?: Record<string, string>;
  /** The generated part. */
  generatedField: string;
  length: number;
  /** Region that gets a copy under the same name. */
  replicaRegion?: string;
}

/**
 * A secret that Secrets Manager makes up; it stands in no template, log or plan (row 004-18).
 *
 * @public
 */
export function generatedSecret(
  scope: Construct,
  id: string,
  props: GeneratedSecretProps,
): Secret {
  return new Secret(scope, id, {
    secretName: props.name,
    description: props.description,
    encryptionKey: props.key,
    removalPolicy: RemovalPolicy.DESTROY,
    replicaRegions: props.replicaRegion
      ? [{ region: props.replicaRegion }]
      : undefined,
    generateSecretString: {
      secretStringTemplate: JSON.stringify(props.fields ?? {}),
      generateStringKey: props.generatedField,
      passwordLength: props.length,
      excludePunctuation: true,
    },
  });
}
