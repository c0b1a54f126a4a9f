/** Another back end has taken the run up since: nothing was written. */
export class LeaseLostError extends Error {
  constructor(runId: string) {
    super(
      `Run ${runId} is driven by another back end now; nothing was written`,
    );
    this.name = 'LeaseLostError';
  }
}

/** This engine was killed by a test: it must not touch anything any more. */
export class EngineDeadError extends Error {
  constructor() {
    super('The engine is dead');
    this.name = 'EngineDeadError';
  }
}
