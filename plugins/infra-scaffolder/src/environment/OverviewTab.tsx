import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  EnvironmentAllowed,
  EnvironmentOutput,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  Column,
  Columns,
  CopyText,
  EmptyState,
  Facts,
  Money,
  Section,
  StatusText,
  TextLink,
  Time,
  useLoad,
} from '@slipway/ui';
import { infraApiRef } from '../api';
import { EndFact } from '../lifetime/EndFact';
import { hoursWords } from '../schedules/scheduleWords';
import { EntityLink } from '../shared/EntityLink';
import { ParameterFacts } from '../shared/ParameterFacts';
import { wordOfStatus } from '../shared/words';

/** What an environment offers and how it was asked for. */
export function OverviewTab(props: {
  environment: Environment & { allowed: EnvironmentAllowed };
  onChange: () => void;
}) {
  const { environment, onChange } = props;
  const api = useApi(infraApiRef);
  const { value: targets } = useLoad(() => api.listTargets(), [api]);
  const account = targets?.find(
    target => target.accountId === environment.accountId,
  );
  const { health, word } = wordOfStatus(environment.status);
  return (
    <Columns>
      <Column span={8}>
        <Section title="Outputs">
          <Outputs environment={environment} />
        </Section>
      </Column>
      <Column span={4}>
        <Section title="About">
          <Facts
            items={[
              {
                name: 'Status',
                value: <StatusText health={health}>{word}</StatusText>,
                hint: environment.statusReason,
              },
              {
                name: 'Owner',
                value: <EntityLink entityRef={environment.owner} />,
              },
              {
                name: 'System',
                value: <EntityLink entityRef={environment.system} />,
              },
              {
                name: 'Account',
                value: account
                  ? `${account.name} (${account.accountId})`
                  : environment.accountId,
              },
              { name: 'Region', value: environment.region },
              {
                name: 'CIDR',
                value: <CopyText text={environment.cidr} name="CIDR" />,
              },
              { name: 'Size', value: environment.size },
              {
                name: 'Blueprint',
                value: `${environment.blueprint.id} ${environment.blueprint.version}`,
              },
              costFact(environment),
              { name: 'Engine', value: environment.engine.toUpperCase() },
              {
                name: 'Requested',
                value: (
                  <>
                    <Time at={environment.createdAt} /> by{' '}
                    <EntityLink entityRef={environment.createdBy} />
                  </>
                ),
              },
              ...(environment.readyAt
                ? [{ name: 'Ready', value: <Time at={environment.readyAt} /> }]
                : []),
              {
                name: 'Up',
                value: environment.schedule
                  ? hoursWords(environment.schedule.hours)
                  : 'all the time',
              },
              {
                name: 'Ends',
                value: (
                  <EndFact environment={environment} onChange={onChange} />
                ),
                hint: environment.expiry?.consent.words,
              },
            ]}
          />
        </Section>
      </Column>
      <Column span={12}>
        <Section title="Parameters">
          <ParameterFacts request={environment} />
        </Section>
      </Column>
    </Columns>
  );
}

/** What it costs as it stands; where nobody said, that. */
function costFact({ estimate }: Environment) {
  return estimate
    ? {
        name: 'Cost a month',
        value: (
          <>
            <Money amount={Number(estimate.monthlyUsd)} />, estimated
          </>
        ),
        hint: `By plan ${estimate.planId}, by list prices of ${estimate.pricesOf} or later`,
      }
    : {
        name: 'Cost a month',
        value: 'not estimated',
        hint: 'No plan that was applied to it had an estimate.',
      };
}

/** Endpoints and other things that come out of an environment, copyable. */
export function Outputs(props: { environment: Environment }) {
  const { outputs, status } = props.environment;
  if (outputs.length === 0) {
    return (
      <EmptyState
        title="No outputs"
        why={
          status === 'destroyed' || status === 'cancelled'
            ? 'Nothing of it exists.'
            : 'Endpoints and names come here once the environment is ready.'
        }
      />
    );
  }
  return (
    <Facts
      items={outputs.map(output => ({
        name: output.title,
        hint: output.description,
        value: <OutputValue output={output} />,
      }))}
    />
  );
}

function OutputValue(props: { output: EnvironmentOutput }) {
  const { output } = props;
  return (
    <>
      <CopyText text={output.value} name={output.title} wrap />
      {/^https?:\/\//.test(output.value) && (
        <>
          {' '}
          <TextLink to={output.value}>Open</TextLink>
        </>
      )}
    </>
  );
}
