import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  PLAN_STALE,
  type Environment,
  type EnvironmentUpdate,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import { describeError } from '@slipway/ui';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { infraApiRef } from '../api';
import { useLinks } from '../shared/useLinks';
import { operationOfKind } from '../shared/words';

/** Whether a change was refused because the world has moved since its plan. */
export function isStaleChange(run: Run): boolean {
  return (
    run.state === 'failed' &&
    operationOfKind(run.kind) === 'update' &&
    [run.problem, ...run.steps.map(step => step.problem)].some(
      problem => problem?.code === PLAN_STALE,
    )
  );
}

/** What a change is to make of an environment; undefined for other runs. */
export function desiredOf(run: Run): Required<EnvironmentUpdate> | undefined {
  return operationOfKind(run.kind) === 'update' && run.inputs.desired
    ? (run.inputs.desired as Required<EnvironmentUpdate>)
    : undefined;
}

/** Says that the world has moved, and plans the same change anew. */
export function StaleNotice(props: {
  run: Run;
  environment: Environment;
  /** Why the person may not. */
  denied?: string;
}) {
  const { run, environment, denied } = props;
  const api = useApi(infraApiRef);
  const links = useLinks();
  const navigate = useNavigate();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({
    busy: false,
  });
  const planAgain = async () => {
    setState({ busy: true });
    try {
      const { runId } = await api.updateEnvironment(
        environment.id,
        desiredOf(run) ?? {},
      );
      setState({ busy: false });
      navigate(links.run(environment.name, runId));
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Alert
      severity={state.error === undefined ? 'warning' : 'error'}
      variant="outlined"
      action={
        <span title={denied}>
          <Button
            variant="contained"
            disableElevation
            size="small"
            disabled={state.busy || Boolean(denied)}
            onClick={planAgain}
          >
            Plan again
          </Button>
        </span>
      }
    >
      {state.error === undefined
        ? `${environment.name} has moved on since this plan was made, so it was not applied: nothing was changed. The same change can be planned for how it is now.`
        : describeError(state.error).message}
    </Alert>
  );
}
