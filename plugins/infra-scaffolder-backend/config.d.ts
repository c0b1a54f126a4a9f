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
     * How long environments live, by size, in days. A size that is left out does not expire.
     * Default: `dev` 7, at most 30; `staging` 30, at most 90.
     */
    lifetime?: {
      [size: string]: {
        /** What the form offers. */
        defaultDays: number;
        /** The most one can ask for, and what an extension sets. */
        maxDays: number;
      };
    };
  };
}
