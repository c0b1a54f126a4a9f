import type { DetailedError } from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyFile } from './types';

export interface PolicyProblem {
  file: string;
  /** From 1. */
  line: number;
  message: string;
}

/** Policy files that cannot be used; every problem on a line of its own, as `file:line: what is wrong`. */
export class PolicyFileError extends Error {
  readonly problems: PolicyProblem[];

  constructor(found: PolicyProblem[]) {
    const problems = [...found].sort(
      (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
    );
    super(
      [
        'The policies cannot be used. Mend their files and start again:',
        ...problems.map(
          ({ file, line, message }) => `  ${file}:${line}: ${message}`,
        ),
      ].join('\n'),
    );
    this.name = 'PolicyFileError';
    this.problems = problems;
  }
}

/** @param offset - in bytes of UTF-8, as Cedar counts. */
export function lineAt(text: string, offset: number): number {
  return Buffer.from(text).subarray(0, offset).toString().split('\n').length;
}

/** What Cedar says of a text that begins `before` bytes into what it was given. */
export function problemOf(
  file: PolicyFile,
  error: DetailedError,
  before = 0,
): PolicyProblem {
  const [place] = error.sourceLocations ?? [];
  const said = error.message.replace(/^for policy `[^`]*`, /, '');
  const expected = place?.label ? ` (${place.label})` : '';
  const help = error.help ? `; ${error.help}` : '';
  return {
    file: file.name,
    line: lineAt(file.text, Math.max(0, (place?.start ?? before) - before)),
    message: `${said}${expected}${help}`,
  };
}
