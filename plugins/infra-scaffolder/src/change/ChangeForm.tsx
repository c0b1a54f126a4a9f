import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { ChoiceInput } from '../form/fields/ChoiceInput';
import { ParameterGroups } from '../form/fields/ParameterGroups';
import { SizeCards } from '../form/fields/SizeCards';
import { withParameter } from '../form/model/request';
import type { Checks } from '../form/useChecks';
import { restored } from './changes';
import type { Change } from './useChange';
import { WasMark } from '../form/fields/WasMark';

/** The parameters of an environment as recorded, to be changed; each is checked while it is typed. */
export function ChangeForm(props: {
  environment: Environment;
  change: Change;
  checks: Checks;
}) {
  const { environment, change, checks } = props;
  const { draft, current, next, versions, targets, setDraft } = change;
  const { issues } = checks;
  const target = targets.find(
    ({ accountId }) => accountId === environment.accountId,
  );
  const wasOf = (path: string) =>
    change.changes.find(each => each.path === path)?.before;
  return (
    <Box sx={{ display: 'grid', gap: 3, fontSize: 14 }}>
      {versions.length > 1 && (
        <WasMark
          title="Blueprint"
          was={wasOf('blueprint.version')}
          onRestore={() => change.setVersion(current.version)}
        >
          <ChoiceInput
            label="Blueprint version"
            value={next.version}
            choices={versions.map(({ version }) => ({
              value: version,
              title:
                version === current.version ? `${version}, as it is` : version,
            }))}
            onChange={change.setVersion}
            issue={issues.find(({ path }) => path.startsWith('blueprint'))}
            hint={`${next.title} ${next.version}: ${next.description} Made after ${next.source}.`}
          />
        </WasMark>
      )}
      <WasMark
        title="Size"
        was={wasOf('size')}
        onRestore={() => setDraft({ ...draft, size: environment.size })}
      >
        <SizeCards
          blueprint={next}
          value={draft.size}
          allowed={target?.sizes ?? []}
          accountName={target?.name ?? 'this account'}
          onChange={size => setDraft({ ...draft, size })}
          issue={issues.find(({ path }) => path === 'size')}
        />
      </WasMark>
      <ParameterGroups
        blueprint={next}
        draft={draft}
        issues={issues}
        onChange={(name, value) => setDraft(withParameter(draft, name, value))}
        change={{
          was: Object.fromEntries(
            change.changes.flatMap(({ path, before }) =>
              path.startsWith('parameters.')
                ? [[path.slice('parameters.'.length), before]]
                : [],
            ),
          ),
          onRestore: name =>
            setDraft(restored(draft, name, environment, current, next)),
        }}
      />
      {checks.error && (
        <Alert severity="warning" variant="outlined">
          The back end could not check this: {checks.error.message}
        </Alert>
      )}
    </Box>
  );
}
