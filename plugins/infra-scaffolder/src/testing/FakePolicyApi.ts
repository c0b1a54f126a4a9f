import type {
  AppliedFindings,
  Exemption,
  InfraApi,
  NewExemption,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import { sampleRules } from './samplePolicies';

type PolicyApi = Pick<
  InfraApi,
  | 'listPolicies'
  | 'getAppliedFindings'
  | 'listExemptions'
  | 'grantExemption'
  | 'askForExemption'
  | 'grantAskedExemption'
  | 'endExemption'
>;

/** What of the back end in memory is about policies and exemptions from them. */
export class FakePolicyApi implements PolicyApi {
  rules: PolicyRule[] = sampleRules;
  isChecked = true;
  exemptions: Exemption[] = [];
  appliedFindings: AppliedFindings | null = null;
  mayGrant = true;
  /** Every call that changes something, as it was made. */
  readonly calls: Array<[string, ...unknown[]]> = [];
  /** Thrown by every reading, once set. */
  failure?: Error;

  async listPolicies() {
    this.fail();
    return { items: this.rules, isChecked: this.isChecked };
  }

  async getAppliedFindings() {
    this.fail();
    return this.appliedFindings;
  }

  async listExemptions(environmentId?: string) {
    this.fail();
    const items = this.exemptions.filter(
      ({ environment }) =>
        !environmentId || !environment || environment.id === environmentId,
    );
    return { items, mayGrant: this.mayGrant };
  }

  async grantExemption(exemption: NewExemption) {
    this.calls.push(['grantExemption', exemption]);
    return this.#add(exemption, 'active');
  }

  async askForExemption(exemption: NewExemption) {
    this.calls.push(['askForExemption', exemption]);
    return this.#add(exemption, 'asked');
  }

  async grantAskedExemption(id: string) {
    this.calls.push(['grantAskedExemption', id]);
    return this.#become(id, () => 'active');
  }

  async endExemption(id: string) {
    this.calls.push(['endExemption', id]);
    return this.#become(id, ({ state }) =>
      state === 'asked' ? 'declined' : 'revoked',
    );
  }

  protected fail() {
    if (this.failure) {
      throw this.failure;
    }
  }

  #add(
    { environmentId, ...exemption }: NewExemption,
    state: Exemption['state'],
  ): Exemption {
    const added: Exemption = {
      ...exemption,
      id: `x${this.exemptions.length + 1}`,
      state,
      ...(environmentId && {
        environment: { id: environmentId, name: 'shop-dev' },
      }),
      askedBy: 'user:default/maya',
      askedAt: new Date().toISOString(),
    };
    this.exemptions = [added, ...this.exemptions];
    return added;
  }

  #become(
    id: string,
    next: (exemption: Exemption) => Exemption['state'],
  ): Exemption {
    const found = this.exemptions.find(exemption => exemption.id === id)!;
    const changed = { ...found, state: next(found) };
    this.exemptions = this.exemptions.map(each =>
      each.id === id ? changed : each,
    );
    return changed;
  }
}
