import {
  DependencyList,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';

/** What {@link useLoad} knows. `value` stays while it is read again. @public */
export interface Loaded<T> {
  value?: T;
  error?: Error;
  loading: boolean;
  /** When `value` was read, milliseconds since 1970. */
  readAtMs?: number;
  reload: () => void;
}

/**
 * Reads something, keeps the last good value while reading again, and ignores answers that come too late.
 *
 * @param load - reads it; called anew when `deps` change.
 * @param options - `everyMs` reads it again and again, while the page is visible.
 * @public
 */
export function useLoad<T>(
  load: () => Promise<T>,
  deps: DependencyList,
  options?: { everyMs?: number },
): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({
    loading: true,
  });
  const turn = useRef(0);
  const answered = useRef(0);
  const read = useCallback((keep: boolean) => {
    const mine = ++turn.current;
    setState(old => (keep ? { ...old, loading: true } : { loading: true }));
    load().then(
      value => {
        if (mine === turn.current) {
          answered.current = mine;
          setState({ value, loading: false, readAtMs: Date.now() });
        }
      },
      error => {
        if (mine === turn.current) {
          answered.current = mine;
          setState(old => ({ ...old, error, loading: false }));
        }
      },
    );
    // The caller says with deps when `load` reads something else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, deps);

  useEffect(() => {
    const turns = turn;
    read(false);
    return () => {
      turns.current++;
    };
  }, [read]);

  const everyMs = options?.everyMs;
  useEffect(() => {
    if (!everyMs) {
      return undefined;
    }
    const timer = setInterval(() => {
      // An answer that takes longer than that is waited for, not dropped for the next.
      const isIdle = answered.current === turn.current;
      if (document.visibilityState !== 'hidden' && isIdle) {
        read(true);
      }
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, read]);

  const reload = useCallback(() => read(true), [read]);
  return { ...state, reload };
}
