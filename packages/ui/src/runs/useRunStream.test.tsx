import type { Run, RunEvent } from '@slipway/plugin-runs-common';
import { act, renderHook, waitFor } from '@testing-library/react';
import { useRunStream, type RunSource } from './useRunStream';

const run: Run = {
  id: 'r1',
  kind: 'infra.create',
  title: 'Create',
  subject: 'environment:e1',
  state: 'running',
  createdBy: 'user:default/maya',
  createdAt: '2026-11-21T10:00:00.000Z',
  inputs: {},
  lastSequence: 0,
  steps: [],
};

function event(sequence: number, part: Partial<RunEvent> = {}): RunEvent {
  return {
    runId: 'r1',
    sequence,
    at: '2026-11-21T10:00:00.000Z',
    code: 'step.log',
    level: 'info',
    message: `line ${sequence}`,
    data: {},
    ...part,
  };
}

const end = (sequence: number) =>
  event(sequence, {
    code: 'run.state',
    data: { from: 'running', to: 'succeeded' },
  });

/** A source whose streams give what each turn says, and then break or end. */
function scripted(turns: Array<{ events: RunEvent[]; breaks?: boolean }>) {
  const after: number[] = [];
  const source: RunSource = {
    load: async () => ({ run, events: [event(1)] }),
    async *stream(options) {
      after.push(options.after);
      const turn = turns.shift();
      yield* turn?.events ?? [];
      if (turn?.breaks) {
        throw new TypeError('Failed to fetch');
      }
    },
  };
  return { source, after };
}

describe('useRunStream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const settle = (milliseconds: number) =>
    act(() => jest.advanceTimersByTimeAsync(milliseconds));

  it('goes on after the last event seen when the connection breaks, each event once', async () => {
    const { source, after } = scripted([
      { events: [event(2), event(3)], breaks: true },
      { events: [event(3), event(4), end(5)] },
    ]);
    const { result } = renderHook(() => useRunStream('r1', source));
    await settle(0);
    expect(result.current.connection).toBe('reconnecting');
    await settle(2_000);
    expect(after).toEqual([1, 3]);
    expect(result.current.connection).toBe('ended');
    expect(
      result.current.picture?.events.map(({ sequence }) => sequence),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(result.current.picture?.run.state).toBe('succeeded');
  });

  it('reads again from before a gap', async () => {
    const { source, after } = scripted([
      { events: [event(2), event(4)] },
      { events: [event(3), end(4)] },
    ]);
    const { result } = renderHook(() => useRunStream('r1', source));
    await settle(2_000);
    expect(after).toEqual([1, 2]);
    expect(result.current.picture?.run.state).toBe('succeeded');
  });

  it('waits longer each time while nothing can be reached', async () => {
    const { source, after } = scripted(
      Array.from({ length: 20 }, () => ({ events: [], breaks: true })),
    );
    const { unmount } = renderHook(() => useRunStream('r1', source));
    await settle(60_000);
    expect(after.length).toBeGreaterThanOrEqual(4);
    expect(after.length).toBeLessThanOrEqual(9);
    unmount();
    const sofar = after.length;
    await settle(60_000);
    expect(after).toHaveLength(sofar);
  });

  it('says that the first reading failed, and starts again when asked', async () => {
    const { source } = scripted([{ events: [end(2)] }]);
    let fails = true;
    const load = source.load;
    source.load = () =>
      fails ? Promise.reject(new Error('no answer')) : load();
    const { result } = renderHook(() => useRunStream('r1', source));
    await settle(0);
    expect(result.current).toMatchObject({ connection: 'failed' });
    expect(String(result.current.error)).toContain('no answer');
    fails = false;
    act(() => result.current.restart());
    await settle(500);
    await waitFor(() => expect(result.current.connection).toBe('ended'));
    expect(result.current.error).toBeUndefined();
  });
});
