import type { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnRotationSchedule,
  CfnSecretTargetAttachment,
  type Secret,
} from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { generatedSecret } from '../secrets/secret';

/** @public */
export interface AuroraLoginProps {
  key: IKey;
  /**
   * Without it RDS keeps and rotates the password itself, which it does not do for clusters of a global database.
   */
  secret?: {
    name: string;
    databaseName: string;
    /** Region that gets a copy, for a second cluster there. */
    replicaRegion?: string;
    rotation?: SecretRotation;
  };
}

/** A function of the account that changes the password, and how often. @public */
export interface SecretRotation {
  functionArn: string;
  days: number;
}

const MASTER_USER = 'slipway';

/** Administrator of an Aurora cluster: by a secret of ours, or by one that RDS keeps (rows 001-15, 003-10). */
export class AuroraLogin extends Construct {
  readonly properties: {
    masterUsername: string;
    masterUserPassword?: string;
    manageMasterUserPassword?: boolean;
    masterUserSecret?: { kmsKeyId: string };
  };
  readonly #secret?: Secret;

  constructor(scope: Construct, id: string, { key, secret }: AuroraLoginProps) {
    super(scope, id);
    if (!secret) {
      this.properties = {
        masterUsername: MASTER_USER,
        manageMasterUserPassword: true,
        masterUserSecret: { kmsKeyId: key.keyArn },
      };
      return;
    }
    this.#secret = generatedSecret(this, 'secret', {
      name: secret.name,
      description: `Administrator of the database ${secret.databaseName}`,
      key,
      fields: { username: MASTER_USER, dbname: secret.databaseName },
      generatedField: 'password',
      length: 40,
      replicaRegion: secret.replicaRegion,
    });
    const read = (field: string) =>
      this.#secret!.secretValueFromJson(field).unsafeUnwrap();
    this.properties = {
      masterUsername: read('username'),
      masterUserPassword: read('password'),
    };
    if (secret.rotation) {
      rotate(this, 'rotation', this.#secret, secret.rotation);
    }
  }

  /** Puts the cluster's address into the secret, which rotation reads. */
  attach(cluster: CfnDBCluster): void {
    if (!this.#secret) return;
    const attachment = new CfnSecretTargetAttachment(this, 'attachment', {
      secretId: this.#secret.secretArn,
      targetId: cluster.ref,
      targetType: 'AWS::RDS::DBCluster',
    });
    this.node.tryFindChild('rotation')?.node.addDependency(attachment);
  }

  secretArn(cluster: CfnDBCluster): string {
    return this.#secret?.secretArn ?? cluster.attrMasterUserSecretSecretArn;
  }
}

/** Rotates a secret by a function that the account has. @public */
export function rotate(
  scope: Construct,
  id: string,
  secret: Secret,
  rotation: SecretRotation,
): void {
  new CfnRotationSchedule(scope, id, {
    secretId: secret.secretArn,
    rotationLambdaArn: rotation.functionArn,
    rotationRules: { automaticallyAfterDays: rotation.days },
  });
}
