import { SYSTEM_LABEL } from '../content/pods';
import type { KubernetesObject } from '../content/types';
import {
  KUBELET_IS_SILENT,
  KUBELET_LABEL,
  KUBELET_RUNS,
} from '../controlplane/arguments';
import { allocatable, machineOf } from './instanceTypes';
import type { WantedNode } from './types';

/** On every node that the sandbox made, and on no other. */
export const GROUP_LABEL = 'eks.amazonaws.com/nodegroup';

/** A node with the labels that EKS gives its own. */
export function nodeObject(node: WantedNode): KubernetesObject {
  const { group, zone, instanceType, address, name, runs } = node;
  const machine = machineOf(instanceType);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        [KUBELET_LABEL]: runs ? KUBELET_RUNS : KUBELET_IS_SILENT,
        [GROUP_LABEL]: group.name,
        'alpha.eksctl.io/cluster-name': group.cluster,
        'eks.amazonaws.com/capacityType': group.capacityType,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': instanceType,
        'topology.kubernetes.io/region': group.region,
        'topology.kubernetes.io/zone': zone,
        ...(group.system ? { [SYSTEM_LABEL]: group.system } : {}),
      },
    },
    spec: { providerID: `aws:///${zone}/${name}` },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
        { type: 'InternalDNS', address: name },
        // Where kwok answers as the kubelet of every node.
        { type: 'ExternalDNS', address: 'localhost' },
      ],
      capacity: {
        cpu: `${machine.vcpus}`,
        memory: `${machine.memoryGib}Gi`,
        pods: `${machine.pods}`,
      },
      allocatable: allocatable(machine),
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion: 'containerd://2.1.4',
        kernelVersion: '6.12.40',
        kubeProxyVersion: '',
        kubeletVersion: `v${group.version}.0-eks`,
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'Amazon Linux 2023 (played by kwok)',
        systemUUID: '',
      },
    },
  };
}
