import { act, renderHook } from '@testing-library/react';
import { useLoad } from './useLoad';

const SECOND_MS = 1_000;

describe('what is read again and again', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is shown also where each answer takes longer than the pause between two', async () => {
    let count = 0;
    const { result } = renderHook(() =>
      useLoad(
        async () => {
          const mine = ++count;
          await new Promise(resolve => setTimeout(resolve, 12 * SECOND_MS));
          return mine;
        },
        [],
        { everyMs: 5 * SECOND_MS },
      ),
    );
    await act(() => jest.advanceTimersByTimeAsync(13 * SECOND_MS));
    expect(result.current.value).toBe(1);
    await act(() => jest.advanceTimersByTimeAsync(20 * SECOND_MS));
    expect(result.current.value).toBe(2);
  });
});
