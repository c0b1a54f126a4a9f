export interface Config {
  app?: {
    /** How people sign in where `auth.providers.demo` is not configured. */
    signIn?: {
      /**
       * Name of the organisation's identity provider, on the button: `Sign in with <title>`.
       * @visibility frontend
       */
      title?: string;
    };
  };
  auth?: {
    /**
     * Which block of a provider's configuration is used.
     * @visibility frontend
     */
    environment?: string;
    providers?: {
      /** @deepVisibility frontend */
      demo?: {
        people: Array<{
          name: string;
          displayName: string;
          role: string;
          team: string;
          summary: string;
        }>;
      };
    };
  };
}
