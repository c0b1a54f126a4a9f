import {
  type EnvironmentResource,
  INFRA_EVENT_CODES,
} from '@slipway/plugin-infra-scaffolder-common';
import type { StepContext, StepEvent } from '@slipway/plugin-runs-node';
import type { Stack } from '../aws/types';
import {
  countDone,
  foldEvent,
  type ResourceStates,
  type StackFacts,
} from './resourceStates';
import type { EngineWorld } from './world';

/** Without news the stack is asked directly each so many polls, in case an event was missed. */
const ASK_STACK_EVERY_POLLS = 10;

export interface WatchOptions extends StackFacts {
  /** Events up to and including this one are not looked at: they belong to earlier operations. */
  since?: string;
  /** Only an end that comes after this event counts; default: any. */
  endsAfter?: string;
  /** Number of resources that the operation is about; no progress is told where it is missing. */
  total?: number;
  goal: 'present' | 'gone';
}

export interface WatchedEnd {
  stack: Stack;
  states: ResourceStates;
}

/**
 * Follows a stack until AWS has ended what it does with it, telling each change of a resource as an event.
 *
 * The id of AWS's last event that was told is kept in the step's checkpoint, under `watch`, in the transaction that
 * tells it. After a crash the events so far are read again and telling goes on after that one: none is lost or repeated.
 *
 * @throws StepFailedError `aws.unreachable` where AWS gives no answer for longer than configured.
 */
export async function watchStack(
  ctx: StepContext,
  { gateway, patience }: EngineWorld,
  options: WatchOptions,
): Promise<WatchedEnd> {
  let states: ResourceStates = { resources: {} };
  let lastRead = options.since;
  let untold = toldUntil(ctx, options.stackId) ?? options.since;
  let ends = options.endsAfter === undefined;
  let ended = false;
  let toldDone: number | undefined;
  let pollsWithoutNews = 0;

  for (;;) {
    const events = await gateway.listEvents(
      options.stackId,
      lastRead,
      ctx.signal,
    );
    // On re-attaching, what was told before the crash only brings the picture up to date.
    const silentUntil = events.findIndex(event => event.id === untold);
    const news: StepEvent[] = [];
    for (const [index, event] of events.entries()) {
      const folded = foldEvent(states, event, options);
      states = folded.states;
      if (folded.resource && index > silentUntil) {
        news.push(toStepEvent(folded.resource));
      }
      ended = ends && isSettled(states.stackStatus);
      ends ||= event.id === options.endsAfter;
    }
    if (events.length > 0) {
      lastRead = events[events.length - 1].id;
      untold = undefined;
    }
    if (news.length > 0) {
      await ctx.saveCheckpoint(
        {
          ...ctx.checkpoint,
          watch: { stackId: options.stackId, eventId: lastRead ?? '' },
        },
        news,
      );
    }
    const done = countDone(states, options.goal);
    if (options.total && done !== toldDone) {
      toldDone = done;
      await ctx.progress({
        done: Math.min(done, options.total),
        total: options.total,
        unit: 'resources',
      });
    }

    pollsWithoutNews = events.length > 0 ? 0 : pollsWithoutNews + 1;
    const mayBeOver =
      ended ||
      (pollsWithoutNews > 0 && pollsWithoutNews % ASK_STACK_EVERY_POLLS === 0);
    if (mayBeOver) {
      const stack = await gateway.describeStack(options.stackId, ctx.signal);
      if (!stack || isSettled(stack.status)) {
        return { stack: stack ?? gone(options.stackId), states };
      }
    }
    await patience.pause(events.length > 0);
  }
}

function isSettled(status: string | undefined): boolean {
  return status !== undefined && !status.endsWith('_IN_PROGRESS');
}

/** AWS forgets deleted stacks after 90 days. */
function gone(stackId: string): Stack {
  return {
    id: stackId,
    name: '',
    status: 'DELETE_COMPLETE',
    lastUpdatedAt: '',
    tags: {},
    outputs: {},
  };
}

function toldUntil(ctx: StepContext, stackId: string): string | undefined {
  const watch = ctx.checkpoint?.watch as
    | { stackId: string; eventId: string }
    | undefined;
  return watch?.stackId === stackId ? watch.eventId : undefined;
}

function toStepEvent(resource: EnvironmentResource): StepEvent {
  return {
    code: INFRA_EVENT_CODES.resource,
    level: resource.status === 'failed' ? 'error' : 'info',
    message: `${resource.path} (${resource.type}): ${resource.awsStatus}${
      resource.reason ? `, ${resource.reason}` : ''
    }`,
    data: { ...resource },
  };
}
