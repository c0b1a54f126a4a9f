import {
  FLEET_FACETS,
  FLEET_GROUPS,
  FLEET_SORTS,
  type FleetFacet,
  type FleetGroupBy,
  type FleetPageQuery,
  type FleetSort,
} from '@slipway/plugin-infra-scaffolder-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What a reader asked of the fleet; all of it is in the address, so that a link opens the same view. */
export interface FleetState {
  search: string;
  where: Partial<Record<FleetFacet, string[]>>;
  sort?: { id: FleetSort; descending: boolean };
  groupBy?: FleetGroupBy;
  includeEnded: boolean;
  /** Columns turned on or off against their default. */
  toggled: string[];
}

const oneOf = <T extends string>(values: readonly T[], text: string | null) =>
  values.find(value => value === text);

/** Reads the view from the address; what it does not know there it leaves out. */
export function readFleetState(params: URLSearchParams): FleetState {
  const where: FleetState['where'] = {};
  for (const facet of FLEET_FACETS) {
    const wanted = params.getAll(facet).filter(Boolean);
    if (wanted.length > 0) {
      where[facet] = wanted;
    }
  }
  const sort = params.get('sort') ?? '';
  const id = oneOf(FLEET_SORTS, sort.replace(/^-/, ''));
  return {
    search: params.get('q') ?? '',
    where,
    sort: id && { id, descending: sort.startsWith('-') },
    groupBy: oneOf(FLEET_GROUPS, params.get('group')),
    includeEnded: params.get('ended') === 'yes',
    toggled: (params.get('cols') ?? '').split(',').filter(Boolean),
  };
}

/** The address of a view; what is as usual is left out. */
export function writeFleetState(state: FleetState): URLSearchParams {
  const params = new URLSearchParams();
  const put = (key: string, value: string) => value && params.set(key, value);
  put('q', state.search);
  for (const facet of FLEET_FACETS) {
    for (const wanted of state.where[facet] ?? []) {
      params.append(facet, wanted);
    }
  }
  const { sort } = state;
  put('sort', sort ? `${sort.descending ? '-' : ''}${sort.id}` : '');
  put('group', state.groupBy ?? '');
  put('ended', state.includeEnded ? 'yes' : '');
  put('cols', state.toggled.join(','));
  return params;
}

/** The question that the view puts to the back end. */
export function fleetQueryOf(state: FleetState): FleetPageQuery {
  return {
    where: state.where,
    search: state.search.trim() || undefined,
    includeEnded: state.includeEnded || undefined,
    sort: state.sort?.id,
    descending: state.sort?.descending || undefined,
  };
}

/** The view in the address, and a way to change a part of it. */
export function useFleetState(): [
  FleetState,
  (change: Partial<FleetState>) => void,
] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readFleetState(params), [params]);
  const change = useCallback(
    (part: Partial<FleetState>) =>
      setParams(
        current => writeFleetState({ ...readFleetState(current), ...part }),
        { replace: true },
      ),
    [setParams],
  );
  return [state, change];
}
