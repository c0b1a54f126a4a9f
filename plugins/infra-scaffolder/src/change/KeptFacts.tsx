import type {
  Environment,
  Target,
} from '@slipway/plugin-infra-scaffolder-common';
import { CopyText, Facts, Section } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import type { FieldChange } from './changes';

/** What a change leaves as it is. */
export function KeptFacts(props: {
  environment: Environment;
  targets: Target[];
}) {
  const { environment, targets } = props;
  const { accountId } = environment;
  const account = targets.find(target => target.accountId === accountId);
  return (
    <Section title="Stays as it is">
      <Facts
        items={[
          { name: 'Name', value: environment.name },
          {
            name: 'Owner',
            value: <EntityLink entityRef={environment.owner} />,
          },
          {
            name: 'Account',
            value: account ? `${account.name} (${accountId})` : accountId,
          },
          { name: 'Region', value: environment.region },
          {
            name: 'CIDR',
            value: <CopyText text={environment.cidr} name="CIDR" />,
          },
          { name: 'Engine', value: environment.engine.toUpperCase() },
        ]}
      />
    </Section>
  );
}

/** Every change, from what to what. */
export function ChangeList(props: { changes: FieldChange[] }) {
  const { changes } = props;
  return (
    <Section title="Changes">
      {changes.length === 0 ? (
        'None yet. Change a field, and it is listed here with what it was.'
      ) : (
        <Facts
          items={changes.map(({ title, before, after }) => ({
            name: title,
            value: (
              <>
                <del>{before}</del> → <strong>{after}</strong>
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}
