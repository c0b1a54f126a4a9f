export interface Config {
  infraScaffolder?: {
    /** The CDK engine. */
    cdk?: {
      /**
       * Start the worker process with the back end, so that the first plan does not wait for it. Default true.
       * @visibility backend
       */
      prewarm?: boolean;
      /**
       * Heap limit of the worker process. Below 512 a synth becomes many times slower. Default 1024.
       * @visibility backend
       */
      heapMegabytes?: number;
      /**
       * A synth that takes longer is ended, and fails. Default 120.
       * @visibility backend
       */
      synthTimeoutSeconds?: number;
      /**
       * Where the worker keeps its files while it works. Default: the system's folder for temporary files.
       * @visibility backend
       */
      workingDirectory?: string;
      /**
       * How often a stack at work is asked for news; less often where AWS limits requests. Default 1000.
       * @visibility backend
       */
      pollIntervalMilliseconds?: number;
      /**
       * How long an apply keeps asking while AWS does not answer, before its step fails. Default 900.
       * @visibility backend
       */
      unreachableSeconds?: number;
    };
  };
}
