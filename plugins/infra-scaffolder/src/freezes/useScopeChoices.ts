import { useApi } from '@backstage/frontend-plugin-api';
import { useLoad } from '@slipway/ui';
import { infraApiRef } from '../api';
import { nameOfRef } from '../shared/words';
import type { ScopeChoice } from './ScopeInput';

/** What a freeze may be kept to. */
interface ScopeChoices {
  accountIds: ScopeChoice[];
  sizes: ScopeChoice[];
  systems: ScopeChoice[];
}

const NONE: ScopeChoices = { accountIds: [], sizes: [], systems: [] };
const MANY = 200;

/** Reads what there is to choose; where it cannot be read, the person writes it. */
export function useScopeChoices(): ScopeChoices {
  const api = useApi(infraApiRef);
  const { value } = useLoad(async () => {
    const [targets, blueprints, environments] = await Promise.all([
      api.listTargets(),
      api.listBlueprints(),
      api.listEnvironments({ limit: MANY }),
    ]);
    const sizes = new Map(
      blueprints.flatMap(blueprint =>
        Object.entries(blueprint.sizes).map(
          ([size, { title }]) => [size, title] as const,
        ),
      ),
    );
    return {
      accountIds: targets.map(({ accountId, name }) => ({
        value: accountId,
        title: `${name} (${accountId})`,
      })),
      sizes: [...sizes].map(([size, title]) => ({ value: size, title })),
      systems: [...new Set(environments.items.map(({ system }) => system))]
        .sort()
        .map(system => ({ value: system, title: nameOfRef(system) })),
    };
  }, [api]);
  return value ?? NONE;
}
