import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import type {
  CostEstimate,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  Column,
  Columns,
  EmptyState,
  formatCount,
  formatMoney,
  formatMoneyDelta,
  Section,
} from '@slipway/ui';
import { useMemo } from 'react';
import { CostGroups } from './CostGroups';
import { CostTable } from './CostTable';
import { groupsOf, rowsOf, unpricedCount } from './costModel';

/** What a plan comes to a month: altogether, by part, by resource, on which assumptions, by prices of which day. */
export function EstimatePanel(props: {
  plan: Plan | null | undefined;
  /** The run may still make one. */
  pending: boolean;
}) {
  const { plan, pending } = props;
  if (!plan) {
    return pending ? (
      <Section title="Cost a month">
        <Box aria-busy="true">
          <p style={{ marginTop: 0 }}>
            It is worked out with the plan, before anything is made.
          </p>
          {Array.from({ length: 6 }, (_, row) => (
            <Skeleton key={row} height={36} />
          ))}
        </Box>
      </Section>
    ) : (
      <EmptyState
        title="No plan was made"
        why="The run ended before it had one, so nobody knows what it would have cost."
      />
    );
  }
  if (!plan.estimate) {
    return (
      <EmptyState
        title="Nobody worked out what this costs"
        why={
          plan.warnings.find(warning => /^What it costs/.test(warning)) ??
          'This portal has no module that prices plans, or had none when the plan was made.'
        }
      />
    );
  }
  return <Estimate estimate={plan.estimate} />;
}

function Estimate(props: { estimate: CostEstimate }) {
  const { estimate } = props;
  const rows = useMemo(() => rowsOf(estimate), [estimate]);
  const groups = useMemo(() => groupsOf(rows), [rows]);
  if (rows.length === 0 && estimate.unpriced.length === 0) {
    return (
      <EmptyState
        title="It costs nothing"
        why="Nothing in this plan is paid for by itself."
      />
    );
  }
  return (
    <Columns>
      <Column span={12}>
        <Section title={`Cost a month in ${estimate.region}`}>
          <Amount estimate={estimate} />
          <Box sx={{ color: 'text.secondary', fontSize: 12, mt: 0.5 }}>
            A month of 730 hours by AWS’s list prices, none of them older than{' '}
            {estimate.pricesOf}. Taxes, free allowances, discounts and support
            plans are not in it.
          </Box>
          {estimate.unpriced.length > 0 && <Unpriced estimate={estimate} />}
        </Section>
      </Column>
      <Column span={8}>
        <Section title="By resource" flush>
          <CostTable rows={rows} />
        </Section>
      </Column>
      <Column span={4}>
        <Box sx={{ display: 'grid', gap: 2 }}>
          <Section title="By part">
            <CostGroups groups={groups} />
          </Section>
          <Assumptions sentences={estimate.assumptions} />
        </Box>
      </Column>
    </Columns>
  );
}

function Amount(props: { estimate: CostEstimate }) {
  const { monthlyUsd, monthlyBeforeUsd } = props.estimate;
  const [before, after] = [Number(monthlyBeforeUsd), Number(monthlyUsd)];
  const change =
    before === after
      ? 'as much as what stands'
      : `${formatMoneyDelta(before, after)} on the ${formatMoney(
          before,
        )} of what stands`;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'baseline',
        columnGap: 1.5,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      <Box component="span" sx={{ fontSize: 24, fontWeight: 600 }}>
        {formatMoney(after)}
      </Box>
      {before > 0 && <span>{change}</span>}
    </Box>
  );
}

function Unpriced(props: { estimate: CostEstimate }) {
  const { estimate } = props;
  const count = unpricedCount(estimate);
  return (
    <Alert severity="warning" variant="outlined" sx={{ mt: 1.5 }}>
      {formatCount(count, 'resource')} could not be priced, so the real cost is
      higher:
      <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
        {estimate.unpriced.map(({ path, type, reason }) => (
          <li key={`${path} ${type} ${reason}`}>
            {path} ({type}): {reason}
          </li>
        ))}
      </Box>
    </Alert>
  );
}

function Assumptions(props: { sentences: string[] }) {
  const { sentences } = props;
  if (sentences.length === 0) {
    return null;
  }
  return (
    <Section title="Assumed where the plan does not say">
      <Box
        component="ul"
        sx={{ m: 0, pl: 2.5, fontSize: 14, display: 'grid', gap: 0.5 }}
      >
        {sentences.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </Box>
    </Section>
  );
}
