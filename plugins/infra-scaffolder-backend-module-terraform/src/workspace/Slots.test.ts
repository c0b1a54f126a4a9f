import { Slots } from './Slots';

/** A step: what of its time does not count is noted. */
function waiter(told: string[], name: string) {
  const abort = new AbortController();
  return {
    abort: () => abort.abort(new Error(`${name} was cancelled`)),
    signal: abort.signal,
    uncounted: async <T>(wait: () => Promise<T>) => {
      told.push(`${name} waits`);
      try {
        return await wait();
      } finally {
        told.push(`${name} waited`);
      }
    },
  };
}

describe('slots', () => {
  it('are given in the order of asking; the wait is not the time of the step', async () => {
    const slots = Slots.create(1);
    const told: string[] = [];
    const work = (name: string) => async () => {
      told.push(`${name} works`);
      await new Promise(resolve => setTimeout(resolve, 5));
    };
    await Promise.all(
      ['a', 'b', 'c'].map(name => slots.with(waiter(told, name), work(name))),
    );
    expect(told).toEqual([
      'b waits',
      'c waits',
      'a works',
      'b waited',
      'b works',
      'c waited',
      'c works',
    ]);
  });

  it('are not lost with those who leave the line', async () => {
    const slots = Slots.create(1);
    const told: string[] = [];
    let leave = () => {};
    const first = slots.with(
      waiter(told, 'first'),
      () =>
        new Promise<void>(resolve => {
          leave = resolve;
        }),
    );
    const second = waiter(told, 'second');
    const gone = slots.with(second, async () => 'never');
    second.abort();
    await expect(gone).rejects.toThrow('second was cancelled');
    // Its turn comes, and what is written after the wait fails.
    const third = slots.with(
      {
        signal: new AbortController().signal,
        uncounted: async wait => {
          await wait();
          throw new Error('the lease is lost');
        },
      },
      async () => 'never',
    );
    const fourth = slots.with(waiter(told, 'fourth'), async () => 'works');
    leave();
    await first;
    await expect(third).rejects.toThrow('the lease is lost');
    await expect(fourth).resolves.toBe('works');
  });
});
