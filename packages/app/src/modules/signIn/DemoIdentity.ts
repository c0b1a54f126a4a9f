import type { IdentityApi } from '@backstage/frontend-plugin-api';
import { forgetPerson } from './session';

/** Identity of a demonstration person; signing out leads back to the choice of people. */
export class DemoIdentity implements IdentityApi {
  readonly #inner: IdentityApi;

  static create(inner: IdentityApi): DemoIdentity {
    return new DemoIdentity(inner);
  }

  private constructor(inner: IdentityApi) {
    this.#inner = inner;
  }

  getProfileInfo() {
    return this.#inner.getProfileInfo();
  }

  getBackstageIdentity() {
    return this.#inner.getBackstageIdentity();
  }

  getCredentials() {
    return this.#inner.getCredentials();
  }

  async signOut() {
    forgetPerson();
    await this.#inner.signOut();
  }
}
