import { formatAgeShort, type Health } from '@slipway/ui';
import type {
  Environment,
  EnvironmentSleep,
} from '@slipway/plugin-infra-scaffolder-common';
import { nameOfRef, OPERATION_WORDS, wordOfStatus } from '../shared/words';

/**
 * How an environment is, in one sentence.
 *
 * @param nowMs - the time of reading, milliseconds since 1970.
 */
export function environmentSentence(
  environment: Environment,
  nowMs: number,
): { health: Health; sentence: string } {
  const { health } = wordOfStatus(environment.status);
  return { health, sentence: sentenceOf(environment, nowMs) };
}

function sentenceOf(environment: Environment, nowMs: number): string {
  const { name, region, size, activeRun, status } = environment;
  const reason = environment.statusReason ? ` ${environment.statusReason}` : '';
  if (activeRun) {
    const who = nameOfRef(activeRun.startedBy);
    const { doing } = OPERATION_WORDS[activeRun.operation];
    const since = formatAgeShort(activeRun.since, nowMs);
    return status === 'planning'
      ? `${who} planned ${name} for ${region} ${since} ago; nothing is made before the plan is confirmed.`
      : `${who} is ${doing.toLowerCase()} ${name} in ${region}, for ${since}.`;
  }
  switch (status) {
    case 'ready':
      if (environment.sleep) {
        return sleepSentence(environment, environment.sleep, nowMs);
      }
      return `${name} is ready in ${region}, size ${size}, for ${formatAgeShort(
        environment.readyAt ?? environment.updatedAt,
        nowMs,
      )}.`;
    case 'failed':
      return `${name} in ${region} failed; its resources show what exists in AWS.`;
    case 'destroyed':
      return `${name} was destroyed ${formatAgeShort(
        environment.destroyedAt ?? environment.updatedAt,
        nowMs,
      )} ago; its receipt says what was deleted and what is left.`;
    case 'cancelled':
      return `${name} was cancelled before anything was kept.${reason}`;
    default:
      return `${name}: ${wordOfStatus(status).word.toLowerCase()}.${reason}`;
  }
}

const SLEEP_WORDS: Record<EnvironmentSleep['state'], string> = {
  'falling-asleep': 'is falling asleep',
  asleep: 'is asleep',
  waking: 'is waking up',
};

function sleepSentence(
  { name, region, size }: Environment,
  { state, since }: EnvironmentSleep,
  nowMs: number,
): string {
  return `${name} ${
    SLEEP_WORDS[state]
  } in ${region}, size ${size}, for ${formatAgeShort(since, nowMs)}.`;
}
