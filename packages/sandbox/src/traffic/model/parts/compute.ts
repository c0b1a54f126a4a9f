import type { SystemRegionState } from '../../../world/types';
import type { ComponentSpec, SystemSpec } from '../../systems/types';
import type { NodesFlow, RegionMemory } from '../flow';

/** How long an autoscaler waits before it takes pods away. */
const SCALE_DOWN_SECONDS = 300;
/** Share of the users from which on a region counts as serving, with the bounds of the home region. */
const SERVING_SHARE = 0.02;
/** How far pods may go beyond the CPU that they request. */
const BURST = 1.6;

/** What a region's machines and pods are asked for. */
export interface Demanded {
  /** Requests of users. */
  offered: number;
  share: number;
  /** As a share of the system's yearly average. */
  relative: number;
  /** Seconds of CPU for each call of a component, times the usual. */
  cpuFactor: (component: string) => number;
}

/** The state of one component's pods. */
export interface PodsFlow {
  pods: number;
  wanted: number;
  minimum: number;
  maximum: number;
  scaledOut: number;
  cores: number;
  /** Share of what it can do that is asked of it; above 1 calls are turned away. */
  utilization: number;
  /** Share of calls that it can take. */
  served: number;
}

export interface ComputeFlow {
  nodes: NodesFlow;
  pods: PodsFlow[];
  /** Share of calls that still go to pods that were lost with a zone. */
  lost: number;
}

function callsOf(spec: ComponentSpec, offered: number): number {
  return offered * ((spec.http?.calls ?? 0) + (spec.jobs?.perRequest ?? 0));
}

function boundsOf(
  { pods }: ComponentSpec,
  isHome: boolean,
  share: number,
  hasNodes: boolean,
): { minimum: number; maximum: number } {
  if (!hasNodes) {
    return { minimum: 0, maximum: 0 };
  }
  const isServing = isHome || share > SERVING_SHARE;
  return {
    minimum: isServing ? pods.minimum : pods.standby,
    maximum: pods.maximum,
  };
}

/** Takes away the pods of nodes that are gone, and notes which part of the calls goes there in vain. */
function loseNodes(
  memory: RegionMemory,
  ready: number,
  seconds: number,
  failoverSeconds: number,
): number {
  const kept = memory.readyNodes === 0 ? 1 : ready / memory.readyNodes;
  if (kept < 1) {
    memory.lostShare = 1 - kept;
    memory.lostSeconds = 0;
    for (const component of Object.keys(memory.pods)) {
      memory.pods[component] *= kept;
    }
  }
  memory.readyNodes = ready;
  const left = Math.max(0, failoverSeconds - memory.lostSeconds);
  memory.lostSeconds += seconds;
  return memory.lostShare * Math.min(1, left / seconds);
}

function movePods(
  now: number,
  wanted: number,
  seconds: number,
  startSeconds: number,
): number {
  if (wanted > now) {
    return Math.min(wanted, now + (wanted * seconds) / startSeconds);
  }
  return Math.max(wanted, now - (now * seconds) / SCALE_DOWN_SECONDS);
}

/** One step of a region's machines and pods; it changes what is remembered of them. */
export function compute(
  spec: SystemSpec,
  state: SystemRegionState,
  lostNodes: number,
  memory: RegionMemory,
  demanded: Demanded,
  seconds: number,
): ComputeFlow {
  const isHome = state.region === spec.homeRegion;
  const { offered, share, relative } = demanded;
  const ready = state.isDark ? 0 : state.nodes.ready * (1 - lostNodes);
  const vcpus =
    state.nodes.ready === 0
      ? 0
      : (state.nodes.vcpus * ready) / state.nodes.ready;
  const lost = loseNodes(memory, ready, seconds, spec.zoneFailoverSeconds);

  const asked = spec.components.map(component => {
    const { pods, name } = component;
    const cores =
      callsOf(component, offered) * pods.cpuPerCall * demanded.cpuFactor(name);
    const { minimum, maximum } = boundsOf(component, isHome, share, ready > 0);
    const wanted = Math.ceil(cores / (pods.cpu * pods.targetUtilization));
    return {
      component,
      cores,
      minimum,
      maximum,
      wanted: Math.max(minimum, Math.min(maximum, wanted)),
    };
  });
  const slots = Math.floor(ready * spec.nodes.pods);
  const all = asked.reduce((sum, { wanted }) => sum + wanted, 0);
  const fits = all > slots ? slots / all : 1;
  const overhead = ready * spec.nodes.overheadVcpus;
  const used = asked.reduce((sum, { cores }) => sum + cores, overhead);
  const cpu = vcpus === 0 ? 0 : used / vcpus;

  const pods = asked.map(({ component, cores, wanted, ...bounds }) => {
    const { name, pods: podsSpec } = component;
    const before = memory.pods[name] ?? wanted;
    const wantedBefore = memory.wantedPods[name] ?? wanted;
    const now = movePods(before, wanted * fits, seconds, spec.podStartSeconds);
    memory.pods[name] = now;
    memory.wantedPods[name] = wanted;
    const ofPods = now === 0 ? 0 : cores / (now * podsSpec.cpu * BURST);
    const utilization = Math.max(cpu, ofPods);
    let served = 1 / Math.max(1, utilization);
    if (now < 0.5 || vcpus === 0) {
      served = 0;
    }
    return {
      ...bounds,
      wanted,
      pods: Math.round(now),
      scaledOut: Math.max(0, wanted - wantedBefore) / seconds,
      cores: cores * Math.min(1, served),
      utilization,
      served,
    };
  });
  return {
    nodes: nodesOf(spec, state, ready, vcpus, cpu, relative, offered),
    pods,
    lost,
  };
}

function nodesOf(
  { homeRegion, nodes, uploadBytesPerRequest = 0 }: SystemSpec,
  state: SystemRegionState,
  ready: number,
  vcpus: number,
  cpu: number,
  relative: number,
  offered: number,
): NodesFlow {
  const memoryTotal = ready * nodes.memory;
  const inUse = nodes.memoryInUse * (0.9 + 0.1 * Math.min(2, relative));
  const kept = state.nodes.ready === 0 ? 0 : ready / state.nodes.ready;
  return {
    desired: state.nodes.desired,
    minimum:
      state.region === homeRegion || state.nodes.desired > 0
        ? nodes.minimum
        : 0,
    ready: Math.round(ready),
    maximum: state.nodes.maximum,
    readyByZone: state.isDark ? {} : zonesOf(state.nodes.readyByZone, kept),
    vcpus,
    cpu: Math.min(0.99, cpu),
    memoryTotal,
    memoryInUse: memoryTotal * Math.min(0.97, inUse),
    receivedBytes:
      offered * (uploadBytesPerRequest + nodes.bytesPerRequest / 4),
    sentBytes: offered * nodes.bytesPerRequest,
  };
}

/** Takes the nodes that are gone from the last zone. */
function zonesOf(
  readyByZone: Record<string, number>,
  kept: number,
): Record<string, number> {
  const zones = Object.entries(readyByZone);
  let gone = Math.round(
    zones.reduce((sum, [, nodes]) => sum + nodes, 0) * (1 - kept),
  );
  return Object.fromEntries(
    zones.reverse().map(([zone, nodes]) => {
      const here = Math.min(nodes, gone);
      gone -= here;
      return [zone, nodes - here];
    }),
  );
}
