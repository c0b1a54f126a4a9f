import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Blueprint,
  Target,
} from '@slipway/plugin-infra-scaffolder-common';
import { useLoad } from '@slipway/ui';
import { infraApiRef } from '../api';

/** What a change can choose from. */
export interface ChangeChoices {
  /** The recorded version first, then the newer ones. */
  versions: Blueprint[];
  targets: Target[];
}

/** Reads the versions of a blueprint from the recorded one on. */
export function useBlueprints(recorded?: { id: string; version: string }) {
  const api = useApi(infraApiRef);
  const { id, version } = recorded ?? {};
  return useLoad<ChangeChoices | undefined>(async () => {
    if (!id || !version) {
      return undefined;
    }
    const [blueprints, targets] = await Promise.all([
      api.listBlueprints(),
      api.listTargets(),
    ]);
    const versions = blueprints
      .filter(
        blueprint =>
          blueprint.id === id && compare(blueprint.version, version) >= 0,
      )
      .sort((a, b) => compare(a.version, b.version));
    if (versions[0]?.version !== version) {
      throw new Error(
        `Blueprint ${id} ${version} is not installed in this portal any more, so its parameters are not known. Add the module that brings it.`,
      );
    }
    return { versions, targets };
  }, [api, id, version]);
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
