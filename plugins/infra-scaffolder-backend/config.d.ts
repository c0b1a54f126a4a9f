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
