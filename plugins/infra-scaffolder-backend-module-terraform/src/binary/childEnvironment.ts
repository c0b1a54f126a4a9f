import type { AwsCredentialIdentity } from '@aws-sdk/types';

/** Variables that Terraform shares with the back end; no other one crosses, so that no secret does. */
const SHARED_VARIABLES = [
  'PATH',
  'LANG',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/** Credentials of one process for one account; they end by themselves where AWS gave them a time. */
export interface ChildCredentials {
  region: string;
  endpoint?: string;
  credentials: AwsCredentialIdentity;
}

/** What a Terraform process knows: its folders, and where there are, its credentials. */
export function childEnvironment(options: {
  home: string;
  dataFolder: string;
  cliConfigurationFile: string;
  aws?: ChildCredentials;
}): NodeJS.ProcessEnv {
  const { home, dataFolder, cliConfigurationFile, aws } = options;
  return {
    ...Object.fromEntries(
      SHARED_VARIABLES.flatMap(name => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    HOME: home,
    TMPDIR: home,
    TF_DATA_DIR: dataFolder,
    TF_CLI_CONFIG_FILE: cliConfigurationFile,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(aws && {
      AWS_REGION: aws.region,
      AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
      ...(aws.credentials.sessionToken && {
        AWS_SESSION_TOKEN: aws.credentials.sessionToken,
      }),
      ...(aws.endpoint && { AWS_ENDPOINT_URL: aws.endpoint }),
    }),
  };
}
