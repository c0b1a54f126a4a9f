import type { RunEvent } from '@slipway/plugin-runs-common';

/**
 * The events of a level and worse whose message, code, step or resource holds the words.
 *
 * @param filter - `level`: `all`, `warning` (errors too) or `error`; `search`: words in any order, case does not count.
 */
export function filterEvents(
  events: RunEvent[],
  filter: { level: string; search: string },
): RunEvent[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return events.filter(event => {
    if (filter.level === 'error' && event.level !== 'error') {
      return false;
    }
    if (filter.level === 'warning' && event.level === 'info') {
      return false;
    }
    const text = [
      event.message,
      event.code,
      event.stepId,
      event.data.logicalId,
      event.data.path,
      event.data.type,
    ]
      .join(' ')
      .toLowerCase();
    return words.every(word => text.includes(word));
  });
}
