import type {
  DatabaseState,
  SystemRegionState,
  SystemState,
  WorldState,
} from '../world/types';
import type { SandboxClient } from './SandboxClient';

function behind(seconds: number | null): string {
  return seconds ? `, ${seconds.toFixed(1)} s behind` : '';
}

function database({
  role,
  isAvailable,
  identifier,
  lagSeconds,
  readers,
}: DatabaseState) {
  return role === 'none'
    ? 'no database'
    : `${role} ${identifier} ${isAvailable ? 'up' : 'DOWN'}${behind(
        lagSeconds,
      )}${readers > 0 ? ` (+${readers} readers)` : ''}`;
}

function region(state: SystemRegionState): string {
  const { nodes, cache, darkZones } = state;
  const power = [
    state.isDark && 'DARK',
    darkZones.length > 0 && `dark: ${darkZones.join(', ')}`,
  ];
  return [
    ...power,
    `${nodes.ready}/${nodes.desired} nodes`,
    database(state.database),
    cache.role === 'none'
      ? 'no cache'
      : `cache ${cache.role} ${cache.isAvailable ? 'up' : 'DOWN'}${behind(
          cache.lagSeconds,
        )}`,
  ]
    .filter(Boolean)
    .join('; ');
}

function system({ name, regions, dns, healthChecks }: SystemState): string[] {
  const [api] = dns;
  const shares = Object.entries(api.shares).map(
    ([where, share]) => `${Math.round(share * 100)} % to ${where}`,
  );
  const unhealthy = healthChecks.filter(({ isHealthy }) => !isHealthy);
  return [
    name,
    ...Object.values(regions).map(
      state => `  ${state.region.padEnd(10)} ${region(state)}`,
    ),
    `  ${api.name}: ${shares.join(', ') || 'nowhere'}, TTL ${api.ttlSeconds} s`,
    ...unhealthy.map(check => `  unhealthy: ${check.name}`),
  ];
}

/** What state the systems are in, or the one that is named. */
export async function world(
  sandbox: SandboxClient,
  [wanted]: string[],
): Promise<string[]> {
  const { systems, isObserved } = await sandbox.call<WorldState>(
    'GET',
    'world',
  );
  if (wanted !== undefined && !systems[wanted]) {
    throw new Error(
      `There is no system "${wanted}". The systems are ${Object.keys(
        systems,
      ).join(', ')}.`,
    );
  }
  const shown =
    wanted === undefined ? Object.values(systems) : [systems[wanted]];
  return [
    ...(isObserved ? [] : ['The systems are still being made in AWS.']),
    ...shown.flatMap(system),
  ];
}
