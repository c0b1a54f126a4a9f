import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import { CopyText, Facts, Section, Time } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import { ParameterFacts } from '../shared/ParameterFacts';

/** What a run was asked to do, by whom. */
export function InputsTab(props: { run: Run; environment: Environment }) {
  const { run, environment } = props;
  return (
    <Section title="Inputs">
      <Facts
        items={[
          { name: 'Environment', value: environment.name },
          {
            name: 'Owner',
            value: <EntityLink entityRef={environment.owner} />,
          },
          {
            name: 'System',
            value: <EntityLink entityRef={environment.system} />,
          },
          { name: 'Account', value: environment.accountId },
          { name: 'Region', value: environment.region },
          { name: 'CIDR', value: environment.cidr },
          { name: 'Size', value: environment.size },
          { name: 'Engine', value: environment.engine.toUpperCase() },
          {
            name: 'Blueprint',
            value: `${environment.blueprint.id} ${environment.blueprint.version}`,
          },
          {
            name: 'Asked for',
            value: (
              <>
                <Time at={run.createdAt} /> by{' '}
                <EntityLink entityRef={run.createdBy} />
              </>
            ),
          },
          { name: 'Run', value: <CopyText text={run.id} name="run id" /> },
        ]}
      />
      <div style={{ height: 24 }} />
      <ParameterFacts request={environment} />
    </Section>
  );
}
