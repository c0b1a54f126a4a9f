import { expiryWords } from '@slipway/plugin-infra-scaffolder';
import { formatCount, type Health } from '@slipway/ui';
import type { Home } from './loadHome';

/** One thing that waits for the person, or goes on. */
export interface Need {
  id: string;
  health: Health;
  word: string;
  name: string;
  to: string;
  /** Why, in one sentence. */
  why?: string;
}

const pageOf = (name: string) => `/environments/${encodeURIComponent(name)}`;

/**
 * What awaits the person: decisions first, then what failed, ends within three days or drifted; what is at work comes last.
 *
 * @param nowMs - the time of reading, milliseconds since 1970.
 */
export function needsOf(home: Home, nowMs: number): Need[] {
  return [
    ...home.approvals.map(
      (approval): Need => ({
        id: `approval-${approval.runId}`,
        health: 'attention',
        word: 'Approve',
        name: approval.environmentName,
        to: `/environments/runs/${approval.runId}`,
        why: `${approval.runTitle}: ${approval.reasons.join(', ')}.`,
      }),
    ),
    ...home.failed.map(
      (environment): Need => ({
        id: `failed-${environment.id}`,
        health: 'failing',
        word: 'Failed',
        name: environment.name,
        to: pageOf(environment.name),
        why: environment.statusReason,
      }),
    ),
    ...home.ending.flatMap((environment): Need[] => {
      const { health, words } = expiryWords(environment.expiresAt!, nowMs);
      if (!health) {
        return [];
      }
      const need: Need = {
        id: `ending-${environment.id}`,
        health,
        word: health === 'failing' ? 'Past its end' : 'Ends soon',
        name: environment.name,
        to: pageOf(environment.name),
        why:
          health === 'failing'
            ? `Its end was ${words}; it is destroyed unless it is extended.`
            : `Ends ${words} and is destroyed then unless it is extended.`,
      };
      return [need];
    }),
    ...home.drifted.map(
      (environment): Need => ({
        id: `drifted-${environment.id}`,
        health: 'attention',
        word: 'Drifted',
        name: environment.name,
        to: `${pageOf(environment.name)}?tab=drift`,
        why: `${formatCount(
          environment.drift?.resources ?? 0,
          'resource',
        )} changed outside the portal.`,
      }),
    ),
    ...home.atWork.map(
      (environment): Need => ({
        id: `work-${environment.id}`,
        health: 'working',
        word: 'At work',
        name: environment.name,
        to: environment.activeRun
          ? `${pageOf(environment.name)}/runs/${environment.activeRun.runId}`
          : pageOf(environment.name),
        why: environment.statusReason,
      }),
    ),
  ];
}
