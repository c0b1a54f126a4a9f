import { randomBytes } from 'node:crypto';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { unlessThere } from '../ensure';
import { environmentOf, tagList } from '../tags';
import type { Site } from './site';

/** Who a database belongs to, by name and password. */
export interface DatabaseLogin {
  username: string;
  password: string;
}

/** The login of a system's database, in Secrets Manager of its home region and replicated to where it may serve too. */
export async function makeDatabaseLogin(home: Site): Promise<DatabaseLogin> {
  const client = home.client(SecretsManagerClient);
  const Name = `${environmentOf(home.system)}/database`;
  const login: DatabaseLogin = {
    username: 'apiuser',
    password: randomBytes(18).toString('base64url'),
  };
  const standbys = Object.entries(home.system.regions)
    .filter(([region, { network }]) => region !== home.region && network)
    .map(([region]) => region);
  await unlessThere(() =>
    client.send(
      new CreateSecretCommand({
        Name,
        Description: `Login of the database of ${home.system.name}`,
        SecretString: JSON.stringify(login),
        Tags: tagList(home.system),
      }),
    ),
  );
  await replicate(client, Name, standbys);
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: Name }),
  );
  return JSON.parse(SecretString!) as DatabaseLogin;
}

async function replicate(
  client: SecretsManagerClient,
  SecretId: string,
  regions: string[],
): Promise<void> {
  const { ReplicationStatus = [] } = await client.send(
    new DescribeSecretCommand({ SecretId }),
  );
  const missing = regions.filter(
    region => !ReplicationStatus.some(({ Region }) => Region === region),
  );
  if (missing.length > 0) {
    await client.send(
      new ReplicateSecretToRegionsCommand({
        SecretId,
        AddReplicaRegions: missing.map(Region => ({ Region })),
      }),
    );
  }
}
