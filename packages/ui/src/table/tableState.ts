import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What a reader did to a table. @public */
export interface TableState {
  search: string;
  sort?: { id: string; descending: boolean };
  /** Column id → value that it must have. */
  choices: Record<string, string>;
  /** Columns turned on or off against their default. */
  toggled: string[];
  /** Row ids. */
  open: string[];
}

/** Reads a table's state from the address. @public */
export function readTableState(
  params: URLSearchParams,
  prefix: string,
): TableState {
  const sort = params.get(`${prefix}.sort`) ?? '';
  const choices: Record<string, string> = {};
  for (const [key, value] of params) {
    if (key.startsWith(`${prefix}.is.`)) {
      choices[key.slice(prefix.length + 4)] = value;
    }
  }
  return {
    search: params.get(`${prefix}.q`) ?? '',
    sort: sort
      ? { id: sort.replace(/^-/, ''), descending: sort.startsWith('-') }
      : undefined,
    choices,
    toggled: list(params.get(`${prefix}.cols`)),
    open: list(params.get(`${prefix}.open`)),
  };
}

/** The address with a table's state in it; what is as usual is left out. @public */
export function writeTableState(
  params: URLSearchParams,
  prefix: string,
  state: TableState,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const key of [...next.keys()]) {
    if (key.startsWith(`${prefix}.`)) {
      next.delete(key);
    }
  }
  const put = (key: string, value: string) =>
    value && next.set(`${prefix}.${key}`, value);
  put('q', state.search);
  put(
    'sort',
    state.sort ? `${state.sort.descending ? '-' : ''}${state.sort.id}` : '',
  );
  put('cols', state.toggled.map(encodeURIComponent).join(','));
  put('open', state.open.map(encodeURIComponent).join(','));
  for (const [id, value] of Object.entries(state.choices)) {
    put(`is.${id}`, value);
  }
  return next;
}

/** A table's state, kept in the address under a prefix. */
export function useTableState(
  prefix: string,
): [TableState, (change: Partial<TableState>) => void] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readTableState(params, prefix), [params, prefix]);
  const change = useCallback(
    (part: Partial<TableState>) =>
      setParams(
        current =>
          writeTableState(current, prefix, {
            ...readTableState(current, prefix),
            ...part,
          }),
        { replace: true },
      ),
    [prefix, setParams],
  );
  return [state, change];
}

function list(value: string | null): string[] {
  return value ? value.split(',').map(decodeURIComponent) : [];
}
