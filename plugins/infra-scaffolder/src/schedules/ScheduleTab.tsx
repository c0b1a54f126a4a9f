import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type {
  Environment,
  EnvironmentAllowed,
  EnvironmentSchedule,
  Sleeper,
  SleepPlan,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  Column,
  Columns,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Facts,
  Section,
  Time,
  useLoad,
} from '@slipway/ui';
import { useState } from 'react';
import { scheduleApiRef } from '../api';
import { EntityLink } from '../shared/EntityLink';
import { nameOfRef } from '../shared/words';
import { ScheduleDialog } from './ScheduleDialog';
import { hoursWords } from './scheduleWords';
import { SleepPlanView } from './SleepPlanView';
import { TurnWords } from './TurnWords';
import { whyNotSchedule, whyNotSleep } from './whyNotSchedule';

type Held = Environment & { allowed: EnvironmentAllowed };
type Asked = 'set' | 'remove' | 'sleep';

/** When an environment is up, what sleeps at other times and what that saves; the way to change that. */
export function ScheduleTab(props: {
  environment: Held;
  onChange: () => void;
}) {
  const { environment, onChange } = props;
  const { id, name, schedule } = environment;
  const api = useApi(scheduleApiRef);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  return (
    <>
      {schedule ? (
        <Columns>
          <Column span={6}>
            <Section title="Hours">
              <Hours environment={environment} schedule={schedule} />
              <Actions environment={environment} onAsk={setAsked} />
            </Section>
          </Column>
          <Column span={6}>
            <Section title="What sleeps">
              <What environment={environment} schedule={schedule} />
            </Section>
          </Column>
        </Columns>
      ) : (
        <Section title="Hours">
          <NoSchedule environment={environment} onAsk={setAsked} />
        </Section>
      )}
      <ScheduleDialog
        environment={environment}
        open={asked === 'set'}
        onClose={close}
        onChange={onChange}
      />
      <ConfirmDialog
        open={asked === 'remove'}
        title={`Remove the schedule of ${name}?`}
        verb="Remove the schedule"
        onClose={close}
        onConfirm={async () => {
          await api.removeSchedule(id);
          onChange();
        }}
      >
        {name} is up all the time then, and costs for it.
        {environment.sleep && ' It is asleep, and is woken.'}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'sleep'}
        title={`Put ${name} to sleep now?`}
        verb={`Put ${name} to sleep`}
        onClose={close}
        onConfirm={async () => {
          await api.sleepNow(id);
          onChange();
        }}
      >
        {name} is stopped and cannot be reached until its schedule wakes it
        next, or a person does. Work that runs in it is broken off. Data are
        kept.
      </ConfirmDialog>
    </>
  );
}

function Hours(props: { environment: Held; schedule: EnvironmentSchedule }) {
  const { environment, schedule } = props;
  const { hours, consent, override } = schedule;
  const isHeld = override && Date.parse(override.until) > Date.now();
  return (
    <Facts
      items={[
        { name: 'Up', value: hoursWords(hours) },
        ...(hours.holidays.length > 0
          ? [{ name: 'Days off', value: hours.holidays.join(', ') }]
          : []),
        { name: 'Next', value: <TurnWords environment={environment} /> },
        ...(isHeld
          ? [
              {
                name: 'Now',
                value: (
                  <>
                    kept {override.up ? 'awake' : 'asleep'} by{' '}
                    {nameOfRef(override.by)} until <Time at={override.until} />
                  </>
                ),
              },
            ]
          : []),
        {
          name: 'Agreed',
          value: (
            <>
              <Time at={consent.at} /> by <EntityLink entityRef={consent.by} />:
              “{consent.words}”
            </>
          ),
        },
      ]}
    />
  );
}

function Actions(props: { environment: Held; onAsk: (what: Asked) => void }) {
  const { environment, onAsk } = props;
  const denied = whyNotSchedule(environment);
  const awake = whyNotSleep(environment);
  return (
    <Stack direction="row" sx={{ mt: 2, gap: 1, flexWrap: 'wrap' }}>
      <Ask reason={denied} onAsk={() => onAsk('set')}>
        Change the schedule…
      </Ask>
      <Ask reason={awake} onAsk={() => onAsk('sleep')}>
        Put to sleep now…
      </Ask>
      <Ask reason={denied} onAsk={() => onAsk('remove')}>
        Remove the schedule…
      </Ask>
    </Stack>
  );
}

function Ask(props: { reason?: string; onAsk: () => void; children: string }) {
  const { reason, onAsk, children } = props;
  return (
    <span title={reason}>
      <Button
        variant="outlined"
        disabled={Boolean(reason)}
        aria-description={reason}
        onClick={onAsk}
      >
        {children}
      </Button>
    </span>
  );
}

function NoSchedule(props: {
  environment: Held;
  onAsk: (what: Asked) => void;
}) {
  const { environment, onAsk } = props;
  const reason = whyNotSchedule(environment);
  return (
    <EmptyState
      title={`${environment.name} is up all the time`}
      why={
        reason ??
        'With a schedule its nodes and databases are stopped at night and on days off. Before you agree you see what is stopped and what that saves.'
      }
      action={
        !reason && (
          <Button
            variant="contained"
            disableElevation
            onClick={() => onAsk('set')}
          >
            Give it a schedule…
          </Button>
        )
      }
    />
  );
}

/** What came since somebody agreed is not stopped. */
function agreedOf(
  { stops, stays, ...plan }: SleepPlan,
  { consent }: EnvironmentSchedule,
): SleepPlan {
  const isAgreed = ({ arn }: Sleeper) => consent.arns.includes(arn);
  const later = stops
    .filter(each => !isAgreed(each))
    .map(each => ({
      ...each,
      why: 'It came after the schedule was agreed to. Change the schedule to have it stopped too.',
    }));
  return {
    ...plan,
    stops: stops.filter(isAgreed),
    stays: [...stays, ...later],
  };
}

/** As AWS says now; only who may schedule may ask. */
function What(props: { environment: Held; schedule: EnvironmentSchedule }) {
  const { environment, schedule } = props;
  const { id, allowed, sleep } = environment;
  const api = useApi(scheduleApiRef);
  const wanted = JSON.stringify(schedule.hours);
  const { value, error, loading, reload } = useLoad(
    async () =>
      allowed.schedule ? api.planSleep(id, JSON.parse(wanted)) : undefined,
    [api, id, allowed.schedule, wanted, sleep?.state],
  );
  if (!allowed.schedule) {
    return <>Its owner, an SRE or an admin can see what is stopped.</>;
  }
  if (error && !loading) {
    return (
      <ErrorState
        title="What sleeps could not be read"
        error={error}
        onRetry={reload}
      />
    );
  }
  return value ? (
    <SleepPlanView plan={agreedOf(value, schedule)} isAgreed />
  ) : (
    <>Reading…</>
  );
}
