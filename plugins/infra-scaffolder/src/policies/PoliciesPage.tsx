import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Exemption,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  ErrorState,
  formatCount,
  PageShell,
  useLoad,
  type Health,
  type Loaded,
} from '@slipway/ui';
import { infraApiRef } from '../api';
import { ExemptionsTab } from './ExemptionsTab';
import { RulesTab } from './RulesTab';

const READ_EVERY_MS = 30_000;

/** What plans are held to, and what is let through in spite of it. */
export function PoliciesPage() {
  const api = useApi(infraApiRef);
  const rules = useLoad(() => api.listPolicies(), [api]);
  const exemptions = useLoad(() => api.listExemptions(), [api], {
    everyMs: READ_EVERY_MS,
  });
  return (
    <PageShell
      title="Policies"
      status={statusOf(rules, exemptions.value?.items)}
      tabs={[
        {
          id: 'rules',
          title: 'Rules',
          count: rules.value?.items.length,
          content: (
            <RulesTab
              rules={rules}
              error={
                rules.error && (
                  <ErrorState
                    title="The rules could not be read"
                    error={rules.error}
                    onRetry={rules.reload}
                  />
                )
              }
            />
          ),
        },
        {
          id: 'exemptions',
          title: 'Exemptions',
          count: exemptions.value?.items.length,
          content: (
            <ExemptionsTab
              exemptions={exemptions}
              error={
                exemptions.error &&
                !exemptions.value && (
                  <ErrorState
                    title="The exemptions could not be read"
                    error={exemptions.error}
                    onRetry={exemptions.reload}
                  />
                )
              }
            />
          ),
        },
      ]}
    />
  );
}

function statusOf(
  {
    value: rules,
    error,
  }: Pick<
    Loaded<{ items: PolicyRule[]; isChecked: boolean }>,
    'value' | 'error'
  >,
  exemptions: Exemption[] | undefined,
): { health: Health; sentence: string } {
  if (!rules) {
    return {
      health: 'unknown',
      sentence: error
        ? 'What plans are held to cannot be seen now.'
        : 'Reading the rules…',
    };
  }
  if (!rules.isChecked) {
    return {
      health: 'attention',
      sentence: 'Plans are held to no rules: no module checks them.',
    };
  }
  const held = rules.items.filter(({ effect }) => effect !== 'off').length;
  const asked = count(exemptions, 'asked');
  const active = count(exemptions, 'active');
  const parts = [
    `Plans are held to ${formatCount(held, 'rule')}`,
    ...(active > 0
      ? [
          `${formatCount(active, 'exemption')} ${
            active === 1 ? 'holds' : 'hold'
          }`,
        ]
      : []),
    ...(asked > 0
      ? [`${formatCount(asked, 'request')} ${asked === 1 ? 'waits' : 'wait'}`]
      : []),
  ];
  return {
    health: asked > 0 ? 'attention' : 'healthy',
    sentence: `${parts.join('; ')}.`,
  };
}

function count(
  exemptions: Exemption[] | undefined,
  state: Exemption['state'],
): number {
  return (exemptions ?? []).filter(each => each.state === state).length;
}
