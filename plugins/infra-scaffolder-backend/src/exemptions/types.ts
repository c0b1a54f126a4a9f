import type {
  Exemption,
  NewExemption,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import type { As } from '../services/types';

/** Exemptions from policies. A row is never deleted. */
export interface ExemptionStore {
  insert(
    exemption: NewExemption & { id: string },
    by: { askedBy: string; isGranted: boolean; at: Date },
  ): Promise<void>;
  find(id: string, now: Date): Promise<Exemption | undefined>;
  /** Newest first, at most 500; of an environment: those that are about it, and those that are about all. */
  list(environmentId: string | undefined, now: Date): Promise<Exemption[]>;
  /** Those that were ever granted and are about the environment, so that one can say which held at a moment. */
  granted(environmentId: string, now: Date): Promise<Exemption[]>;
  /** @returns whether it was: false where it does not await a decision any more. */
  grant(id: string, by: string, at: Date): Promise<boolean>;
  /** @returns whether it was: false where it has ended already. */
  end(id: string, by: string, at: Date): Promise<boolean>;
  /**
   * Marks those that expire before a moment as told, and says which they are, so that of several that ask each is told
   * by one.
   */
  takeExpiring(before: Date, now: Date): Promise<Exemption[]>;
}

/** What plans are held to, and what is let through in spite of it, as people see and change it. */
export interface ExemptionService {
  /** Not checked: no module holds plans to rules. */
  policies(): { items: PolicyRule[]; isChecked: boolean };
  list(environmentId: string | undefined, as: As): Promise<Exemption[]>;
  /** In an environment whose author the person is: not themselves. */
  mayGrant(environmentId: string | undefined, as: As): Promise<boolean>;
  /** @throws RequestIssuesError, NotAllowedError */
  grant(exemption: NewExemption, as: As): Promise<Exemption>;
  /** For an environment that the person looks after. @throws RequestIssuesError, NotAllowedError */
  ask(exemption: NewExemption, as: As): Promise<Exemption>;
  /** @throws ConflictError where it does not await a decision any more. */
  grantAsked(id: string, as: As): Promise<Exemption>;
  /** Declines what was asked for, takes back what holds. Who asked may take the question back. @throws ConflictError */
  end(id: string, as: As): Promise<Exemption>;
}
