export interface Config {
  aws?: {
    /**
     * Address that answers in place of AWS's own endpoints, for every service, e.g. a sandbox's gateway or a private
     * endpoint. Left out, AWS is reached as usual.
     * @visibility backend
     */
    endpoint?: string;

    /**
     * The accounts that the portal may work in. How it gets credentials for them is said by `accounts`, `accountDefaults`
     * and `mainAccount` (see `@backstage/integration-aws-node`).
     */
    targets?: Array<{
      /**
       * 12 digits, in quotes.
       * @visibility backend
       */
      accountId: string;
      /**
       * What people call the account, e.g. `production`.
       * @visibility backend
       */
      name: string;
      /**
       * Regions that environments may be made in; at least one.
       * @visibility backend
       */
      regions: string[];
      /**
       * Sizes of blueprints allowed here, e.g. `[dev, small]`; left out, all are.
       * @visibility backend
       */
      sizes?: string[];
      /**
       * Bucket for templates on their way to CloudFormation; `{accountId}` and `{region}` are filled in.
       * Default `slipway-staging-{accountId}-{region}`; made on first use, in the account itself.
       * @visibility backend
       */
      stagingBucket?: string;
      /**
       * What may be made here at most. Asked for when an environment is asked for; what is left out is not limited.
       */
      quotas?: {
        /**
         * Living environments.
         * @visibility backend
         */
        environments?: number;
        /**
         * Living environments of one owner.
         * @visibility backend
         */
        environmentsPerOwner?: number;
        /**
         * USD; an account whose environments are estimated to cost this much a month takes no new one.
         * @visibility backend
         */
        monthlyUsd?: number | string;
      };
    }>;
  };
}
