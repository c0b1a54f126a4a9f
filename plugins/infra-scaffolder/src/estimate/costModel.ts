import type {
  CostEstimate,
  CostLine,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatCount, formatMoney, formatMoneyDelta } from '@slipway/ui';

/** Decimal dollars as whole cents, in which sums are exact. */
export function centsOf(usd: string): number {
  return Math.round(Number(usd) * 100);
}

/** A resource that is paid for, as the table has it. Amounts in cents a month. */
export interface CostRow {
  line: CostLine;
  /** First part of its path, as the plan groups it. */
  group: string;
  beforeCents: number;
  afterCents: number;
}

/** The dearest first; among the same, what stands first in the plan. */
export function rowsOf({ lines }: CostEstimate): CostRow[] {
  return lines
    .map(line => ({
      line,
      group: groupOf(line.path),
      beforeCents: centsOf(line.monthlyBeforeUsd ?? '0'),
      afterCents: centsOf(line.monthlyUsd),
    }))
    .sort(
      (a, b) =>
        Math.max(b.afterCents, b.beforeCents) -
        Math.max(a.afterCents, a.beforeCents),
    );
}

/** `database/instance` → `database`; Terraform's keys are left out: `bucket["logs"]` → `bucket`. */
function groupOf(path: string): string {
  return path.split('/')[0].replace(/\[.*$/, '');
}

/** What the resources of a group come to. Amounts in cents a month. */
export interface CostGroup {
  name: string;
  count: number;
  beforeCents: number;
  afterCents: number;
}

/** By group, the dearest first. */
export function groupsOf(rows: CostRow[]): CostGroup[] {
  const groups = new Map<string, CostGroup>();
  for (const { group: name, beforeCents, afterCents } of rows) {
    const group = groups.get(name) ?? {
      name,
      count: 0,
      beforeCents: 0,
      afterCents: 0,
    };
    group.count += 1;
    group.beforeCents += beforeCents;
    group.afterCents += afterCents;
    groups.set(name, group);
  }
  return [...groups.values()].sort(
    (a, b) =>
      Math.max(b.afterCents, b.beforeCents) -
      Math.max(a.afterCents, a.beforeCents),
  );
}

/** The dearest, and all others as one. */
export function shortened(groups: CostGroup[], most: number): CostGroup[] {
  if (groups.length <= most + 1) {
    return groups;
  }
  const others = groups.slice(most);
  const sum = (key: 'count' | 'beforeCents' | 'afterCents') =>
    others.reduce((total, group) => total + group[key], 0);
  return [
    ...groups.slice(0, most),
    {
      name: `${others.length} others`,
      count: sum('count'),
      beforeCents: sum('beforeCents'),
      afterCents: sum('afterCents'),
    },
  ];
}

/** `$300.78 a month, +$31.87 (+12 %) on what stands` */
export function costSentence(estimate: CostEstimate): string {
  const { monthlyBeforeUsd, monthlyUsd, unpriced } = estimate;
  const [before, after] = [Number(monthlyBeforeUsd), Number(monthlyUsd)];
  const amount = `${formatMoney(after)} a month`;
  const without =
    unpriced.length > 0
      ? `, without ${formatCount(
          unpricedCount(estimate),
          'resource',
        )} that could not be priced`
      : '';
  if (before === 0) {
    return `${amount}${without}`;
  }
  return before === after
    ? `${amount} as before${without}`
    : `${amount}, ${formatMoneyDelta(before, after)}${without}`;
}

/** What the sentence over a run says of money: `, +$31.87 a month`; nothing where nobody knows or nothing changes. */
export function costWords(estimate: CostEstimate | undefined): string {
  if (!estimate) {
    return '';
  }
  const cents =
    centsOf(estimate.monthlyUsd) - centsOf(estimate.monthlyBeforeUsd);
  if (cents === 0) {
    return '';
  }
  const money = formatMoney(cents / 100);
  return `, ${cents > 0 ? '+' : ''}${money} a month`;
}

/** Resources, not reasons: one may have several. */
export function unpricedCount({ unpriced }: CostEstimate): number {
  return new Set(unpriced.map(({ path, type }) => `${path} ${type}`)).size;
}
