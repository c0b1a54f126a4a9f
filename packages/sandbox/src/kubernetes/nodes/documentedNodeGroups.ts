import { SYSTEMS } from '../../world/footprint/systems';
import type { NodeGroup } from './types';

/** The version that new clusters of EKS get, as in docs/adr/0011-document-values.md. */
const VERSION = '1.36';

/** The node groups of the documents in a region, for a sandbox without AWS. */
export function documentedNodeGroups(region: string): NodeGroup[] {
  return SYSTEMS.flatMap(({ name: system, regions }) => {
    const { cluster, network } = regions[region] ?? {};
    const zones = [...(network?.zones ?? '')].map(zone => `${region}${zone}`);
    return (cluster?.nodeGroups ?? []).map(group => ({
      ...group,
      cluster: cluster!.name,
      version: VERSION,
      system,
      region,
      zones,
    }));
  });
}
