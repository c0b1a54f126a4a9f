import type { PlanApproval } from './approval';
import { compareDecimals } from './decimals';
import type { Plan } from './types';

/** Which plans somebody else has to approve. @public */
export interface ApprovalPolicy {
  /** Sizes that are production. */
  productionSizes: string[];
  /** Accounts in which everything is production. */
  productionAccounts: string[];
  /** Whether each change of production is to be approved. */
  production: boolean;
  /** Which destroys are to be approved. */
  destroy: 'always' | 'production' | 'never';
  /** Decimal text in USD; a plan that raises the monthly cost to more than this is to be approved. Undefined: none. */
  monthlyAboveUsd?: string;
  /** Whether a plan that replaces a database, or deletes one of an environment that stays, is to be approved. */
  replacedDatabase: boolean;
  /** Days after which a plan that awaits approval, or was approved, lapses. */
  lapsesAfterDays: number;
}

/** @public */
export const DEFAULT_APPROVAL_POLICY: ApprovalPolicy = {
  productionSizes: ['prod', 'production', 'standby'],
  productionAccounts: [],
  production: true,
  destroy: 'production',
  monthlyAboveUsd: '1000',
  replacedDatabase: true,
  lapsesAfterDays: 7,
};

/** What of a plan, and of where it is to be applied, decides whether it is to be approved. @public */
export interface PlanToApprove {
  plan: Pick<Plan, 'operation' | 'changes' | 'estimate'>;
  accountId: string;
  /** As it is to become. */
  size: string;
  /** As it is before; of a new environment the same. */
  sizeBefore: string;
  /** A module prices plans, and could not price this one. */
  costIsUnknown: boolean;
  /**
   * Nobody began it today: consent to it was given when the environment was created, e.g. to its expiry. It spares only
   * what is not production.
   */
  isUnattended: boolean;
}

/** By the names of CloudFormation and of Terraform's AWS provider: changes carry their engine's name. */
const DATABASES = new Set([
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::RDS::GlobalCluster',
  'AWS::DocDB::DBCluster',
  'AWS::DocDB::DBInstance',
  'AWS::Neptune::DBCluster',
  'AWS::Neptune::DBInstance',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Redshift::Cluster',
  'AWS::OpenSearchService::Domain',
  'AWS::Timestream::Database',
  'AWS::Timestream::Table',
  'aws_db_instance',
  'aws_rds_cluster',
  'aws_rds_cluster_instance',
  'aws_rds_global_cluster',
  'aws_docdb_cluster',
  'aws_docdb_cluster_instance',
  'aws_neptune_cluster',
  'aws_neptune_cluster_instance',
  'aws_dynamodb_table',
  'aws_redshift_cluster',
  'aws_opensearch_domain',
  'aws_timestreamwrite_database',
  'aws_timestreamwrite_table',
]);

const MILLISECONDS_OF_A_DAY = 24 * 60 * 60 * 1000;

/** For people only; never compared or added. */
function dollars(usd: string): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: /^\d+(\.0*)?$/.test(usd) ? 0 : 2,
  }).format(Number(usd));
}

function costReasons(
  { plan, costIsUnknown }: PlanToApprove,
  { monthlyAboveUsd }: ApprovalPolicy,
): string[] {
  if (monthlyAboveUsd === undefined || plan.operation === 'destroy') {
    return [];
  }
  if (!plan.estimate) {
    return costIsUnknown ? ['What it costs could not be worked out'] : [];
  }
  const { monthlyUsd, monthlyBeforeUsd } = plan.estimate;
  const isAbove = compareDecimals(monthlyUsd, monthlyAboveUsd) > 0;
  const rises = compareDecimals(monthlyUsd, monthlyBeforeUsd) > 0;
  return isAbove && rises
    ? [`${dollars(monthlyUsd)} a month is above ${dollars(monthlyAboveUsd)}`]
    : [];
}

function databaseReasons({ plan }: PlanToApprove): string[] {
  if (plan.operation === 'destroy') {
    return [];
  }
  return plan.changes
    .filter(({ type }) => DATABASES.has(type))
    .flatMap(({ action, path }) => {
      if (action === 'replace') {
        return [`Replaces the database ${path}`];
      }
      return action === 'delete' ? [`Deletes the database ${path}`] : [];
    });
}

/** @public */
export function isProduction(
  { accountId, sizes }: { accountId: string; sizes: string[] },
  policy: Pick<ApprovalPolicy, 'productionAccounts' | 'productionSizes'>,
): boolean {
  return (
    policy.productionAccounts.includes(accountId) ||
    sizes.some(size => policy.productionSizes.includes(size))
  );
}

/**
 * Why somebody else has to approve the plan, and until when; undefined where nobody has to.
 * @param at - when the plan was made.
 * @public
 */
export function approvalOf(
  subject: PlanToApprove,
  policy: ApprovalPolicy,
  at: Date,
): PlanApproval | undefined {
  const { operation } = subject.plan;
  const production = isProduction(
    {
      accountId: subject.accountId,
      sizes: [subject.size, subject.sizeBefore],
    },
    policy,
  );
  const reasons: string[] = [];
  if (operation === 'destroy') {
    const asks =
      policy.destroy === 'production'
        ? production
        : policy.destroy === 'always' && (production || !subject.isUnattended);
    if (asks) {
      reasons.push(
        production
          ? 'Destroys a production environment'
          : 'Destroys an environment',
      );
    }
  } else if (policy.production && production) {
    reasons.push(
      operation === 'create'
        ? 'Creates a production environment'
        : 'Changes a production environment',
    );
  }
  reasons.push(...costReasons(subject, policy));
  if (policy.replacedDatabase) {
    reasons.push(...databaseReasons(subject));
  }
  return reasons.length === 0
    ? undefined
    : {
        reasons,
        expiresAt: new Date(
          at.getTime() + policy.lapsesAfterDays * MILLISECONDS_OF_A_DAY,
        ).toISOString(),
      };
}

/**
 * Why this person may not decide, whatever their rights; undefined where nothing is against it. Only people decide: a
 * plugin or an agent never does.
 * @public
 */
export function whyMayNotDecide(
  actor: string,
  authors: readonly string[],
): string | undefined {
  if (!actor.startsWith('user:')) {
    return 'Only a person may decide on a plan.';
  }
  return authors.includes(actor)
    ? 'You asked for this or confirmed it. Somebody else has to decide.'
    : undefined;
}
