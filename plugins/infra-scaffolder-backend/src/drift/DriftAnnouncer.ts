import type {
  DriftFinding,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { ActivityStore } from '../database/types';
import type { Announcer } from '../services/Announcer';
import { environmentPath } from '../services/paths';
import type { DriftOutcome } from './types';

const SCHEDULE = 'plugin:infra-scaffolder';

function keysOf({ logicalId, kind, attributes }: DriftFinding): string[] {
  return kind === 'deleted'
    ? [`${logicalId} deleted`]
    : attributes.map(({ path }) => `${logicalId} ${path}`);
}

/** What of it was not there before. */
function news(before: DriftFinding[], after: DriftFinding[]): DriftFinding[] {
  const old = new Set(before.flatMap(keysOf));
  return after.filter(finding => keysOf(finding).some(key => !old.has(key)));
}

function sentenceOf(findings: DriftFinding[]): string {
  const named = findings.slice(0, 3).map(finding => {
    const { path, kind, attributes } = finding;
    return kind === 'deleted'
      ? `${path} was deleted`
      : `${path}: ${attributes.map(each => each.path).join(', ')}`;
  });
  const more = findings.length - named.length;
  return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** Tells of drift when it first appears, and of its end. */
export class DriftAnnouncer {
  readonly #activity: ActivityStore;
  readonly #announcer: Announcer;

  static create(options: {
    activity: ActivityStore;
    announcer: Announcer;
  }): DriftAnnouncer {
    return new DriftAnnouncer(options.activity, options.announcer);
  }

  private constructor(activity: ActivityStore, announcer: Announcer) {
    this.#activity = activity;
    this.#announcer = announcer;
  }

  async found(
    environment: Environment,
    before: DriftFinding[],
    { state, findings }: DriftOutcome,
    actor = SCHEDULE,
  ): Promise<void> {
    const { id, name, owner } = environment;
    const fresh = state === 'drifted' ? news(before, findings) : [];
    if (fresh.length > 0) {
      await this.#activity.add(id, {
        at: new Date(),
        actor,
        action: 'drift.found',
        message: `Found drift of ${name}: ${sentenceOf(fresh)}.`,
      });
      await this.#announcer.notifyAll([owner], {
        except: [],
        title: `${name} is not as it was applied any more`,
        description: `${sentenceOf(
          fresh,
        )}. Take the values over, or have them put back.`,
        link: `${environmentPath(name)}?tab=drift`,
        severity: 'normal',
      });
      await this.#announcer.changed(environment, 'drifted');
    } else if (state === 'in_sync' && before.length > 0) {
      await this.#activity.add(id, {
        at: new Date(),
        actor,
        action: 'drift.gone',
        message: `${name} is as it was applied again.`,
      });
      await this.#announcer.changed(environment, 'drift-gone');
    }
  }
}
