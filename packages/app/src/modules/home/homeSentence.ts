import { formatCount, formatMoney, type Health } from '@slipway/ui';
import type { Home } from './loadHome';

/** The state of a person's systems and environments in one sentence. */
export function homeSentence(home: Home): { health: Health; sentence: string } {
  const { scope, systems, totals, approvals } = home;
  const count = totals.environments;
  const cost =
    count > totals.unpriced
      ? ` at ${formatMoney(Number(totals.monthlyUsd))} a month`
      : '';
  const what = `${scope === 'own' ? 'Your ' : ''}${formatCount(
    systems.length,
    'system',
  )} ${systems.length === 1 ? 'has' : 'have'} ${
    count === 0
      ? 'no environment yet'
      : `${formatCount(count, 'environment')}${cost}`
  }`;
  const waiting: Array<[number, string, string]> = [
    [totals.failed, 'failed', 'failed'],
    [approvals.length, 'plan awaits you', 'plans await you'],
    [totals.expiring, 'ends within three days', 'end within three days'],
    [totals.drifted, 'drifted', 'drifted'],
  ];
  const said = waiting.flatMap(([number, one, many]) =>
    number > 0 ? [`${number} ${number === 1 ? one : many}`] : [],
  );
  if (said.length > 0) {
    return {
      health: totals.failed > 0 ? 'failing' : 'attention',
      sentence: `${what}: ${said.join(', ')}.`,
    };
  }
  if (totals.working > 0) {
    return {
      health: 'working',
      sentence: `${what}: ${formatCount(totals.working, 'run')} at work.`,
    };
  }
  return count === 0
    ? { health: 'unknown', sentence: `${what}.` }
    : { health: 'healthy', sentence: `${what}; nothing needs you.` };
}
