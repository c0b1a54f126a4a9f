import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useApi } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import {
  Column,
  Columns,
  describeError,
  formatCount,
  PageShell,
  Section,
} from '@slipway/ui';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { infraApiRef } from '../api';
import { useChecks } from '../form/useChecks';
import { useLinks } from '../shared/useLinks';
import { ChangeForm } from './ChangeForm';
import { changesSentence, countOf } from './changes';
import { ChangeList, KeptFacts } from './KeptFacts';
import type { ChangeChoices } from './useBlueprints';
import { useChange, type Change } from './useChange';

/** The form of a change and the button that has it planned. */
export function ChangeEditor(props: {
  environment: Environment;
  choices: ChangeChoices;
  above: ReactNode;
  notice: ReactNode;
  /** Why it cannot be changed now. */
  denied?: string;
  /** Values of parameters that are filled in beforehand. */
  set?: JsonObject;
}) {
  const { environment, denied } = props;
  const change = useChange(environment, props.choices, props.set);
  const checks = useChecks(change.next, change.draft);
  const request = useUpdateRequest(environment, change);
  const links = useLinks();
  const { changes } = change;
  const wrong = checks.issues.length;
  const blocked =
    denied ??
    (wrong > 0
      ? `${formatCount(wrong, 'field needs', 'fields need')} another value.`
      : undefined);
  return (
    <PageShell
      title={`Change ${environment.name}`}
      above={props.above}
      status={{
        health: changes.length > 0 ? 'attention' : 'unknown',
        sentence:
          wrong > 0
            ? `${countOf(changes)}; ${blocked}`
            : changesSentence(changes),
      }}
      actions={
        <>
          <Button
            component={Link}
            to={links.environment(environment.name)}
            variant="outlined"
          >
            Keep as it is
          </Button>
          <span title={blocked}>
            <Button
              variant="contained"
              disableElevation
              disabled={
                Boolean(blocked) || changes.length === 0 || request.busy
              }
              aria-description={blocked}
              onClick={request.send}
            >
              {changes.length === 0
                ? 'Nothing is changed'
                : `Plan ${countOf(changes)}`}
            </Button>
          </span>
        </>
      }
      notice={
        (props.notice || request.error !== undefined) && (
          <Stack spacing={1}>
            {props.notice}
            {request.error !== undefined && <Refused error={request.error} />}
          </Stack>
        )
      }
    >
      <Columns>
        <Column span={8}>
          <Section title="Size and parameters">
            <ChangeForm
              environment={environment}
              change={change}
              checks={checks}
            />
          </Section>
        </Column>
        <Column span={4}>
          <Stack spacing={2}>
            <ChangeList changes={changes} />
            <KeptFacts environment={environment} targets={change.targets} />
          </Stack>
        </Column>
      </Columns>
    </PageShell>
  );
}

/** Sends a change; where it is taken, its run is opened. */
function useUpdateRequest(environment: Environment, change: Change) {
  const api = useApi(infraApiRef);
  const links = useLinks();
  const navigate = useNavigate();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({
    busy: false,
  });
  const { size, parameters, blueprint } = change.draft;
  const send = async () => {
    setState({ busy: true });
    try {
      const { runId } = await api.updateEnvironment(environment.id, {
        size,
        parameters,
        blueprintVersion: blueprint.version,
      });
      navigate(links.run(environment.name, runId));
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return { ...state, send };
}

function Refused(props: { error: unknown }) {
  const { message, mend } = describeError(props.error);
  return (
    <Alert severity="error" variant="outlined">
      {message} {mend}
    </Alert>
  );
}
