import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  Repository,
  RepositoryEncryption,
  TagMutability,
  TagStatus,
} from 'aws-cdk-lib/aws-ecr';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * A registry of one service's images (rows 004-22, 004-38): scanned when pushed, tags that never move, encrypted,
 * old images cleaned up. Its images go with the environment.
 *
 * @public
 */
export function imageRepository(
  scope: Construct,
  id: string,
  props: { name: string; key: IKey },
): Repository {
  return new Repository(scope, id, {
    repositoryName: props.name,
    imageScanOnPush: true,
    imageTagMutability: TagMutability.IMMUTABLE,
    encryption: RepositoryEncryption.KMS,
    encryptionKey: props.key,
    emptyOnDelete: true,
    removalPolicy: RemovalPolicy.DESTROY,
    lifecycleRules: [
      {
        rulePriority: 1,
        description: 'Untagged images go after a week',
        tagStatus: TagStatus.UNTAGGED,
        maxImageAge: Duration.days(7),
      },
      {
        rulePriority: 2,
        description: 'The last 50 images stay',
        tagStatus: TagStatus.ANY,
        maxImageCount: 50,
      },
    ],
  });
}
