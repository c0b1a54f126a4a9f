import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { CheckContext, Verdict } from '../types';
import { statusOf } from './verdictOfError';

/**
 * A bucket that the portal makes where it is not there yet. The owner is asked for, so that somebody else's bucket of
 * that name is refused. {@link https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html}
 */
export async function lookForBucket(
  { clientConfig, target, region, signal }: CheckContext,
  { bucket, setting }: { bucket: string; setting: string },
): Promise<Verdict> {
  const client = new S3Client({
    ...clientConfig,
    forcePathStyle: clientConfig.endpoint !== undefined,
  });
  try {
    await client.send(
      new HeadBucketCommand({
        Bucket: bucket,
        ExpectedBucketOwner: target.accountId,
      }),
      { abortSignal: signal },
    );
    return { state: 'passed', found: `Bucket ${bucket} is there.` };
  } catch (error) {
    switch (statusOf(error)) {
      case 404:
        return {
          state: 'unknown',
          found: `Bucket ${bucket} is not there yet. The portal makes it on first use; whether it may is seen only then.`,
          mend: `Allow s3:CreateBucket on arn:aws:s3:::${bucket}, or make it.`,
          command: `aws s3api create-bucket --bucket ${bucket} --region ${region}${
            region === 'us-east-1'
              ? ''
              : ` --create-bucket-configuration LocationConstraint=${region}`
          }`,
        };
      case 403:
        return {
          state: 'failed',
          found: `The portal’s role may not see bucket ${bucket}, or it belongs to another account.`,
          mend: `Allow s3:ListBucket on arn:aws:s3:::${bucket}. If it is somebody else’s, give another name by ${setting}.`,
        };
      case 301:
        return {
          state: 'failed',
          found: `Bucket ${bucket} is in another region than ${region}.`,
          mend: `Give another name by ${setting}, with {region} in it.`,
        };
      default:
        throw error;
    }
  } finally {
    client.destroy();
  }
}
