import { isSettledRunState } from '@slipway/plugin-runs-common';
import { useMemo } from 'react';
import { useNow } from '../../hooks';
import { Column, Columns, Section } from '../../page';
import {
  timelineOfResources,
  timelineOfSteps,
  type ResourceProgress,
  type RunPicture,
} from '../model';
import type { RunConnection } from '../useRunStream';
import { ConnectionNotice } from './ConnectionNotice';
import { ResourceTable } from './ResourceTable';
import { StepTree } from './StepTree';
import { TimelineChart } from './TimelineChart';

const WITHOUT_CONSOLE = ['console'];

/** @public */
export interface RunViewProps {
  picture: RunPicture;
  connection: RunConnection;
  /** Where the run makes or changes any. */
  resources?: ResourceProgress[];
  onRetry?: (stepId: string) => void;
  onSkip?: (stepId: string) => void;
}

/** A run at work: its steps, their timeline, its resources one by one. @public */
export function RunView(props: RunViewProps) {
  const { picture, connection, resources = [], onRetry, onSkip } = props;
  const { run, events } = picture;
  const ticking = useNow({ enabled: !isSettledRunState(run.state) });
  const now = run.settledAt ? Date.parse(run.settledAt) : ticking;
  const started = resources.some(resource => resource.startedAt);
  const timeline = useMemo(
    () =>
      started ? timelineOfResources(resources, now) : timelineOfSteps(run, now),
    [started, resources, run, now],
  );
  return (
    <Columns>
      <Column span={6}>
        <Section
          title="Steps"
          flush
          aside={
            <ConnectionNotice
              connection={connection}
              newestAt={events[events.length - 1]?.at}
            />
          }
        >
          <StepTree steps={run.steps} onRetry={onRetry} onSkip={onSkip} />
        </Section>
      </Column>
      <Column span={6}>
        <Section title="Timeline">
          <TimelineChart
            timeline={timeline}
            noun={started ? 'resources' : 'steps'}
            maxHeight={280}
          />
        </Section>
      </Column>
      {resources.length > 0 && (
        <Column span={12}>
          <Section title="Resources" flush>
            <ResourceTable resources={resources} without={WITHOUT_CONSOLE} />
          </Section>
        </Column>
      )}
    </Columns>
  );
}
