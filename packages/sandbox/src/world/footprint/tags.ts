import type { SystemFootprint } from './types';

/** The tags that environments made in the portal have too, so that owners and costs are found the same way. */
export function tagsOf(system: SystemFootprint): Record<string, string> {
  const owner = `group:default/${system.owner}`;
  return {
    'slipway:environment': environmentOf(system),
    'slipway:owner': owner,
    'slipway:system': `system:default/${system.name}`,
    'slipway:size': 'production',
    'slipway:cost-center': owner,
    'slipway:managed-by': 'operations',
  };
}

/** Name of the production environment; its stacks have it too. */
export function environmentOf(system: Pick<SystemFootprint, 'name'>): string {
  return `${system.name}-prod`;
}

/** As most services take tags. */
export function tagList(
  system: SystemFootprint,
  name?: string,
): Array<{ Key: string; Value: string }> {
  const tags = name ? { ...tagsOf(system), Name: name } : tagsOf(system);
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
