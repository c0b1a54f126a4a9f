import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** For what moves slowly; no data is neither good nor bad. */
export const FIVE_MINUTES = {
  periodSeconds: 300,
  missingData: TreatMissingData.MISSING,
};
