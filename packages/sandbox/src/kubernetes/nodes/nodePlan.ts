import { createHash } from 'node:crypto';
import type { NodeGroup, NodePlan, PresentNode, WantedNode } from './types';

function bytesOf(group: NodeGroup, index: number): Buffer {
  return createHash('sha256')
    .update([group.region, group.cluster, group.name, index].join('/'))
    .digest();
}

/** us-east-1 has names of its own among AWS's private ones. */
function domainOf(region: string): string {
  return region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
}

/** Name and address are always the same for the same place in the same group, so that a restart finds its nodes. */
function wantedNode(
  group: NodeGroup,
  index: number,
  isDark: (zone: string) => boolean,
): WantedNode {
  const zone = group.zones[index % group.zones.length];
  const [a, b, c] = bytesOf(group, index);
  const address = `10.${a % 64}.${b}.${4 + (c % 250)}`;
  // Spot spreads over its types; on demand takes the first as long as there is capacity.
  const typeIndex =
    group.capacityType === 'SPOT' ? index % group.instanceTypes.length : 0;
  return {
    name: `ip-${address.replaceAll('.', '-')}.${domainOf(group.region)}`,
    group,
    zone,
    instanceType: group.instanceTypes[typeIndex],
    address,
    runs: !isDark(zone),
  };
}

/** All nodes that the groups should have now; a group without zones has none. */
export function wantedNodes(
  groups: NodeGroup[],
  isDark: (zone: string) => boolean,
): WantedNode[] {
  return groups
    .filter(group => group.zones.length > 0 && group.instanceTypes.length > 0)
    .flatMap(group =>
      Array.from({ length: group.desired }, (_, index) =>
        wantedNode(group, index, isDark),
      ),
    );
}

/** How the nodes that are there become those that should be. */
export function planNodes(
  wanted: WantedNode[],
  present: PresentNode[],
): NodePlan {
  const byName = new Map(present.map(node => [node.name, node]));
  const names = new Set(wanted.map(({ name }) => name));
  return {
    create: wanted.filter(({ name }) => !byName.has(name)),
    power: wanted.flatMap(({ name, runs }) => {
      const node = byName.get(name);
      return node && node.runs !== runs ? [{ name, runs }] : [];
    }),
    remove: present.map(({ name }) => name).filter(name => !names.has(name)),
  };
}
