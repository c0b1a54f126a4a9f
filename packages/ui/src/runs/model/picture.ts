import type { Run, RunEvent } from '@slipway/plugin-runs-common';
import { foldRun } from './foldRun';

/** All that is known of a run: how it is, and every event so far, in order and without gaps. @public */
export interface RunPicture {
  run: Run;
  events: RunEvent[];
}

/**
 * Adds events to a picture. Those already there are dropped, late ones are put in their place, and nothing is taken
 * beyond a gap: `missingAfter` then says after which sequence to read again.
 *
 * @public
 */
export function addEvents(
  picture: RunPicture,
  incoming: RunEvent[],
): { picture: RunPicture; missingAfter?: number } {
  const events = [...picture.events];
  let { run } = picture;
  let last = events.length ? events[events.length - 1].sequence : 0;
  const sorted = [...incoming].sort((a, b) => a.sequence - b.sequence);
  for (const event of sorted) {
    if (event.sequence > last + 1) {
      return { picture: { run, events }, missingAfter: last };
    }
    if (event.sequence === last + 1) {
      events.push(event);
      run = foldRun(run, event);
      last = event.sequence;
    }
  }
  return { picture: { run, events } };
}

/** The picture that a first reading gives: the run as it was read, and the events so far. @public */
export function startPicture(run: Run, events: RunEvent[]): RunPicture {
  return addEvents({ run, events: [] }, events).picture;
}
