import type {
  Dependent,
  DestroyReceipt,
  Environment,
  LifetimeApi,
  LifetimeRules,
} from '@slipway/plugin-infra-scaffolder-common';
import { HttpBackEnd, type HttpOptions } from './HttpBackEnd';

function pathOf(environmentId: string): string {
  return `/environments/${encodeURIComponent(environmentId)}`;
}

/** Lifetimes over HTTP. */
export class LifetimeClient implements LifetimeApi {
  readonly #backEnd: HttpBackEnd;

  static create(options: HttpOptions): LifetimeClient {
    return new LifetimeClient(new HttpBackEnd(options));
  }

  private constructor(backEnd: HttpBackEnd) {
    this.#backEnd = backEnd;
  }

  getLifetimes() {
    return this.#backEnd.get<LifetimeRules>('/lifetimes');
  }

  extendEnvironment(environmentId: string) {
    return this.#backEnd.post<Environment>(`${pathOf(environmentId)}/extend`);
  }

  listDependents(environmentId: string) {
    return this.#backEnd.get<{ items: Dependent[]; mayOverride: boolean }>(
      `${pathOf(environmentId)}/dependents`,
    );
  }

  destroyDespiteDependents(
    environmentId: string,
    confirmName: string,
    reason: string,
  ) {
    return this.#backEnd.post<{ runId: string }>(
      `${pathOf(environmentId)}/destroy`,
      { confirmName, despiteDependents: reason },
    );
  }

  async getReceipt(environmentId: string) {
    const path = `${pathOf(environmentId)}/receipt`;
    return (await this.#backEnd.get<{ receipt: DestroyReceipt | null }>(path))
      .receipt;
  }

  scanLeftovers(environmentId: string) {
    return this.#backEnd.post<DestroyReceipt>(
      `${pathOf(environmentId)}/receipt/scan`,
    );
  }
}
