import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { orNothing, unlessThere } from '../ensure';
import { SWITCH_BUCKET, SWITCH_REGION } from '../names';
import { locationOf } from './buckets';

/**
 * The bucket of the switches. Its objects can be read by anyone, because Route 53's checkers sign nothing; whether one
 * is there is all that they say.
 */
export async function makeSwitches(s3: S3Client): Promise<void> {
  const Bucket = SWITCH_BUCKET;
  // The policy comes last: one that has it is whole.
  if (await orNothing(s3.send(new GetBucketPolicyCommand({ Bucket })))) {
    return;
  }
  await unlessThere(() =>
    s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: locationOf(SWITCH_REGION),
      }),
    ),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: false,
      },
    }),
  );
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'CheckersReadSwitches',
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: `arn:aws:s3:::${Bucket}/*`,
          },
        ],
      }),
    }),
  );
}
