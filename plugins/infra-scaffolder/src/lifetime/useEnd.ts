import {
  lifetimeRuleOf,
  type LifetimeRule,
  type LifetimeRules,
} from '@slipway/plugin-infra-scaffolder-common';
import { useEffect, useState } from 'react';
import type { DraftRequest } from '../form/model/request';
import type { ChangeDraft } from '../form/useDraft';

const DAY_MS = 24 * 3_600_000;

/** A full minute, as a person would write it. */
export function endInDays(days: number, now: Date): string {
  const at = new Date(now.getTime() + days * DAY_MS);
  return `${at.toISOString().slice(0, 16)}:00.000Z`;
}

/** Offers the end that the stage has by default, until the person has chosen one; none where the stage knows none. */
export function useEnd(
  rules: LifetimeRules,
  draft: DraftRequest,
  change: ChangeDraft,
): {
  rule: LifetimeRule | undefined;
  choose: (expiresAt: string | undefined) => void;
} {
  const { accountId, size, expiresAt } = draft;
  const [chosen, setChosen] = useState(expiresAt !== undefined);
  const rule = lifetimeRuleOf(rules, { accountId, size });
  const defaultDays = rule?.defaultDays;
  useEffect(() => {
    if (defaultDays === undefined) {
      setChosen(false);
      change({ expiresAt: undefined });
    } else if (!chosen) {
      change({ expiresAt: endInDays(defaultDays, new Date()) });
    }
  }, [change, chosen, defaultDays]);
  return {
    rule,
    choose: value => {
      setChosen(value !== undefined);
      change({ expiresAt: value });
    },
  };
}
