export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in as one of a few demonstration people, without a password. Development only: a back end
       * in production mode refuses to start while this block is there (set it to null).
       */
      demo?: {
        people: Array<{
          /** Name of a User entity in the namespace `default`. */
          name: string;
          displayName: string;
          /** What the person is, e.g. `Developer`. */
          role: string;
          team: string;
          /** One sentence: what the person may do. */
          summary: string;
        }>;
      };
    };
  };
}
