export interface Config {
  portal?: {
    /**
     * Which groups hold which role: full entity references such as `group:default/storefront`. A person may hold
     * several roles, and none. What each may do is in this package's `policyTable.ts`.
     */
    roles?: {
      developer?: string[];
      sre?: string[];
      finops?: string[];
      approver?: string[];
      admin?: string[];
    };
  };
}
