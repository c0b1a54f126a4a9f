export interface Config {
  infraScaffolder?: {
    /** Policies that plans are held to. */
    policy?: {
      /** The rules that come with the module. Default true. */
      starterRules?: boolean;
      /** Folders with rules (`*.cedar`) and types (`*.cedarschema`) of your own; relative to the working directory. */
      directories?: string[];
      /** What becomes of a rule, by its id, in place of what its file says. */
      effects?: { [rule: string]: 'deny' | 'warn' | 'off' };
      /** Which sizes of blueprints are which stage. A size that is named nowhere is production. */
      stages?: {
        /** Default: dev, small. */
        development?: string[];
        /** Default: staging. */
        staging?: string[];
        /** Default: prod, standby. */
        production?: string[];
      };
      /** What the environments of a team may come to a month, all together. */
      monthlyCeilings?: {
        /** For teams that are not named, in US dollars. Default: none. */
        defaultUsd?: number;
        teams?: Array<{
          /** Entity reference of the group. */
          team: string;
          usd: number;
        }>;
      };
    };
  };
}
