import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import type { Construct } from 'constructs';

/**
 * IAM Access Analyzer: tells of every role, key, bucket, queue and secret of the account and region that somebody outside
 * the account can reach (row 003-35). AWS allows one an account and region.
 *
 * @public
 */
export function accessAnalyzer(
  scope: Construct,
  id: string,
  { name }: { name: string },
): CfnAnalyzer {
  return new CfnAnalyzer(scope, id, { analyzerName: name, type: 'ACCOUNT' });
}
