import { InputError } from '@backstage/errors';
import {
  checkBlueprint,
  type Blueprint,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  BlueprintRegistration,
  InfraBlueprintsExtensionPoint,
} from '@slipway/plugin-infra-scaffolder-node';

function byVersion(a: BlueprintRegistration, b: BlueprintRegistration) {
  return a.blueprint.version.localeCompare(b.blueprint.version, 'en-US', {
    numeric: true,
  });
}

/** The blueprints that modules brought, each version well-formed. */
export class BlueprintRegistry implements InfraBlueprintsExtensionPoint {
  readonly #registrations: BlueprintRegistration[] = [];

  static create(): BlueprintRegistry {
    return new BlueprintRegistry();
  }

  private constructor() {}

  addBlueprint(registration: BlueprintRegistration): void {
    const { blueprint } = registration;
    const name = `Blueprint ${blueprint.id} ${blueprint.version}`;
    if (this.find(blueprint.id, blueprint.version)) {
      throw new Error(
        `${name} is registered twice. Remove one of the modules that bring it.`,
      );
    }
    const problems = checkBlueprint(blueprint);
    if (problems.length > 0) {
      throw new Error(`${name} is not well-formed: ${problems.join('; ')}.`);
    }
    this.#registrations.push(registration);
    this.#registrations.sort(byVersion);
  }

  /** Every version of every blueprint. */
  list(): Blueprint[] {
    return this.#registrations.map(registration => registration.blueprint);
  }

  /** In the order of their versions; empty where nobody brought the blueprint. */
  versionsOf(id: string): string[] {
    return this.#registrations
      .filter(registration => registration.blueprint.id === id)
      .map(registration => registration.blueprint.version);
  }

  find(id: string, version: string): BlueprintRegistration | undefined {
    return this.#registrations.find(
      ({ blueprint }) => blueprint.id === id && blueprint.version === version,
    );
  }

  /** @throws InputError naming what is missing and what there is. */
  get(id: string, version: string): BlueprintRegistration {
    const registration = this.find(id, version);
    if (!registration) {
      throw new InputError(
        `Blueprint ${id} ${version} is not installed in this portal. Installed: ${
          this.#registrations
            .map(({ blueprint }) => `${blueprint.id} ${blueprint.version}`)
            .join(', ') || 'none'
        }.`,
      );
    }
    return registration;
  }
}
