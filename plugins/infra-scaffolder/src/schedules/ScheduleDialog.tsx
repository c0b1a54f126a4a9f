import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type {
  Environment,
  UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog, describeError } from '@slipway/ui';
import { useEffect, useState } from 'react';
import { scheduleApiRef } from '../api';
import { HoursInput } from './HoursInput';
import { SleepPlanView } from './SleepPlanView';
import { useSleepPlan, type ShownPlan } from './useSleepPlan';

function usualHours(): UpSchedule {
  return {
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    weekdays: [1, 2, 3, 4, 5],
    from: '08:00',
    until: '19:00',
    holidays: [],
  };
}

/** Asks when an environment is up; what is stopped at other times, and what that saves, stands above the button. */
export function ScheduleDialog(props: {
  environment: Environment;
  open: boolean;
  onClose: () => void;
  onChange: () => void;
}) {
  const { environment, open, onClose, onChange } = props;
  const { id, name, schedule } = environment;
  const api = useApi(scheduleApiRef);
  const [hours, setHours] = useState(usualHours);
  useEffect(() => {
    if (open) {
      setHours(schedule?.hours ?? usualHours());
    }
    // What is read anew meanwhile does not undo what a person has typed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open]);
  const shown = useSleepPlan(id, hours, open);
  const { plan } = shown;
  return (
    <ConfirmDialog
      open={open}
      title={
        schedule ? `Change when ${name} is up` : `When is ${name} to be up?`
      }
      verb={schedule ? 'Agree and change' : 'Agree and set'}
      blocked={!plan || plan.stops.length === 0}
      onClose={onClose}
      onConfirm={async () => {
        try {
          await api.setSchedule(id, { hours, planHash: plan!.hash });
        } catch (error) {
          shown.again();
          throw error;
        }
        onChange();
      }}
    >
      <HoursInput hours={hours} onChange={setHours} />
      <Box sx={{ mt: 2 }} aria-live="polite">
        <Below shown={shown} again={shown.again} />
      </Box>
    </ConfirmDialog>
  );
}

function Below({ shown, again }: { shown: ShownPlan; again: () => void }) {
  const { plan, error, wrong } = shown;
  if (wrong) {
    return (
      <Alert severity="warning" variant="outlined">
        {wrong}
      </Alert>
    );
  }
  if (error !== undefined) {
    const { message, mend } = describeError(error);
    return (
      <Alert
        severity="error"
        variant="outlined"
        action={
          <Button size="small" color="inherit" onClick={again}>
            Look again
          </Button>
        }
      >
        What would be stopped could not be read: {message} {mend}
      </Alert>
    );
  }
  return plan ? (
    <SleepPlanView plan={plan} />
  ) : (
    <Box sx={{ color: 'text.secondary', minHeight: 160 }}>
      Looking at what would be stopped…
    </Box>
  );
}
