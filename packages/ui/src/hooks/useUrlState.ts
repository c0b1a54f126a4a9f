import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * State that lives in the address, so that a link opens the same picture.
 * Setting the fallback takes the parameter out of the address again.
 *
 * @param name - of the query parameter.
 * @param fallback - what it is while the address does not say.
 * @public
 */
export function useUrlState(
  name: string,
  fallback = '',
): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const value = params.get(name) ?? fallback;
  const setValue = useCallback(
    (next: string) =>
      setParams(
        current => {
          const changed = new URLSearchParams(current);
          if (next === fallback) {
            changed.delete(name);
          } else {
            changed.set(name, next);
          }
          return changed;
        },
        { replace: true },
      ),
    [name, fallback, setParams],
  );
  return [value, setValue];
}
