import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { OnboardingCheck } from '../types';
import { lookForBucket } from './lookForBucket';

export const stateBucketCheck: OnboardingCheck = {
  id: 'terraform-state',
  title: 'Terraform’s state bucket',
  action: 's3:ListBucket',
  isNeeded: true,
  applies: ({ terraform }) => terraform !== undefined,
  look: context =>
    lookForBucket(context, {
      bucket: context.terraform!.stateBucket,
      setting: 'infraScaffolder.terraform.stateBucket',
    }),
};

/** Where no table is configured, locks are files in the bucket, which the check of the bucket covers. */
export const stateLockCheck: OnboardingCheck = {
  id: 'terraform-lock',
  title: 'Terraform’s lock table',
  action: 'dynamodb:DescribeTable',
  isNeeded: true,
  applies: ({ terraform }) => terraform?.lockTable !== undefined,
  async look({ clientConfig, terraform, target, region, signal }) {
    const table = terraform!.lockTable!;
    const client = new DynamoDBClient(clientConfig);
    try {
      const { Table } = await client.send(
        new DescribeTableCommand({ TableName: table }),
        { abortSignal: signal },
      );
      const key = Table?.KeySchema?.map(each => each.AttributeName).join(', ');
      return key === 'LockID'
        ? { state: 'passed', found: `Table ${table} is there.` }
        : {
            state: 'failed',
            found: `Table ${table} has the key ${key}; Terraform needs LockID.`,
            mend: 'Name another table by infraScaffolder.terraform.lockTable, or leave it out: locks are then files in the bucket.',
          };
    } catch (error) {
      if ((error as Error).name !== 'ResourceNotFoundException') {
        throw error;
      }
      return {
        state: 'unknown',
        found: `There is no table ${table} in account ${target.accountId}, ${region}, yet. The portal makes it on first use; whether it may is seen only then.`,
        mend: 'Allow dynamodb:CreateTable on it, or make it.',
        command: `aws dynamodb create-table --region ${region} --table-name ${table} --billing-mode PAY_PER_REQUEST --attribute-definitions AttributeName=LockID,AttributeType=S --key-schema AttributeName=LockID,KeyType=HASH`,
      };
    } finally {
      client.destroy();
    }
  },
};
