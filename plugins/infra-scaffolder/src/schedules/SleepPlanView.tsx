import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type {
  SleepPlan,
  SleepSavings,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatMoney } from '@slipway/ui';
import type { ReactNode } from 'react';
import { kindWords, leftOutWords } from './scheduleWords';

const muted = { color: 'text.secondary' } as const;

/** What a schedule stops, what stays up and why, what that saves, and what one agrees to. */
export function SleepPlanView(props: {
  plan: SleepPlan;
  /** Somebody has agreed: it is not asked for. */
  isAgreed?: boolean;
}) {
  const { stops, stays, savings, words } = props.plan;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Savings savings={savings} />
      <Things
        title={
          stops.length > 0
            ? `Stopped (${stops.length})`
            : 'Nothing can be stopped'
        }
      >
        {stops.map(each => (
          <Thing key={each.arn} id={each.id} below={kindWords(each)} />
        ))}
      </Things>
      {stays.length > 0 && (
        <Things title={`Stays up (${stays.length})`}>
          {stays.map(each => (
            <Thing
              key={each.arn}
              id={each.id}
              below={`${kindWords(each)}. ${each.why}`}
            />
          ))}
        </Things>
      )}
      {stops.length > 0 && !props.isAgreed && (
        <Alert
          severity="info"
          variant="outlined"
          role="note"
          aria-label="What you agree to"
        >
          By this you agree: {words}
        </Alert>
      )}
    </Box>
  );
}

function Savings({ savings }: { savings?: SleepSavings }) {
  if (!savings) {
    return (
      <Box sx={muted}>
        What it saves is not known: no plan that was applied had an estimate.
      </Box>
    );
  }
  const { monthlyUsd, pricesOf, asleepShare } = savings;
  const leftOut = leftOutWords(savings);
  return (
    <Box>
      <Box sx={{ fontSize: 16, fontWeight: 600 }}>
        Saves {formatMoney(Number(monthlyUsd))} a month
      </Box>
      <Box sx={muted}>
        Asleep {Math.round(asleepShare * 100)} % of a week. By list prices of{' '}
        {pricesOf}; disks, storage and load balancers cost on. {leftOut}
      </Box>
    </Box>
  );
}

function Things(props: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={props.title}>
      <Box sx={{ fontWeight: 600, mb: 0.5 }}>{props.title}</Box>
      <Box
        component="ul"
        sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 0.5 }}
      >
        {props.children}
      </Box>
    </Box>
  );
}

function Thing(props: { id: string; below: string }) {
  return (
    <Box component="li" sx={{ overflowWrap: 'anywhere' }}>
      {props.id} <Box sx={{ ...muted, fontSize: 12 }}>{props.below}</Box>
    </Box>
  );
}
