import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { SystemFootprint } from '../footprint/types';
import type { NodesState } from '../types';
import { vcpusOf } from './capacity';
import { type Facts, type Power } from './facts';

export const NO_NODES: NodesState = {
  desired: 0,
  ready: 0,
  maximum: 0,
  readyByZone: {},
  instanceType: '',
  vcpus: 0,
};

function clusterOf(group: AutoScalingGroup): string | undefined {
  return group.Tags?.find(({ Key }) => Key === 'eks:cluster-name')?.Value;
}

/** The nodes of a system in one region, from the Auto Scaling groups behind its node groups. */
export function nodesState(
  system: SystemFootprint,
  region: string,
  facts: Facts,
  power: Power,
): NodesState {
  const cluster = system.regions[region]?.cluster;
  if (!cluster) {
    return NO_NODES;
  }
  const groups = (facts.regions[region]?.groups ?? []).filter(
    group => clusterOf(group) === cluster.name,
  );
  const ready = groups
    .flatMap(({ Instances = [] }) => Instances)
    .filter(
      instance =>
        instance.LifecycleState === 'InService' &&
        power.isOn(region, instance.AvailabilityZone),
    );
  const readyByZone: Record<string, number> = {};
  let vcpus = 0;
  for (const { AvailabilityZone = '', InstanceType = '' } of ready) {
    readyByZone[AvailabilityZone] = (readyByZone[AvailabilityZone] ?? 0) + 1;
    vcpus += vcpusOf(InstanceType);
  }
  const sum = (of: (group: AutoScalingGroup) => number | undefined) =>
    groups.reduce((total, group) => total + (of(group) ?? 0), 0);
  return {
    desired: sum(({ DesiredCapacity }) => DesiredCapacity),
    ready: ready.length,
    maximum: sum(({ MaxSize }) => MaxSize),
    readyByZone,
    instanceType: cluster.nodeGroups[0]?.instanceTypes[0] ?? '',
    vcpus,
  };
}
