/**
 * A number with its noun: `1 resource`, `1,204 resources`.
 *
 * @param plural - where the noun's plural is not the noun and an s.
 * @public
 */
export function formatCount(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return `${new Intl.NumberFormat('en-US').format(count)} ${
    count === 1 ? noun : plural
  }`;
}

/** Joins words as a person says them: `a`, `a and b`, `a, b and c`. @public */
export function joinWords(words: string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
