import { SYSTEMS } from './systems';

/** The address blocks of the systems' networks, as the portal's configuration has blocks that are taken. */
export function documentedNetworks(): Array<{ cidr: string; title: string }> {
  return SYSTEMS.flatMap(({ name, regions }) =>
    Object.entries(regions).flatMap(([region, { network }]) =>
      network ? [{ cidr: network.cidr, title: `${name} in ${region}` }] : [],
    ),
  );
}
