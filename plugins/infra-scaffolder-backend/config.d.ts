export interface Config {
  infraScaffolder?: {
    /**
     * IPv4 blocks out of which addresses for environments are proposed, in order. Default: `[10.0.0.0/8]`.
     */
    cidrPools?: string[];
    /**
     * IPv4 blocks that no environment may take, e.g. an office network that environments are connected to.
     */
    reservedCidrs?: Array<{
      cidr: string;
      /** What the block is used for; said to people who ask for it. */
      title: string;
    }>;
    /**
     * Which plans somebody else than their author has to approve before they are applied.
     */
    approvals?: {
      /** Sizes that are production. Default: `[prod, production, standby]`. */
      productionSizes?: string[];
      /** Ids of accounts in which everything is production. Default: none. */
      productionAccounts?: string[];
      /** Whether creating and changing production is to be approved. Default: true. */
      production?: boolean;
      /** Which destroys are to be approved. Default: `production`. */
      destroy?: 'always' | 'production' | 'never';
      /** USD; a plan that raises the monthly cost to more is to be approved. `false`: none. Default: 1000. */
      monthlyAboveUsd?: number | string | false;
      /** Whether replacing a database, or deleting one of several, is to be approved. Default: true. */
      replacedDatabase?: boolean;
      /** Days after which a plan that nobody approved and applied lapses; at most 90. Default: 7. */
      lapsesAfterDays?: number;
      /** Entity references of people and groups who are told that a plan awaits approval. Default: nobody. */
      notify?: string[];
    };
    /**
     * Times in which nothing is applied, beside those that people keep in the portal. Times are UTC, e.g.
     * `2026-11-27T00:00:00Z`; a list that is empty or left out covers all.
     */
    freezes?: Array<{
      title: string;
      from: string;
      until: string;
      accountIds?: string[];
      sizes?: string[];
      systems?: string[];
    }>;
    /**
     * How long environments live, by size, in days. What is given replaces all of the defaults; a size that is left out
     * does not end by itself, and sizes and accounts that are production (see approvals) never do.
     * Default: `dev` 7, at most 30; `small` 14, at most 60; `staging` 30, at most 90.
     */
    lifetime?: {
      [size: string]: {
        /** What the form offers. */
        defaultDays: number;
        /** The most that one can ask for, and what a click on Extend sets. */
        maxDays: number;
      };
    };
    /** Checks whether environments are still as they were applied. */
    drift?: {
      /** Whether they are made on schedule; on demand they are always possible. Default: true. */
      enabled?: boolean;
      /** How often each environment is checked. Default: 360. */
      intervalMinutes?: number;
      /** How many environments are checked at a time. Default: 2. */
      concurrency?: number;
      /** After how long a check is given up. Default: 30. */
      timeoutMinutes?: number;
    };
  };
}
