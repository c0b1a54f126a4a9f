import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import { CopyText, Facts, Section, Time } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import { ParameterFacts } from '../shared/ParameterFacts';
import { nameOfRef } from '../shared/words';
import { isSleepRun } from './sleepSentence';
import { desiredOf } from './StaleNotice';

/** What a run was asked to do, by whom. */
export function InputsTab(props: { run: Run; environment: Environment }) {
  const { run, environment } = props;
  const asked = askedBy(run, environment);
  const isSleep = isSleepRun(run);
  const consent = isSleep ? environment.schedule?.consent : undefined;
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
          ...(isSleep
            ? []
            : [
                { name: 'CIDR', value: environment.cidr },
                { name: 'Size', value: asked.size },
                { name: 'Engine', value: environment.engine.toUpperCase() },
                {
                  name: 'Blueprint',
                  value: `${asked.blueprint.id} ${asked.blueprint.version}`,
                },
              ]),
          {
            name: 'Asked for',
            value: (
              <>
                <Time at={run.createdAt} /> by{' '}
                <Asker entityRef={run.createdBy} />
              </>
            ),
          },
          ...(consent
            ? [
                {
                  name: 'Agreed',
                  value: (
                    <>
                      <Time at={consent.at} /> by{' '}
                      <EntityLink entityRef={consent.by} />: “{consent.words}”
                    </>
                  ),
                },
              ]
            : []),
          { name: 'Run', value: <CopyText text={run.id} name="run id" /> },
        ]}
      />
      {!isSleep && (
        <>
          <div style={{ height: 24 }} />
          <ParameterFacts request={asked} />
        </>
      )}
    </Section>
  );
}

/** The portal is nobody of the catalog. */
function Asker({ entityRef }: { entityRef: string }) {
  return entityRef.startsWith('portal:') ? (
    <>{nameOfRef(entityRef)}</>
  ) : (
    <EntityLink entityRef={entityRef} />
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
