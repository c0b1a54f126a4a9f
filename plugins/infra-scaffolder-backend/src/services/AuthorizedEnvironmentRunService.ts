import { NotFoundError } from '@backstage/errors';
import {
  infraEnvironmentDestroyPermission,
  infraEnvironmentUpdatePermission,
} from '@slipway/plugin-infra-scaffolder-common';
import type { DefaultEnvironmentRunService } from './DefaultEnvironmentRunService';
import type { EnvironmentAuthorizer } from './EnvironmentAuthorizer';
import { inputsOf } from './environmentRun';
import type { As, EnvironmentRunService, PersonCommand } from './types';

/**
 * Lets through what the permission policy allows on the environment that a run works on. Stopping a run takes the right to
 * update; moving a destroy forward takes the right to destroy.
 */
export class AuthorizedEnvironmentRunService implements EnvironmentRunService {
  readonly #inner: DefaultEnvironmentRunService;
  readonly #authorizer: EnvironmentAuthorizer;

  static create(options: {
    inner: DefaultEnvironmentRunService;
    authorizer: EnvironmentAuthorizer;
  }): AuthorizedEnvironmentRunService {
    return new AuthorizedEnvironmentRunService(options);
  }

  private constructor(options: {
    inner: DefaultEnvironmentRunService;
    authorizer: EnvironmentAuthorizer;
  }) {
    this.#inner = options.inner;
    this.#authorizer = options.authorizer;
  }

  async get(runId: string, { credentials }: As) {
    const found = await this.#inner.get(runId).catch(error => {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    });
    const environment = await this.#authorizer.assertReadable(
      found?.environment,
      `run ${runId}`,
      credentials,
    );
    return { run: found!.run, environment };
  }

  async plan(runId: string, as: As) {
    await this.get(runId, as);
    return this.#inner.plan(runId);
  }

  async events(runId: string, options: As & { after: number }) {
    await this.get(runId, options);
    return this.#inner.events(runId, options);
  }

  async confirm(runId: string, planHash: string, as: As) {
    await this.#assert(runId, 'confirm the plan for', true, as);
    return this.#inner.confirm(runId, planHash, as);
  }

  async command(runId: string, command: PersonCommand, as: As) {
    const goesOn = command.type === 'retry' || command.type === 'skip';
    await this.#assert(runId, `${command.type} the run on`, goesOn, as);
    return this.#inner.command(runId, command, as);
  }

  async #assert(runId: string, deed: string, goesOn: boolean, as: As) {
    const { run, environment } = await this.get(runId, as);
    await this.#authorizer.assertAllowed(
      goesOn && inputsOf(run).operation === 'destroy'
        ? infraEnvironmentDestroyPermission
        : infraEnvironmentUpdatePermission,
      environment,
      deed,
      as.credentials,
    );
  }
}
