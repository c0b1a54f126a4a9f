import { useApi } from '@backstage/frontend-plugin-api';
import type { RunCommand } from '@slipway/plugin-runs-common';
import { useCallback, useState } from 'react';
import { infraApiRef } from '../api';

/** What a person did to a run: at work, refused, or done. */
export interface RunCommands {
  busy: boolean;
  error?: unknown;
  /** Sends a command; what it is refused with is in `error`. */
  command: (command: Exclude<RunCommand, { type: 'signal' }>) => Promise<void>;
  confirm: (planHash: string) => Promise<void>;
}

/** Sends commands to a run, one at a time. */
export function useRunCommands(
  runId: string,
  onDone: (did: string) => void,
): RunCommands {
  const api = useApi(infraApiRef);
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({
    busy: false,
  });
  const act = useCallback(
    async (did: string, deed: () => Promise<unknown>) => {
      setState({ busy: true });
      try {
        await deed();
        setState({ busy: false });
        onDone(did);
      } catch (error) {
        setState({ busy: false, error });
      }
    },
    [onDone],
  );
  return {
    ...state,
    command: command => act(command.type, () => api.commandRun(runId, command)),
    confirm: planHash => act('confirm', () => api.confirmPlan(runId, planHash)),
  };
}
