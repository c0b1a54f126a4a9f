import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyFileError } from './PolicyFileError';
import type { PolicyFile } from './types';

export interface PolicyFiles {
  rules: PolicyFile[];
  schemas: PolicyFile[];
}

function filesIn(directory: string, extension: string): PolicyFile[] {
  return readdirSync(directory)
    .filter(name => name.endsWith(extension))
    .sort()
    .map(name => join(directory, name))
    .map(name => ({ name, text: readFileSync(name, 'utf8') }));
}

/** @throws PolicyFileError naming a folder that cannot be read or has no rules. */
export function readFiles(directories: string[]): PolicyFiles {
  const found: PolicyFiles = { rules: [], schemas: [] };
  for (const directory of directories) {
    try {
      const rules = filesIn(directory, '.cedar');
      if (rules.length === 0) {
        throw new Error('the folder holds no file that ends in .cedar');
      }
      found.rules.push(...rules);
      found.schemas.push(...filesIn(directory, '.cedarschema'));
    } catch (error) {
      throw new PolicyFileError([
        { file: directory, line: 1, message: (error as Error).message },
      ]);
    }
  }
  return found;
}
