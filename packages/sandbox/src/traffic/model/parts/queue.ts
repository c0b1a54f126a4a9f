import type { SystemRegionState } from '../../../world/types';
import type { SystemSpec } from '../../systems/types';
import type { QueueFlow, RegionMemory } from '../flow';
import type { Trouble } from '../trouble';

/** One step of the queue of a region; it changes what is remembered of it. */
export function queueOf(
  spec: SystemSpec,
  state: SystemRegionState,
  trouble: Trouble,
  memory: RegionMemory,
  made: { requests: number; canTake: number },
  seconds: number,
): QueueFlow | undefined {
  const { queue } = spec;
  const known = state.queues.find(({ kind }) => kind === queue?.kind);
  if (!queue || !known) {
    return undefined;
  }
  const isHere = !state.isDark && known.isAvailable;
  const sent = isHere ? made.requests * queue.messagesPerRequest : 0;
  const canTake =
    isHere && made.canTake > 0.05
      ? 1.6 *
        queue.messagesPerRequest *
        Math.max(made.requests, 0.3 * spec.demand.requests) *
        made.canTake *
        (1 - trouble.consumersAreDown)
      : 0;
  const taken = Math.min(canTake, sent + memory.backlog / seconds);
  memory.backlog = Math.max(0, memory.backlog + (sent - taken) * seconds);
  const waiting =
    memory.backlog + (queue.waiting * made.requests) / spec.demand.requests;
  return {
    sent,
    taken,
    waiting,
    oldestSeconds: waiting / Math.max(taken > 0 ? taken : sent, 0.01),
    brokers: isHere ? queue.brokers ?? 0 : 0,
  };
}
