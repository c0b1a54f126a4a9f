import { policiesPath } from '../services/paths';
import type { Announcer } from '../services/Announcer';
import type { ExemptionStore } from './types';

const WARN_BEFORE_MS = 7 * 24 * 60 * 60 * 1000;

/** Tells who answers for an exemption, once, that it is about to expire. */
export class ExpiryWarner {
  readonly #options: { exemptions: ExemptionStore; announcer: Announcer };

  static create(options: {
    exemptions: ExemptionStore;
    announcer: Announcer;
  }): ExpiryWarner {
    return new ExpiryWarner(options);
  }

  private constructor(options: {
    exemptions: ExemptionStore;
    announcer: Announcer;
  }) {
    this.#options = options;
  }

  async warn(now: Date): Promise<void> {
    const { exemptions, announcer } = this.#options;
    const before = new Date(now.getTime() + WARN_BEFORE_MS);
    for (const exemption of await exemptions.takeExpiring(before, now)) {
      const { rule, environment, owner, expiresAt } = exemption;
      await announcer.notifyAll([owner], {
        except: [],
        title: `The exemption from ${rule} ends soon`,
        description: `In ${
          environment?.name ?? 'every environment'
        }, at ${expiresAt}. Mend what it lets through, or have it exempted again: plans that are against the rule are refused from then on.`,
        link: policiesPath(),
        severity: 'normal',
      });
    }
  }
}
