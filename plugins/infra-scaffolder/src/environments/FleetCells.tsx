import AcUnitIcon from '@mui/icons-material/AcUnit';
import BedtimeIcon from '@mui/icons-material/BedtimeOutlined';
import UpgradeIcon from '@mui/icons-material/UpgradeOutlined';
import Box from '@mui/material/Box';
import type { FleetEnvironment } from '@slipway/plugin-infra-scaffolder-common';
import {
  StatusText,
  formatLocalTime,
  formatMoney,
  formatUtc,
  useNow,
} from '@slipway/ui';
import type { ReactNode } from 'react';
import { wordOfStatus } from '../shared/words';
import { expiryWords, sleepWord, turnWords, wordOfDrift } from './fleetWords';

type Row = { environment: FleetEnvironment };

const muted = { color: 'text.secondary' } as const;

/** What a cell is about, and below it in small what belongs to it; both cut where they are too long. */
export function TwoLines(props: {
  main: ReactNode;
  below: ReactNode;
  /** In pixels. */
  width: number;
  title?: string;
}) {
  const line = {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  };
  return (
    <Box sx={{ maxWidth: props.width, lineHeight: 1.35 }} title={props.title}>
      <Box sx={line}>{props.main}</Box>
      <Box sx={{ ...line, color: 'text.secondary', fontSize: 12 }}>
        {props.below}
      </Box>
    </Box>
  );
}

/** Status, and whether it is frozen. */
export function StatusCell({ environment }: Row) {
  const { status, statusReason, freeze, sleep } = environment;
  const { health, word } = wordOfStatus(status);
  return (
    <>
      <StatusText health={health} title={statusReason}>
        {word}
      </StatusText>
      {sleep && (
        <span
          title={`${sleepWord(environment)} since ${formatUtc(sleep.since)}`}
        >
          {' '}
          <BedtimeIcon
            aria-label={sleepWord(environment)}
            sx={{ fontSize: 14, verticalAlign: 'middle' }}
          />
        </span>
      )}
      {freeze && (
        <span title={`Frozen: ${freeze.reason}`}>
          {' '}
          <AcUnitIcon
            aria-label="Frozen"
            sx={{ fontSize: 14, verticalAlign: 'middle' }}
          />
        </span>
      )}
    </>
  );
}

/** Whether it sleeps, and when that changes. */
export function SleepCell({ environment }: Row) {
  const { sleep, nextTurn } = environment;
  if (!sleep && !nextTurn) {
    return (
      <Box component="span" sx={muted}>
        never
      </Box>
    );
  }
  return (
    <TwoLines
      width={120}
      title={
        nextTurn &&
        `${formatLocalTime(nextTurn.at)} (${formatUtc(nextTurn.at)})`
      }
      main={sleepWord(environment)}
      below={nextTurn && turnWords(nextTurn)}
    />
  );
}

/** How long it is to live; coloured where that is three days or less. */
export function ExpiryCell({ environment }: Row) {
  const now = useNow({ everyMs: 60_000 });
  const { expiresAt } = environment;
  if (!expiresAt) {
    return (
      <Box component="span" sx={muted}>
        never
      </Box>
    );
  }
  const { health, words } = expiryWords(expiresAt, now);
  const title = `${formatLocalTime(expiresAt)} (${formatUtc(expiresAt)})`;
  return health ? (
    <StatusText health={health} title={title}>
      {words}
    </StatusText>
  ) : (
    <span title={title}>{words}</span>
  );
}

/** Whether it is as it was applied. */
export function DriftCell({ environment }: Row) {
  const { drift } = environment;
  const { health, word } = wordOfDrift(drift?.state ?? 'unchecked');
  return (
    <StatusText
      health={health}
      idle={!drift}
      title={drift && `since ${formatUtc(drift.at)}`}
    >
      {drift?.state === 'drifted' ? `${word}: ${drift.resources}` : word}
    </StatusText>
  );
}

/** The version of its blueprint, and the newer one where there is one. */
export function VersionCell({ environment }: Row) {
  const { blueprint, newerVersion } = environment;
  return (
    <Box
      component="span"
      title={newerVersion && `${blueprint.id} ${newerVersion} is available`}
      sx={{ display: 'inline-flex', gap: 0.5, alignItems: 'center' }}
    >
      {blueprint.version}
      {newerVersion && (
        <Box
          component="span"
          sx={{
            display: 'inline-flex',
            alignItems: 'center',
            color: 'warning.main',
          }}
        >
          <UpgradeIcon aria-label="newer:" sx={{ fontSize: 16 }} />
          {newerVersion}
        </Box>
      )}
    </Box>
  );
}

/** What it costs a month by its last plan. */
export function CostCell({ environment }: Row) {
  const { estimate } = environment;
  return estimate ? (
    <span title={`By plan ${estimate.planId}, prices of ${estimate.pricesOf}`}>
      {formatMoney(Number(estimate.monthlyUsd))}
    </span>
  ) : (
    <Box component="span" sx={muted} title="Its last plan had no estimate">
      unknown
    </Box>
  );
}
