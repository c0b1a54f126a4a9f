import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { infraApiRef } from '../api';

/**
 * Proposes a free block whenever account or region change, unless the person wrote one.
 *
 * @param options - `edited`: the block at hand is the person's own; `onPropose` takes the proposal.
 * @returns why there is no proposal, where there is none.
 */
export function useCidrProposal(options: {
  accountId: string;
  region: string;
  prefixLength: number;
  edited: boolean;
  onPropose: (cidr: string) => void;
}): { proposing: boolean; error?: Error; propose: () => void } {
  const { accountId, region, prefixLength, edited } = options;
  const api = useApi(infraApiRef);
  const [state, setState] = useState<{ proposing: boolean; error?: Error }>({
    proposing: false,
  });
  const [turn, setTurn] = useState(0);
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    if (!accountId || !region || (latest.current.edited && turn === 0)) {
      return undefined;
    }
    let over = false;
    setState({ proposing: true });
    api.proposeCidr({ accountId, region, prefixLength }).then(
      ({ cidr }) => {
        if (!over) {
          setState({ proposing: false });
          latest.current.onPropose(cidr);
        }
      },
      error => {
        if (!over) {
          setState({ proposing: false, error });
        }
      },
    );
    return () => {
      over = true;
    };
  }, [api, accountId, region, prefixLength, turn]);

  useEffect(() => {
    if (edited) {
      setTurn(0);
    }
  }, [edited]);

  return { ...state, propose: () => setTurn(old => old + 1) };
}
