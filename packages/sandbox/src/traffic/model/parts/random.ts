/** A number in [0, 1) that depends on nothing but its arguments (32-bit finaliser of MurmurHash3). */
export function drawn(key: number, a: number, b = 0): number {
  let h = key ^ Math.imul(a | 0, 0x9e3779b1) ^ Math.imul(b | 0, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** A number for a text, so that each thing that is drawn has draws of its own (FNV-1a). */
export function keyOf(...texts: string[]): number {
  let key = 0x811c9dc5;
  for (const char of texts.join('\n')) {
    key = Math.imul(key ^ char.codePointAt(0)!, 0x01000193);
  }
  return key;
}

/** Noise in [-1, 1] without jumps, whose ups and downs take about the period. */
export function wave(key: number, timeMs: number, periodMs: number): number {
  const place = timeMs / periodMs;
  const before = Math.floor(place);
  const x = place - before;
  const from = drawn(key, before);
  const to = drawn(key, before + 1);
  return 2 * (from + (to - from) * x * x * (3 - 2 * x)) - 1;
}
