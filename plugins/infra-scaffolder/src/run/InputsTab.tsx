import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import { CopyText, Facts, Section, Time } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import { ParameterFacts } from '../shared/ParameterFacts';
import { desiredOf } from './StaleNotice';

/** What a run was asked to do, by whom. */
export function InputsTab(props: { run: Run; environment: Environment }) {
  const { run, environment } = props;
  const asked = askedBy(run, environment);
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
          { name: 'Size', value: asked.size },
          { name: 'Engine', value: environment.engine.toUpperCase() },
          {
            name: 'Blueprint',
            value: `${asked.blueprint.id} ${asked.blueprint.version}`,
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
      <ParameterFacts request={asked} />
    </Section>
  );
}

/** A change asks for what it is to become, whatever the environment is now. */
function askedBy(run: Run, environment: Environment) {
  const desired = desiredOf(run);
  return desired
    ? {
        size: desired.size,
        parameters: desired.parameters,
        blueprint: {
          id: environment.blueprint.id,
          version: desired.blueprintVersion,
        },
      }
    : environment;
}
