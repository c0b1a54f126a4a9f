import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '../dialog';
import {
  Age,
  Duration,
  formatDuration,
  formatMoneyDelta,
  Money,
  Time,
} from '../format';
import {
  Column,
  Columns,
  CopyText,
  EmptyState,
  ErrorState,
  Facts,
  PageShell,
  Section,
} from '../page';
import { PlanDiff } from '../plan';
import { EventsList, ResourceTable, RunControls, RunView } from '../runs';
import { HEALTH_WORDS, StatusBadge, StatusText, type Health } from '../status';
import {
  samplePicture,
  samplePlanChanges,
  sampleResources,
  sampleTime,
} from './samples';

const HEALTHS = Object.keys(HEALTH_WORDS) as Health[];

/** Every component in its states, for those who build pages. @public */
export function Gallery() {
  return (
    <PageShell
      title="Gallery"
      status={{
        health: 'healthy',
        sentence: 'Every component of the portal in its states.',
      }}
      actions={<Dialogs />}
      tabs={[
        { id: 'words', title: 'Words and numbers', content: <Words /> },
        { id: 'pages', title: 'Empty, error, loading', content: <States /> },
        { id: 'plan', title: 'Plan', content: <Plans /> },
        { id: 'run', title: 'Run', content: <Runs /> },
        { id: 'events', title: 'Events', content: <Events /> },
      ]}
    />
  );
}

function Words() {
  return (
    <Columns>
      <Column span={6}>
        <Section title="Status">
          <Facts
            items={HEALTHS.map(health => ({
              name: health,
              value: (
                <Box sx={{ display: 'flex', gap: 3 }}>
                  <StatusText health={health} />
                  <StatusBadge health={health} />
                  <StatusText health={health} idle>
                    idle
                  </StatusText>
                </Box>
              ),
            }))}
          />
        </Section>
      </Column>
      <Column span={6}>
        <Section title="Numbers">
          <Facts
            items={[
              { name: 'Money', value: <Money amount={1235.7} /> },
              { name: 'Change', value: formatMoneyDelta(1535, 1719.2) },
              { name: 'Duration', value: formatDuration(400_000) },
              { name: 'Ticking', value: <Duration from={sampleTime(0)} /> },
              { name: 'Time', value: <Time at={sampleTime(0)} /> },
              { name: 'Age', value: <Age at={sampleTime(0)} /> },
              {
                name: 'Copyable',
                value: <CopyText name="CIDR" text="10.1.0.0/16" />,
              },
            ]}
          />
        </Section>
      </Column>
    </Columns>
  );
}

function States() {
  const errors = [
    'NotFoundError',
    'NotAllowedError',
    'ConflictError',
    'InputError',
    'Error',
  ];
  return (
    <Columns>
      {errors.map(name => (
        <Half key={name} title={name}>
          <ErrorState
            title="The environment could not be read"
            error={{
              body: {
                error: {
                  name,
                  message: `What ${name} says of shop-dev.`,
                  issues:
                    name === 'InputError'
                      ? [{ path: 'cidr', message: 'It overlaps another.' }]
                      : undefined,
                },
              },
            }}
            onRetry={() => undefined}
          />
        </Half>
      ))}
      <Half title="Empty">
        <EmptyState
          title="No environments yet"
          why="Those of your teams are listed here."
          action={<Button variant="contained">Create environment</Button>}
        />
      </Half>
      <Column span={12}>
        <Section title="Loading" flush>
          <ResourceTable resources={[]} urlPrefix="loading" loading />
        </Section>
      </Column>
    </Columns>
  );
}

function Plans() {
  return (
    <Columns>
      <Column span={12}>
        <Section title="Plan" flush>
          <PlanDiff changes={samplePlanChanges} />
        </Section>
      </Column>
      <Half title="Nothing to change">
        <PlanDiff changes={[]} />
      </Half>
    </Columns>
  );
}

function Runs() {
  const nothing = () => undefined;
  return (
    <>
      <Box sx={{ display: 'flex', gap: 2, mb: 2, flexWrap: 'wrap' }}>
        {(['running', 'paused', 'cancelling', 'succeeded'] as const).map(
          state => (
            <RunControls
              key={state}
              state={state}
              onPause={nothing}
              onResume={nothing}
              onCancel={nothing}
            />
          ),
        )}
      </Box>
      <RunView
        picture={samplePicture}
        connection="reconnecting"
        resources={sampleResources}
        onRetry={nothing}
        onSkip={nothing}
      />
    </>
  );
}

function Events() {
  return <EventsList events={samplePicture.events} live height={240} />;
}

function Dialogs() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setOpen(true)}>
        Destroy…
      </Button>
      <ConfirmDialog
        open={open}
        danger
        title="Destroy shop-dev?"
        verb="Destroy shop-dev"
        typeName="shop-dev"
        onClose={() => setOpen(false)}
        onConfirm={async () => {
          throw new Error('The gallery destroys nothing.');
        }}
      >
        86 resources will be deleted with all data in them.
      </ConfirmDialog>
    </>
  );
}

function Half(props: { title: string; children: ReactNode }) {
  return (
    <Column span={6}>
      <Section title={props.title}>{props.children}</Section>
    </Column>
  );
}
