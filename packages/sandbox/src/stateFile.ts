import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';

/**
 * What a file of the sandbox's state holds; undefined where there is none. One that cannot be read is an error for a
 * person: taking it for empty would overwrite it.
 */
export function readStateFile<T>(
  file: string,
  schema: z.ZodType<T>,
): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${file} cannot be read. Mend it, or move it away to start without it.`,
      { cause: error },
    );
  }
}

/** Writes the whole file or, when that fails, nothing. */
export function writeStateFile(file: string, content: unknown): void {
  const partial = `${file}.partial`;
  writeFileSync(partial, JSON.stringify(content));
  renameSync(partial, file);
}
