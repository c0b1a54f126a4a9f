import type { Run } from '@slipway/plugin-runs-common';
import { healthOfStep, type Health } from '../../status/health';
import type { ResourceProgress } from './resources';

/** One bar of a timeline, from 0 (the run's start) to 1 (its end, or now). @public */
export interface TimelineBar {
  id: string;
  title: string;
  health: Health;
  from: number;
  to: number;
  /** Where it is expected to end, if that is after `to`. */
  expectedTo?: number;
  durationMs: number;
}

/** @public */
export interface Timeline {
  startMs: number;
  endMs: number;
  bars: TimelineBar[];
  /** Those too short to be seen, left out. */
  brief?: { count: number; longestMs: number };
}

const RESOURCE_HEALTH: Record<ResourceProgress['status'], Health> = {
  pending: 'unknown',
  working: 'working',
  done: 'healthy',
  failed: 'failing',
  deleted: 'healthy',
  skipped: 'unknown',
};

/** How a resource's progress looks. @public */
export function healthOfResource(status: ResourceProgress['status']): Health {
  return RESOURCE_HEALTH[status] ?? 'unknown';
}

/**
 * The bars of all steps that have started, in the run's order.
 *
 * @param nowMs - where bars that have not ended reach to.
 * @public
 */
export function timelineOfSteps(run: Run, nowMs: number): Timeline {
  const spans = run.steps.flatMap(step =>
    step.startedAt
      ? [
          {
            id: step.id,
            title: step.title,
            health: healthOfStep(step.state).health,
            fromMs: Date.parse(step.startedAt),
            toMs: step.endedAt ? Date.parse(step.endedAt) : nowMs,
            expectedMs:
              step.expectedSeconds && !step.endedAt
                ? step.expectedSeconds * 1_000
                : undefined,
          },
        ]
      : [],
  );
  return scale(spans);
}

/**
 * As {@link timelineOfSteps}, of resources, in the order in which they started. Those that ended well after a moment are
 * counted as brief.
 *
 * @public
 */
export function timelineOfResources(
  resources: ResourceProgress[],
  nowMs: number,
): Timeline {
  const spans = resources.flatMap(resource =>
    resource.startedAt
      ? [
          {
            id: resource.logicalId,
            title: resource.path,
            health: healthOfResource(resource.status),
            fromMs: Date.parse(resource.startedAt),
            toMs:
              resource.status === 'working' || !resource.updatedAt
                ? nowMs
                : Date.parse(resource.updatedAt),
          },
        ]
      : [],
  );
  return withoutBrief(scale(spans.sort((a, b) => a.fromMs - b.fromMs)));
}

/** A share of the whole that hardly shows. */
const BRIEF = 0.04;
const FEW = 12;

function withoutBrief(timeline: Timeline): Timeline {
  const isBrief = ({ from, to, health }: TimelineBar) =>
    health === 'healthy' && to - from < BRIEF;
  const brief = timeline.bars.filter(isBrief);
  return timeline.bars.length <= FEW ||
    brief.length === 0 ||
    brief.length === timeline.bars.length
    ? timeline
    : {
        ...timeline,
        bars: timeline.bars.filter(bar => !isBrief(bar)),
        brief: {
          count: brief.length,
          longestMs: Math.max(0, ...brief.map(bar => bar.durationMs)),
        },
      };
}

interface Span {
  id: string;
  title: string;
  health: Health;
  fromMs: number;
  toMs: number;
  expectedMs?: number;
}

function scale(spans: Span[]): Timeline {
  const startMs = spans.length ? Math.min(...spans.map(s => s.fromMs)) : 0;
  const endMs = Math.max(
    startMs + 1_000,
    ...spans.map(s => Math.max(s.toMs, s.fromMs + (s.expectedMs ?? 0))),
  );
  const width = endMs - startMs;
  const at = (ms: number) => Math.min(1, Math.max(0, (ms - startMs) / width));
  return {
    startMs,
    endMs,
    bars: spans.map(({ id, title, health, fromMs, toMs, expectedMs }) => {
      const end = Math.max(fromMs, toMs);
      return {
        id,
        title,
        health,
        from: at(fromMs),
        to: at(end),
        expectedTo:
          expectedMs && fromMs + expectedMs > end
            ? at(fromMs + expectedMs)
            : undefined,
        durationMs: end - fromMs,
      };
    }),
  };
}
