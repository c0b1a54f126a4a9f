import { CfnBackupPlan, CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** @public */
export interface DailyBackupsProps {
  name: string;
  accountId: string;
  region: string;
  /** Vault of the account; a stack that owned it could not be deleted while it holds anything. */
  vaultName: string;
  /** Vault of another region or account that gets a copy of each. */
  copyVaultArn?: string;
  keepDays: number;
  /** What is backed up by name, e.g. ARNs of databases. */
  resourceArns: string[];
  /** What is backed up by tag, e.g. volumes that pods asked for. */
  tag?: { key: string; value: string };
}

/**
 * A full backup a day of databases and volumes into a vault that outlives the environment, with a copy elsewhere
 * (rows 000-22, 001-31, 002-16, 003-20).
 *
 * @public
 */
export class DailyBackups extends Construct {
  constructor(scope: Construct, id: string, props: DailyBackupsProps) {
    super(scope, id);
    const lifecycle = { deleteAfterDays: props.keepDays };
    const plan = new CfnBackupPlan(this, 'plan', {
      backupPlan: {
        backupPlanName: props.name,
        backupPlanRule: [
          {
            ruleName: 'daily',
            targetBackupVault: props.vaultName,
            scheduleExpression: 'cron(0 5 * * ? *)',
            startWindowMinutes: 60,
            completionWindowMinutes: 480,
            lifecycle,
            copyActions: props.copyVaultArn
              ? [{ destinationBackupVaultArn: props.copyVaultArn, lifecycle }]
              : undefined,
          },
        ],
      },
    });
    const role = new Role(this, 'role', {
      description: `Backs up ${props.name}`,
      assumedBy: new ServicePrincipal('backup.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': props.accountId } },
      }),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName(
          'service-role/AWSBackupServiceRolePolicyForBackup',
        ),
      ],
    });
    if (props.resourceArns.length > 0) {
      this.#select('by-name', plan, role, {
        resources: props.resourceArns,
      });
    }
    if (props.tag) {
      this.#select('by-tag', plan, role, {
        resources: [`arn:${Aws.PARTITION}:ec2:*:*:volume/*`],
        conditions: {
          StringEquals: [
            {
              ConditionKey: `aws:ResourceTag/${props.tag.key}`,
              ConditionValue: props.tag.value,
            },
          ],
        },
      });
    }
  }

  #select(
    selectionName: string,
    plan: CfnBackupPlan,
    role: Role,
    what: { resources: string[]; conditions?: object },
  ): void {
    new CfnBackupSelection(this, selectionName, {
      backupPlanId: plan.ref,
      backupSelection: {
        selectionName,
        iamRoleArn: role.roleArn,
        ...what,
      },
    });
  }
}
