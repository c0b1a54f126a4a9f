import Alert from '@mui/material/Alert';
import {
  describeError,
  ErrorState,
  PageShell,
  TextLink,
  useNow,
  useUrlState,
} from '@slipway/ui';
import { isSettledRunState } from '@slipway/plugin-runs-common';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { ApprovalPanel } from '../approvals/ApprovalPanel';
import { FreezeNotice } from '../freezes/FreezeNotice';
import { PageSkeleton } from '../shared/PageSkeleton';
import { useLinks } from '../shared/useLinks';
import { operationOfKind, wordsOfKind } from '../shared/words';
import { RunActions } from './RunActions';
import {
  isAwaitingApproval,
  isAwaitingConfirmation,
  runSentence,
} from './runSentence';
import { runTabs } from './runTabs';
import { isSleepRun } from './sleepSentence';
import { SkipDialog, useSkip } from './SkipDialog';
import { isStaleChange, StaleNotice } from './StaleNotice';
import { useRun } from './useRun';
import { useRunCommands } from './useRunCommands';

/** A run: its plan before it is confirmed, its progress after, and what led to it. */
export function RunPage() {
  const { runId = '', name } = useParams();
  const links = useLinks();
  const followed = useRun(runId);
  const { stream, environment, allowed, plan, resources, error } = followed;
  const run = stream.picture?.run;
  const now = useNow({ enabled: run && !isSettledRunState(run.state) });
  const [, setTab] = useUrlState('tab');
  const { connection, restart } = stream;
  const onDone = useCallback(
    (did: string) => {
      if (did === 'confirm') {
        setTab('');
      }
      if (connection === 'ended') {
        restart();
      }
    },
    [setTab, connection, restart],
  );
  const commands = useRunCommands(runId, onDone);
  const skip = useSkip();

  if (!stream.picture || !run || !environment) {
    return (
      <PageShell
        title={name ? `Run of ${name}` : 'Run'}
        above={<TextLink to={links.list}>Environments</TextLink>}
      >
        {error ? (
          <ErrorState
            title="The run could not be read"
            error={error}
            onRetry={restart}
          />
        ) : (
          <PageSkeleton />
        )}
      </PageShell>
    );
  }

  const awaiting = isAwaitingConfirmation(run);
  const { verb } = wordsOfKind(run.kind);
  const denied = deniedOf(operationOfKind(run.kind), allowed);
  return (
    <PageShell
      title={isSleepRun(run) ? run.title : `${verb} ${environment.name}`}
      above={
        <>
          <TextLink to={links.list}>Environments</TextLink> /{' '}
          <TextLink to={links.environment(environment.name)}>
            {environment.name}
          </TextLink>
        </>
      }
      status={runSentence({ run, environment, plan, resources }, now)}
      actions={
        <RunActions
          run={run}
          environment={environment}
          denied={denied}
          busy={commands.busy}
          onCommand={commands.command}
        />
      }
      notice={
        <>
          {commands.error !== undefined && <Refused error={commands.error} />}
          {!isSettledRunState(run.state) && (
            <FreezeNotice
              subject={environment}
              override={
                plan && allowed?.freeze
                  ? { runId: run.id, planId: plan.id, planHash: plan.hash }
                  : undefined
              }
            />
          )}
          {plan?.approval && (
            <ApprovalPanel
              runId={run.id}
              plan={plan}
              authors={[run.createdBy, environment.createdBy]}
              stamp={`${run.state} ${isAwaitingApproval(run)}`}
            />
          )}
          {isStaleChange(run) && (
            <StaleNotice run={run} environment={environment} denied={denied} />
          )}
        </>
      }
      defaultTab={awaiting || isAwaitingApproval(run) ? 'plan' : 'progress'}
      tabs={runTabs({
        followed,
        run,
        environment,
        onRetry: denied
          ? undefined
          : stepId => commands.command({ type: 'retry', stepId }),
        onSkip: denied ? undefined : skip.ask,
        decision:
          awaiting && plan
            ? {
                busy: commands.busy,
                denied,
                onConfirm: () => commands.confirm(plan.hash),
                onDiscard: () =>
                  commands.command({
                    type: 'cancel',
                    reason: 'The plan was discarded',
                  }),
              }
            : undefined,
      })}
    >
      <SkipDialog
        step={run.steps.find(step => step.id === skip.stepId)}
        onClose={skip.close}
        onSkip={(stepId, reason) =>
          commands.command({ type: 'skip', stepId, reason })
        }
      />
    </PageShell>
  );
}

function Refused(props: { error: unknown }) {
  const { message, mend } = describeError(props.error);
  return (
    <Alert severity="error" variant="outlined">
      {message} {mend}
    </Alert>
  );
}

function deniedOf(
  operation: 'create' | 'update' | 'destroy',
  allowed?: { update: boolean; destroy: boolean },
): string | undefined {
  const may = operation === 'destroy' ? allowed?.destroy : allowed?.update;
  return may === false
    ? 'Only the owner, an SRE or an admin may do this.'
    : undefined;
}
