import type { Health } from '@slipway/ui';
import {
  EXPIRY_ACTOR,
  SCHEDULE_ACTOR,
  SLEEP_RUN_KINDS,
  type EnvironmentStatus,
  type Operation,
} from '@slipway/plugin-infra-scaffolder-common';

/** A way to say what an operation does. */
export interface OperationWords {
  /** `Create`; on buttons. */
  verb: string;
  /** `Creating`; of a run at work. */
  doing: string;
  /** `created`; of a run that succeeded. */
  done: string;
}

/** @see OperationWords */
export const OPERATION_WORDS: Record<Operation, OperationWords> = {
  create: { verb: 'Create', doing: 'Creating', done: 'created' },
  update: { verb: 'Change', doing: 'Changing', done: 'changed' },
  destroy: { verb: 'Destroy', doing: 'Destroying', done: 'destroyed' },
};

const SLEEP_WORDS: Record<string, OperationWords> = {
  [SLEEP_RUN_KINDS.sleep]: {
    verb: 'Put to sleep',
    doing: 'Putting to sleep',
    done: 'put to sleep',
  },
  [SLEEP_RUN_KINDS.wake]: { verb: 'Wake', doing: 'Waking', done: 'woken' },
};

const STATUS: Record<EnvironmentStatus, { health: Health; word: string }> = {
  planning: { health: 'working', word: 'Planning' },
  creating: { health: 'working', word: 'Creating' },
  ready: { health: 'healthy', word: 'Ready' },
  updating: { health: 'working', word: 'Changing' },
  destroying: { health: 'working', word: 'Destroying' },
  destroyed: { health: 'unknown', word: 'Destroyed' },
  failed: { health: 'failing', word: 'Failed' },
  cancelled: { health: 'unknown', word: 'Cancelled' },
};

/** How an environment is, and the word for it; a status that this page does not know is Unknown. @public */
export function wordOfStatus(status: EnvironmentStatus): {
  health: Health;
  word: string;
} {
  return STATUS[status] ?? { health: 'unknown', word: 'Unknown' };
}

/** The operation of a run by its kind, e.g. `infra.create`. */
export function operationOfKind(kind: string): Operation {
  const name = kind.split('.')[1];
  return name === 'destroy' || name === 'update' ? name : 'create';
}

/** What a run does, in words, by its kind. */
export function wordsOfKind(kind: string): OperationWords {
  return SLEEP_WORDS[kind] ?? OPERATION_WORDS[operationOfKind(kind)];
}

/** The last part of an entity reference: `maya` of `user:default/maya`. */
export function nameOfRef(ref: string): string {
  if (ref === EXPIRY_ACTOR || ref === SCHEDULE_ACTOR) {
    return 'the portal';
  }
  return ref.replace(/^[^:]*:/, '').replace(/^default\//, '');
}
