import { z } from 'zod';

/** Text that a database can hold and a log line can show: no NUL or other control characters, no lone surrogates. @public */
export const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

/** Something that a person wrote. */
export const text = (maximumLength: number) =>
  z
    .string()
    .trim()
    .min(1, 'Write something here.')
    .max(maximumLength, `Keep it to ${maximumLength} characters.`)
    .regex(PLAIN_TEXT, 'Leave control characters out.');
