import type { PostgresConnection } from '../postgres/PostgresServer';
import type { SandboxPorts } from './types';

/** The account and region that the sandbox's credentials stand for. */
export const SANDBOX_ACCOUNT = '123456789012';
const SANDBOX_REGION = 'us-east-1';

/** What a program needs to know to use the sandbox's database. */
export function postgresEnvironment(
  connection: PostgresConnection,
): Record<string, string> {
  return {
    POSTGRES_HOST: connection.host,
    POSTGRES_PORT: `${connection.port}`,
    POSTGRES_USER: connection.user,
    POSTGRES_PASSWORD: connection.password,
  };
}

/** What any AWS SDK, CLI, CDK or Terraform needs to know to use the sandbox's AWS. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: SANDBOX_REGION,
    AWS_DEFAULT_REGION: SANDBOX_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Lays the ports that were found free over the configuration files, for back end and app alike. */
export function portalEnvironment(
  ports: Pick<SandboxPorts, 'backend' | 'app'>,
): Record<string, string> {
  const appUrl = `http://localhost:${ports.app}`;
  const backendUrl = `http://localhost:${ports.backend}`;
  return {
    APP_CONFIG_app_baseUrl: JSON.stringify(appUrl),
    // One back end serves one build: nothing older needs to be kept in the database.
    APP_CONFIG_app_disableStaticFallbackCache: 'true',
    APP_CONFIG_backend_baseUrl: JSON.stringify(backendUrl),
    APP_CONFIG_backend_listen_host: JSON.stringify('127.0.0.1'),
    APP_CONFIG_backend_listen_port: `${ports.backend}`,
    APP_CONFIG_backend_cors_origin: JSON.stringify(appUrl),
  };
}

/**
 * The environment without what would send the portal to a real account: a developer's own AWS settings, and settings of
 * other tools that mean something to Backstage.
 */
export function withoutForeignSettings(
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) =>
        !/^(AWS_|APP_CONFIG_|POSTGRES_|PROMETHEUS_URL$|ALERTMANAGER_URL$|NODE_OPTIONS$)/.test(
          name,
        ),
    ),
  );
}
