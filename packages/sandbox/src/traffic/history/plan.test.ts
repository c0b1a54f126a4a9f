import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Traffic } from '../Traffic';
import { planPast } from './plan';
import { writeSegment } from './writeSegment';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 5, 3, 18, 7, 12);

/** The values of each series in a file of OpenMetrics, by time. */
function readFile(file: string): Map<string, [time: number, value: number][]> {
  const series = new Map<string, [number, number][]>();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.pop()).toBe('# EOF');
  for (const line of lines) {
    const [text, value, time] = line.split(' ');
    const values = series.get(text) ?? [];
    values.push([Number(time) * 1000, Number(value)]);
    series.set(text, values);
  }
  return series;
}

describe('the past of the traffic', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-past-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is whole, never falls, ends where the present begins, and is fine where it is recent', () => {
    const { segments, now } = planPast(undefined, NOW, 1.2, 0.2);
    expect(segments.length).toBeGreaterThan(1);
    expect(segments[0].start.at).toBeLessThanOrEqual(NOW - 28 * HOUR_MS);
    segments.forEach(({ until }, index) => {
      expect(until).toBe(segments[index + 1]?.start.at ?? NOW);
    });
    expect(now.at).toBe(NOW);

    const { ledger } = Traffic.from(now);
    const totals = new Set(
      ledger.series
        .filter(({ family }) => family.type !== 'gauge')
        .map(({ text }) => text),
    );
    const last = new Map<string, [number, number]>();
    const fallen: string[] = [];
    const spacings: number[] = [];
    const file = path.join(dir, 'segment.om');
    for (const segment of segments) {
      writeSegment(segment, file);
      for (const [text, values] of readFile(file)) {
        for (const [time, value] of values) {
          const [timeBefore, valueBefore] = last.get(text) ?? [0, 0];
          if (time <= timeBefore || (totals.has(text) && value < valueBefore)) {
            fallen.push(`${text} at ${new Date(time).toISOString()}`);
          }
          if (text.startsWith('active_sessions{system="high-workload"')) {
            spacings.push(time - timeBefore);
          }
          last.set(text, [time, value]);
        }
      }
    }
    expect(fallen).toEqual([]);
    expect(last.size).toBeGreaterThan(1_000);
    expect(spacings[5]).toBe(300_000);
    expect(spacings[spacings.length - 2]).toBe(60_000);
    // The totals of the whole past are those of the present.
    const different = ledger.series.filter(({ text }, place) => {
      const known = last.get(text);
      return (
        known && Math.abs(known[1] - now.values[place]) > 1 + 1e-9 * known[1]
      );
    });
    expect(different.map(({ text }) => text)).toEqual([]);
  }, 60_000);

  it('is only what has been missed when there is something to go on from', () => {
    const before = planPast(undefined, NOW, 1).now;
    expect(planPast(before, NOW + 30_000, 1).segments).toEqual([]);
    const { segments, now } = planPast(before, NOW + 2 * HOUR_MS, 1);
    expect(segments[0].start).toEqual(before);
    expect(segments[segments.length - 1].until).toBe(NOW + 2 * HOUR_MS);
    const fallen = Traffic.from(now).ledger.series.filter(
      ({ family }, place) =>
        family.type !== 'gauge' && now.values[place] < before.values[place],
    );
    expect(fallen).toEqual([]);
  });

  it('bears a clock that was put back', () => {
    const before = planPast(undefined, NOW, 1).now;
    const { segments, now } = planPast(before, NOW - HOUR_MS, 1);
    expect(segments).toEqual([]);
    expect(now).toEqual({ ...before, at: NOW - HOUR_MS });
  });
});
