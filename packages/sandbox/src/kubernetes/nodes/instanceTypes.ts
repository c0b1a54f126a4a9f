/** What a machine offers. */
export interface Machine {
  vcpus: number;
  memoryGib: number;
  /** Pods that the VPC CNI has addresses for: interfaces × (addresses each − 1) + 2. */
  pods: number;
}

/** As AWS documents the types that the seed documents and the forms name. */
const MACHINES: Record<string, Machine> = {
  't3.medium': { vcpus: 2, memoryGib: 4, pods: 17 },
  't3.large': { vcpus: 2, memoryGib: 8, pods: 35 },
  't3.xlarge': { vcpus: 4, memoryGib: 16, pods: 58 },
  't3a.large': { vcpus: 2, memoryGib: 8, pods: 35 },
  'm5.large': { vcpus: 2, memoryGib: 8, pods: 29 },
  'm5.xlarge': { vcpus: 4, memoryGib: 16, pods: 58 },
  'm5.2xlarge': { vcpus: 8, memoryGib: 32, pods: 58 },
  'c5.xlarge': { vcpus: 4, memoryGib: 8, pods: 58 },
  'c5.2xlarge': { vcpus: 8, memoryGib: 16, pods: 58 },
};
const UNKNOWN: Machine = { vcpus: 2, memoryGib: 8, pods: 29 };

/** A type that is not known counts as a small one. */
export function machineOf(instanceType: string): Machine {
  return MACHINES[instanceType] ?? UNKNOWN;
}

/**
 * What EKS leaves for pods of a machine: the kubelet keeps 255 MiB and 11 MiB a pod, 100 MiB as eviction threshold, and
 * 6 % of the first core, 1 % of the second and 0.5 % of the next two, 0.25 % of the others.
 */
export function allocatable({ vcpus, memoryGib, pods }: Machine): {
  cpu: string;
  memory: string;
  pods: string;
} {
  const reservedMillicores =
    60 +
    10 * Math.min(Math.max(vcpus - 1, 0), 1) +
    5 * Math.min(Math.max(vcpus - 2, 0), 2) +
    2.5 * Math.max(vcpus - 4, 0);
  const memoryMib = memoryGib * 1024 - 255 - 11 * pods - 100;
  return {
    cpu: `${Math.floor(vcpus * 1000 - reservedMillicores)}m`,
    memory: `${memoryMib}Mi`,
    pods: `${pods}`,
  };
}
