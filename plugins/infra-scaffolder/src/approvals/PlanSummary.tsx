import Box from '@mui/material/Box';
import type {
  Plan,
  PolicyFinding,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  Facts,
  formatCount,
  formatMoney,
  formatMoneyDelta,
  planSentence,
  StatusText,
} from '@slipway/ui';

const SHOWN_FINDINGS = 4;

/** What of a plan one needs to know to decide on it: what it changes, what it costs, what the policies say. */
export function PlanSummary(props: {
  plan: Plan;
  /** Names, the first one's who began it. */
  authors: string[];
}) {
  const { plan, authors } = props;
  return (
    <Facts
      items={[
        ...(authors.length > 0
          ? [{ name: 'Asked by', value: authors.join(', ') }]
          : []),
        { name: 'Changes', value: planSentence(plan.changes) },
        { name: 'Cost', value: <Cost plan={plan} /> },
        { name: 'Policies', value: <Findings findings={plan.findings} /> },
      ]}
    />
  );
}

function Cost(props: { plan: Plan }) {
  const { estimate } = props.plan;
  if (!estimate) {
    return <Unknown>Nobody worked out what it costs.</Unknown>;
  }
  const { monthlyUsd, monthlyBeforeUsd, unpriced, pricesOf } = estimate;
  const [before, after] = [Number(monthlyBeforeUsd), Number(monthlyUsd)];
  return (
    <>
      <Box
        component="span"
        sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}
        title={`By the prices of ${pricesOf}`}
      >
        {formatMoney(after)} a month
      </Box>
      {before !== after && ` (${formatMoneyDelta(before, after)})`}
      {unpriced.length > 0 &&
        `, without ${formatCount(
          unpriced.length,
          'resource',
        )} that nobody could price`}
    </>
  );
}

function Findings(props: { findings: PolicyFinding[] | undefined }) {
  const { findings } = props;
  if (!findings) {
    return <Unknown>No policies are checked.</Unknown>;
  }
  if (findings.length === 0) {
    return <StatusText health="healthy">Nothing found</StatusText>;
  }
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {sorted.slice(0, SHOWN_FINDINGS).map(finding => (
        <Box
          component="li"
          key={`${finding.rule} ${finding.logicalId}`}
          sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}
        >
          <StatusText health={healthOf(finding)}>{wordOf(finding)}</StatusText>
          <span>
            {' '}
            {finding.title}
            {finding.path && `: ${finding.path}`}
          </span>
        </Box>
      ))}
      {sorted.length > SHOWN_FINDINGS && (
        <li>and {sorted.length - SHOWN_FINDINGS} more, listed in the plan</li>
      )}
    </Box>
  );
}

function Unknown(props: { children: string }) {
  return (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {props.children}
    </Box>
  );
}

/** What denies first, then what warns, then what somebody answers for. */
function rank({ effect, exemption }: PolicyFinding): number {
  if (exemption) {
    return 2;
  }
  return effect === 'deny' ? 0 : 1;
}

function healthOf({ effect, exemption }: PolicyFinding) {
  return effect === 'deny' && !exemption ? 'failing' : 'attention';
}

function wordOf({ effect, exemption }: PolicyFinding): string {
  if (exemption) {
    return 'Exempt';
  }
  return effect === 'deny' ? 'Denied' : 'Warning';
}
