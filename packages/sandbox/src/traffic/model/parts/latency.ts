/**
 * Share of answers within each bound when everything takes `slower` times as long: F(bound / slower), F linear between
 * the shares that are given for the bounds, which is also how `histogram_quantile` reads them.
 */
export function withinBounds(
  bounds: readonly number[],
  within: readonly number[],
  slower: number,
): number[] {
  let index = 0;
  return bounds.map(bound => {
    const seconds = bound / slower;
    while (index < bounds.length && bounds[index] < seconds) {
      index++;
    }
    if (index === bounds.length) {
      const last = within[index - 1];
      // Beyond the last bound answers thin out as one over the time.
      return 1 - (1 - last) * (bounds[index - 1] / seconds);
    }
    const before = index === 0 ? 0 : bounds[index - 1];
    const from = index === 0 ? 0 : within[index - 1];
    const part = (seconds - before) / (bounds[index] - before);
    return from + (within[index] - from) * part;
  });
}

/** Average time of an answer, taking those of a bucket as spread evenly over it. */
export function meanSeconds(
  bounds: readonly number[],
  within: readonly number[],
): number {
  let mean = 0;
  bounds.forEach((bound, index) => {
    const before = index === 0 ? 0 : bounds[index - 1];
    const share = within[index] - (index === 0 ? 0 : within[index - 1]);
    mean += (share * (before + bound)) / 2;
  });
  return mean + (1 - within[within.length - 1]) * bounds[bounds.length - 1];
}

/**
 * How many times as long answers take when so much of the capacity is in use: no change up to 75 %, twice at 90 %,
 * four times at the limit, and no more than twelve times, where callers give up.
 */
export function slownessOf(utilization: number): number {
  const over = Math.max(0, utilization - 0.75);
  return Math.min(12, 1 + 4 * over + 32 * over * over);
}
