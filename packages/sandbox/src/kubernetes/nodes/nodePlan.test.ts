import fc from 'fast-check';
import { planNodes, wantedNodes } from './nodePlan';
import type { NodeGroup, PresentNode } from './types';

const group = (index: number): fc.Arbitrary<NodeGroup> =>
  fc.record({
    cluster: fc.constantFrom('cloud-native-prod', 'microservice-prod'),
    version: fc.constant('1.36'),
    system: fc.constant('cloud-native'),
    name: fc.constant(`group-${index}`),
    desired: fc.integer({ min: 0, max: 20 }),
    instanceTypes: fc.constantFrom(['t3.large'], ['t3.medium', 't3.large']),
    capacityType: fc.constantFrom('ON_DEMAND', 'SPOT'),
    region: fc.constantFrom('us-east-1', 'us-west-2'),
    zones: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
  });
const groups = fc.tuple(group(0), group(1), group(2));
const darkZones = fc.subarray(['a', 'b', 'c']);

function wanted(all: NodeGroup[], dark: string[]) {
  return wantedNodes(all, zone => dark.includes(zone));
}

/** What becomes of the nodes when a plan is carried out. */
function carriedOut(
  plan: ReturnType<typeof planNodes>,
  present: PresentNode[],
): PresentNode[] {
  const power = new Map(plan.power.map(({ name, runs }) => [name, runs]));
  return [
    ...present
      .filter(({ name }) => !plan.remove.includes(name))
      .map(({ name, runs }) => ({ name, runs: power.get(name) ?? runs })),
    ...plan.create.map(({ name, runs }) => ({ name, runs })),
  ].sort((a, b) => a.name.localeCompare(b.name));
}

describe('nodes of node groups', () => {
  it('any nodes become those of the groups, and then nothing is left to do', () => {
    fc.assert(
      fc.property(
        groups,
        darkZones,
        groups,
        darkZones,
        (before, darkBefore, after, dark) => {
          const present = wanted(before, darkBefore);
          const target = wanted(after, dark);
          const result = carriedOut(planNodes(target, present), present);
          expect(result).toEqual(
            target
              .map(({ name, runs }) => ({ name, runs }))
              .sort((a, b) => a.name.localeCompare(b.name)),
          );
          const next = planNodes(target, result);
          expect(next).toEqual({ create: [], power: [], remove: [] });
        },
      ),
    );
  });

  it('a group spreads over its zones, and scaling it keeps the nodes that it had', () => {
    fc.assert(
      fc.property(group(0), fc.integer({ min: 0, max: 20 }), (one, more) => {
        const nodes = wanted([one], []);
        const counts = one.zones.map(
          zone => nodes.filter(node => node.zone === zone).length,
        );
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(
          1,
        );
        expect(new Set(nodes.map(({ name }) => name)).size).toBe(one.desired);
        const grown = wanted([{ ...one, desired: one.desired + more }], []);
        expect(planNodes(grown, nodes).remove).toEqual([]);
        expect(planNodes(grown, nodes).create).toHaveLength(more);
      }),
    );
  });

  it('only the kubelets of dark zones are silent', () => {
    fc.assert(
      fc.property(groups, darkZones, (all, dark) => {
        for (const { zone, runs } of wanted(all, dark)) {
          expect(runs).toBe(!dark.includes(zone));
        }
      }),
    );
  });
});
