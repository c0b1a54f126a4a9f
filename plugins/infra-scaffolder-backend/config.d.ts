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
  };
}
