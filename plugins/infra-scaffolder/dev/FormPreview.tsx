import type { EnvironmentRequest } from '@slipway/plugin-infra-scaffolder-common';
import { PageShell, Section } from '@slipway/ui';
import { useState } from 'react';
import { EnvironmentForm } from '../src/form/EnvironmentForm';
import { startRequest } from '../src/form/model/request';
import type { Choices } from '../src/form/useChoices';
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
  const [draft, setDraft] = useState<EnvironmentRequest>(() =>
    startRequest(sampleBlueprint, { name: 'shop-dev' }),
  );
  return (
    <PageShell title="Create an environment">
      <Section title="Environment">
        <EnvironmentForm
          choices={choices}
          draft={draft}
          onChange={setDraft}
          complain={false}
        />
      </Section>
    </PageShell>
  );
}
