import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { ANSWER_WITHIN_MS } from '../world/footprint/clients';

/** The AWS of one account and region, as an experiment's role reaches it: past every fault. */
export class AwsClients {
  readonly autoScaling: AutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly elastiCache: ElastiCacheClient;
  readonly rds: RDSClient;
  readonly s3: S3Client;

  /** @param endpoint - of the emulator itself */
  constructor(endpoint: string, account: string, region: string) {
    const settings = {
      endpoint,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'fis' },
      maxAttempts: 2,
      requestHandler: {
        requestTimeout: ANSWER_WITHIN_MS,
        throwOnRequestTimeout: true,
      },
    };
    this.autoScaling = new AutoScalingClient(settings);
    this.cloudWatch = new CloudWatchClient(settings);
    this.ec2 = new EC2Client(settings);
    this.eks = new EKSClient(settings);
    this.elastiCache = new ElastiCacheClient(settings);
    this.rds = new RDSClient(settings);
    this.s3 = new S3Client({ ...settings, forcePathStyle: true });
  }
}
