import { useApi } from '@backstage/frontend-plugin-api';
import {
  checkSchedule,
  type SleepPlan,
  type UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';
import { useEffect, useState } from 'react';
import { scheduleApiRef } from '../api';

const TYPING_MS = 400;

/** What a schedule would stop, asked once the person has stopped typing. */
export interface ShownPlan {
  /** Of the hours as they stand; absent while it is asked for. */
  plan?: SleepPlan;
  error?: unknown;
  /** What is wrong with the hours. */
  wrong?: string;
}

/** @see ShownPlan */
export function useSleepPlan(
  environmentId: string,
  hours: UpSchedule,
  enabled: boolean,
): ShownPlan & { again: () => void } {
  const api = useApi(scheduleApiRef);
  const [shown, setShown] = useState<ShownPlan & { of?: string }>({});
  const [asked, setAsked] = useState(0);
  const wrong = checkSchedule(hours);
  const wanted = JSON.stringify(hours);
  const isAsked = enabled && !wrong;
  useEffect(() => {
    if (!isAsked) {
      return undefined;
    }
    let isCurrent = true;
    setShown({});
    const timer = setTimeout(async () => {
      const answer = await api
        .planSleep(environmentId, JSON.parse(wanted))
        .then(
          plan => ({ of: wanted, plan }),
          (error: unknown) => ({ of: wanted, error }),
        );
      if (isCurrent) {
        setShown(answer);
      }
    }, TYPING_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [api, environmentId, wanted, isAsked, asked]);
  const again = () => setAsked(old => old + 1);
  return wrong || shown.of !== wanted
    ? { wrong, again }
    : { plan: shown.plan, error: shown.error, again };
}
