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
import { ToldEvents } from './toldEvents';
import type { EngineWorld } from './world';

/** After so many polls without news the stack itself is asked, in case its event was missed. */
const ASK_STACK_AFTER_POLLS = 10;

interface WatchOptions extends StackFacts {
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
 * Which of AWS's events were told is kept in the step's checkpoint, in the transaction that tells them. After a crash
 * the events so far are read again and those not told yet are told: none is lost or repeated.
 *
 * @throws StepFailedError `aws.unreachable` where AWS gives no answer for longer than configured.
 */
export async function watchStack(
  ctx: StepContext,
  { gateway, patience }: EngineWorld,
  options: WatchOptions,
): Promise<WatchedEnd> {
  const { stackId, since, endsAfter, total, goal } = options;
  const told = ToldEvents.from(ctx, stackId);
  const known = new Set<string>();
  let states: ResourceStates = { resources: {} };
  let ends = endsAfter === undefined;
  let ended = false;
  let toldDone: number | undefined;
  let pollsWithoutNews = 0;

  const readNews = async (readKnown: ReadonlySet<string> | undefined) => {
    const events = await gateway.listEvents(
      stackId,
      { since, known: readKnown },
      ctx.signal,
    );
    const fresh = events.filter(event => !known.has(event.id));
    const news: StepEvent[] = [];
    for (const event of fresh) {
      known.add(event.id);
      const folded = foldEvent(states, event, options);
      states = folded.states;
      if (folded.resource && !told.has(event.id)) {
        told.add(event.id);
        news.push(toStepEvent(folded.resource));
      }
      ended = ends && isSettled(states.stackStatus);
      ends ||= event.id === endsAfter;
    }
    if (news.length > 0) {
      await ctx.saveCheckpoint(
        { ...ctx.checkpoint, ...told.toCheckpoint() },
        news,
      );
    }
    const done = countDone(states, goal);
    if (total && done !== toldDone) {
      toldDone = done;
      await ctx.progress({
        done: Math.min(done, total),
        total,
        unit: 'resources',
      });
    }

    return fresh.length > 0;
  };

  for (;;) {
    const hadNews = await readNews(known);
    pollsWithoutNews = hadNews
      ? 0
      : (pollsWithoutNews % ASK_STACK_AFTER_POLLS) + 1;
    if (ended || pollsWithoutNews === ASK_STACK_AFTER_POLLS) {
      const stack = await gateway.describeStack(stackId, ctx.signal);
      if (!stack || isSettled(stack.status)) {
        // Once more from the beginning, for what showed up late among older events.
        await readNews(undefined);
        return { stack: stack ?? gone(stackId), states };
      }
    }
    await patience.pause(hadNews);
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
