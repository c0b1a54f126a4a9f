import { PageShell, Section } from '@slipway/ui';
import { EnvironmentForm } from '../src/form/EnvironmentForm';
import type { Choices } from '../src/form/useChoices';
import { useDraft } from '../src/form/useDraft';
import { sampleBlueprint } from '../src/testing';
import { sampleTargets } from '../src/testing/samples';

const choices: Choices = {
  engines: [
    { id: 'cdk', title: 'AWS CDK', available: true },
    {
      id: 'terraform',
      title: 'Terraform',
      available: false,
      reason: 'No module brings it.',
    },
  ],
  blueprint: sampleBlueprint,
  targets: sampleTargets,
  lifetimes: {
    sizes: { dev: { defaultDays: 7, maxDays: 30 } },
    endlessAccountIds: [],
  },
  owners: [
    { ref: 'group:default/storefront', title: 'Storefront', own: true },
    { ref: 'group:default/payments', title: 'Payments', own: false },
  ],
  systems: [
    {
      ref: 'system:default/microservices-platform',
      title: 'Microservices platform',
      own: true,
    },
  ],
};

/** The form apart from the scaffolder. */
export function FormPreview() {
  const { draft, change } = useDraft({
    blueprint: sampleBlueprint,
    given: { name: 'shop-dev' },
    onChange: () => {},
  });
  return (
    <PageShell title="Create an environment">
      <Section title="Environment">
        {draft && (
          <EnvironmentForm
            choices={choices}
            draft={draft}
            onChange={change}
            complain={false}
          />
        )}
      </Section>
    </PageShell>
  );
}
