import { useEffect, useState } from 'react';

/**
 * The time, again and again: milliseconds since 1970.
 *
 * @param options - `everyMs` (1,000 unless told) between two readings; not `enabled` stands still.
 * @public
 */
export function useNow(options?: {
  everyMs?: number;
  enabled?: boolean;
}): number {
  const { everyMs = 1_000, enabled = true } = options ?? {};
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, enabled]);
  return now;
}
