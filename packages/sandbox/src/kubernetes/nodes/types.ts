/** A managed node group of EKS as far as its nodes show it. */
export interface NodeGroup {
  cluster: string;
  /** Kubernetes version of the cluster, e.g. `1.36`. */
  version: string;
  /** Name of the system in the catalog; undefined for a cluster of somebody's environment without one. */
  system?: string;
  name: string;
  desired: number;
  instanceTypes: string[];
  capacityType: string;
  region: string;
  /** E.g. `us-east-1a`, in the order in which nodes are spread over them. */
  zones: string[];
}

/** A node as the cluster should have it. */
export interface WantedNode {
  name: string;
  group: NodeGroup;
  zone: string;
  instanceType: string;
  /** Its address in the VPC. */
  address: string;
  /** Whether its kubelet runs: false without power in the zone. */
  runs: boolean;
}

/** A node as the cluster has it. */
export interface PresentNode {
  name: string;
  runs: boolean;
}

/** What has to be done, in this order. */
export interface NodePlan {
  create: WantedNode[];
  /** Kubelets to silence or to start. */
  power: Array<{ name: string; runs: boolean }>;
  /** To be drained, then removed. */
  remove: string[];
}
