import fc from 'fast-check';
import { SYSTEMS } from '../content';
import { dailyLoad, mebibytesOf, millicoresOf, podUsage } from './usage';

const workload = { requests: { cpu: '250m', memory: '256Mi' }, replicas: 3 };
const names = Array.from({ length: 200 }, (_, index) => `pod-${index}`);

function average(load: number, ready: number): number {
  const total = names.reduce(
    (sum, name) =>
      sum + podUsage(workload, name, { load, ready, minute: 7 }).millicores,
    0,
  );
  return total / names.length / millicoresOf(workload.requests.cpu);
}

describe('what pods use', () => {
  it('reads the amounts that Kubernetes writes', () => {
    expect(['250m', '2', '1.5'].map(millicoresOf)).toEqual([250, 2000, 1500]);
    expect(['256Mi', '2Gi'].map(mebibytesOf)).toEqual([256, 2048]);
  });

  it('is the same for the same pod and minute, and near the average of its siblings', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (name, load, ready) => {
          const at = { load, ready, minute: 1 };
          const usage = podUsage(workload, name, at);
          expect(podUsage(workload, name, at)).toEqual(usage);
          const middle = podUsage(workload, 'x', { ...at, minute: 2 });
          expect(usage.millicores).toBeLessThanOrEqual(
            middle.millicores * 1.2 + 2,
          );
        },
      ),
    );
  });

  it('shares the work: half the pods have twice as much to do each', () => {
    const rest = average(0, 3);
    expect(average(1, 3) - rest).toBeCloseTo((average(1, 6) - rest) * 2, 1);
    expect(average(1, 3)).toBeGreaterThan(0.6);
    expect(average(1, 3)).toBeLessThan(0.7);
  });

  it('leaves every autoscaler of the documents at rest at the usual peak', () => {
    const scaled = SYSTEMS.flatMap(({ workloads }) => workloads).filter(
      ({ scaling }) => scaling?.cpuPercent,
    );
    expect(scaled.length).toBeGreaterThan(8);
    for (const { requests, replicas, scaling } of scaled) {
      const { millicores } = podUsage({ requests, replicas }, 'pod', {
        load: 1,
        ready: replicas,
        minute: 3,
      });
      const percent = (100 * millicores) / millicoresOf(requests.cpu);
      // A tenth of tolerance is what autoscalers have of their own.
      expect(percent).toBeLessThan(scaling!.cpuPercent! * 1.1);
    }
  });

  it('a day has its peak at 16:00 UTC and its least at 04:00', () => {
    const hours = Array.from({ length: 24 }, (_, hour) =>
      dailyLoad(new Date(Date.UTC(2026, 10, 25, hour))),
    );
    expect(Math.max(...hours)).toBe(hours[16]);
    expect(Math.min(...hours)).toBe(hours[4]);
    expect(hours[16]).toBeCloseTo(1);
  });
});
