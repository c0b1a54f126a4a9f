import {
  nextTurn,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { Time, useNow } from '@slipway/ui';

/** When an environment goes to sleep or wakes by itself next. */
export function TurnWords({ environment }: { environment: Environment }) {
  const now = useNow({ everyMs: 60_000 });
  const turn = nextTurn(environment, new Date(now));
  return turn ? (
    <>
      {turn.up ? 'wakes on' : 'goes to sleep on'} <Time at={turn.at} />
    </>
  ) : (
    <>nothing by itself</>
  );
}
