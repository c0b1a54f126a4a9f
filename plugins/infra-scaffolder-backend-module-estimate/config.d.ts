export interface Config {
  infraScaffolder?: {
    /** What a plan costs. */
    estimate?: {
      /**
       * Other numbers than the portal assumes where a plan does not say, by the keys of data/assumptions.json, e.g.
       * `natGatewayGb: 400`.
       * @visibility backend
       */
      assumptions?: { [key: string]: string | number };
      /** Newer prices from AWS; without it the list that comes with the portal is used. */
      refresh?: {
        /**
         * One of `aws.targets`, whose role may call `pricing:GetProducts`.
         * @visibility backend
         */
        accountId: string;
        /**
         * Default 7.
         * @visibility backend
         */
        everyDays?: number;
      };
    };
  };
}
