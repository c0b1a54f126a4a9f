import { formatCount, joinWords, type Health } from '@slipway/ui';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';

/** `3 environments: 2 ready and 1 being created.` */
export function listSentence(environments: Environment[]): {
  health: Health;
  sentence: string;
} {
  const count = (status: string[]) =>
    environments.filter(environment => status.includes(environment.status))
      .length;
  const parts: Array<[number, string]> = [
    [count(['ready']), 'ready'],
    [count(['planning']), 'being planned'],
    [count(['creating']), 'being created'],
    [count(['updating']), 'being changed'],
    [count(['destroying']), 'being destroyed'],
    [count(['failed']), 'failed'],
    [count(['cancelled', 'destroyed']), 'gone'],
  ];
  const said = parts.flatMap(([n, word]) => (n > 0 ? [`${n} ${word}`] : []));
  const total = formatCount(environments.length, 'environment');
  return {
    health: healthOf(environments),
    sentence:
      said.length > 0
        ? `${total}: ${joinWords(said)}.`
        : 'None is there yet, or none that you may see.',
  };
}

function healthOf(environments: Environment[]): Health {
  const has = (...status: string[]) =>
    environments.some(environment => status.includes(environment.status));
  if (environments.length === 0) {
    return 'unknown';
  }
  if (has('failed')) {
    return 'failing';
  }
  return has('planning', 'creating', 'updating', 'destroying')
    ? 'working'
    : 'healthy';
}
