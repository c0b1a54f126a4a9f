import { formatCount, type Health } from '@slipway/ui';
import type { Home } from './loadHome';

/** The state of a person's systems in one sentence. */
export function homeSentence(home: Home): { health: Health; sentence: string } {
  const { scope, systems, environments } = home;
  const failed = environments.filter(({ status }) => status === 'failed');
  const working = environments.filter(({ activeRun }) => activeRun);
  const what = `${scope === 'own' ? 'Your ' : ''}${formatCount(
    systems.length,
    'system',
  )} ${systems.length === 1 ? 'has' : 'have'} ${
    environments.length === 0
      ? 'no environment yet'
      : formatCount(environments.length, 'environment')
  }`;
  if (failed.length > 0) {
    return {
      health: 'failing',
      sentence: `${what}: ${failed.length} failed and ${
        failed.length === 1 ? 'needs' : 'need'
      } you.`,
    };
  }
  if (working.length > 0) {
    return {
      health: 'working',
      sentence: `${what}: ${formatCount(working.length, 'run')} at work.`,
    };
  }
  return environments.length === 0
    ? { health: 'unknown', sentence: `${what}.` }
    : { health: 'healthy', sentence: `${what}; nothing needs you.` };
}
