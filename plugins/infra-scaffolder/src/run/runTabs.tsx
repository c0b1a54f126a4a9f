import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { isSettledRunState, type Run } from '@slipway/plugin-runs-common';
import {
  ErrorState,
  EventsList,
  RunView,
  Section,
  type PageTab,
} from '@slipway/ui';
import { ActivityTab } from '../environment/ActivityTab';
import { Outputs } from '../environment/OverviewTab';
import { EstimatePanel } from '../estimate/EstimatePanel';
import { FindingsPanel } from '../policies/FindingsPanel';
import { InputsTab } from './InputsTab';
import { PlanPanel, type PlanDecision } from './PlanPanel';
import { isAwaitingConfirmation } from './runSentence';
import { isSleepRun } from './sleepSentence';
import type { FollowedRun } from './useRun';

/** What a run without a plan has not. */
const OF_A_PLAN = ['plan', 'cost'];

/** The tabs of the run page. */
export function runTabs(options: {
  followed: FollowedRun;
  run: Run;
  environment: Environment;
  decision?: PlanDecision;
  onRetry?: (stepId: string) => void;
  onSkip?: (stepId: string) => void;
}): PageTab[] {
  const { followed, run, environment, decision } = options;
  const { stream, plan, planError, resources } = followed;
  const picture = stream.picture!;
  const isSleep = isSleepRun(run);
  const created =
    run.state === 'succeeded' && !isSleep && environment.outputs.length > 0;
  const tabs: PageTab[] = [
    {
      id: 'progress',
      title: 'Progress',
      content: (
        <>
          {created && (
            <div style={{ marginBottom: 16 }}>
              <Section title="Outputs">
                <Outputs environment={environment} />
              </Section>
            </div>
          )}
          <RunView
            picture={picture}
            connection={stream.connection}
            resources={isAwaitingConfirmation(run) ? [] : resources}
            onRetry={options.onRetry}
            onSkip={options.onSkip}
          />
        </>
      ),
    },
    {
      id: 'plan',
      title: 'Plan',
      content: planError ? (
        <ErrorState title="The plan could not be read" error={planError} />
      ) : (
        <PlanPanel
          name={environment.name}
          plan={plan}
          pending={!isSettledRunState(run.state)}
          decision={decision}
          findings={
            plan?.findings?.length ? (
              <FindingsPanel
                findings={plan.findings}
                environment={environment}
                isOver={isSettledRunState(run.state)}
                mayAsk={followed.allowed?.update === true}
                onChange={followed.reloadPlan}
              />
            ) : undefined
          }
        />
      ),
    },
    {
      id: 'cost',
      title: 'Cost',
      content: planError ? (
        <ErrorState title="The plan could not be read" error={planError} />
      ) : (
        <EstimatePanel plan={plan} pending={!isSettledRunState(run.state)} />
      ),
    },
    {
      id: 'events',
      title: 'Events',
      count: picture.events.length,
      content: (
        <EventsList
          events={picture.events}
          live={!isSettledRunState(run.state)}
        />
      ),
    },
    {
      id: 'inputs',
      title: 'Inputs',
      content: <InputsTab run={run} environment={environment} />,
    },
    {
      id: 'audit',
      title: 'Audit',
      content: <ActivityTab environment={environment} runId={run.id} />,
    },
  ];
  return isSleep ? tabs.filter(({ id }) => !OF_A_PLAN.includes(id)) : tabs;
}
