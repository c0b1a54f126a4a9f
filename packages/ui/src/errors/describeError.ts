import type { JsonValue } from '@backstage/types';

/** One field's complaint within a refused request. @public */
export interface DescribedIssue {
  path: string;
  message: string;
  suggestion?: JsonValue;
}

/** An error in the words of the page. @public */
export interface DescribedError {
  /** `denied` and `missing` are told apart from what went wrong. */
  kind: 'missing' | 'denied' | 'conflict' | 'input' | 'offline' | 'failed';
  message: string;
  /** What to do about it. */
  mend: string;
  issues: DescribedIssue[];
}

const MENDS: Record<DescribedError['kind'], string> = {
  missing:
    'Check the name. It may have been removed, or it may belong to a team whose things you may not see.',
  denied: 'Ask the owner to do it, or an admin to give you the role for it.',
  conflict: 'Look at what changed, then try again.',
  input: 'Change what is named here, then try again.',
  offline:
    'Check that the back end runs and that you are on the network, then try again.',
  failed: 'Try again. If it stays, the back end’s log tells more.',
};

const KINDS: Record<string, DescribedError['kind']> = {
  NotFoundError: 'missing',
  NotAllowedError: 'denied',
  AuthenticationError: 'denied',
  ConflictError: 'conflict',
  InputError: 'input',
};

/**
 * Says what an error means to the person that meets it. Understands `ResponseError` with its body,
 * `issues` of refused requests included, and anything else that was thrown.
 *
 * @public
 */
export function describeError(error: unknown): DescribedError {
  const body = field(field(error, 'body'), 'error');
  const cause = field(error, 'cause');
  const source = [body, cause, error].find(
    candidate => typeof field(candidate, 'message') === 'string',
  );
  const name = String(field(source, 'name') ?? '');
  const message = String(field(source, 'message') ?? error);
  const mend = field(source, 'mend');
  const kind = kindOf(name, message);
  return {
    kind,
    message:
      kind === 'offline' ? 'The portal’s back end does not answer.' : message,
    mend: typeof mend === 'string' ? mend : MENDS[kind],
    issues: issuesOf(field(body, 'issues') ?? field(error, 'issues')),
  };
}

function kindOf(name: string, message: string): DescribedError['kind'] {
  if (KINDS[name]) {
    return KINDS[name];
  }
  return name === 'TypeError' && /fetch|network/i.test(message)
    ? 'offline'
    : 'failed';
}

function issuesOf(value: unknown): DescribedIssue[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.flatMap(item => {
    const path = field(item, 'path');
    const message = field(item, 'message');
    return typeof path === 'string' && typeof message === 'string'
      ? [{ path, message, suggestion: field(item, 'suggestion') as JsonValue }]
      : [];
  });
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
