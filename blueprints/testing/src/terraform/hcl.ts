import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A variable or an output of a module, as its file says. */
export interface Declaration {
  name: string;
  description: string;
  /** Of a variable, e.g. `list(string)`, on one line. */
  type?: string;
  /** Of a variable, as HCL; undefined where it must be given. */
  default?: string;
}

/** The variables of a module, in the order of its file. */
export function variablesOf(folder: string): Declaration[] {
  return declarations(folder, 'variable');
}

/** The outputs of a module, in the order of its file. */
export function outputsOf(folder: string): Declaration[] {
  return declarations(folder, 'output');
}

function declarations(
  folder: string,
  kind: 'variable' | 'output',
): Declaration[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.tf'))
    .sort()
    .flatMap(name => blocks(path.join(folder, name), kind));
}

/** `terraform fmt` puts the end of a block at the start of a line, and an attribute's after two spaces. */
function blocks(file: string, kind: string): Declaration[] {
  const block = new RegExp(`^${kind} "([^"]+)" \\{\\n([\\s\\S]*?)^\\}`, 'gm');
  return [...readFileSync(file, 'utf8').matchAll(block)].map(
    ([, name, body]) => {
      const description = attribute(body, 'description');
      if (!description) {
        throw new Error(`${file}: ${kind} ${name} has no description.`);
      }
      return {
        name,
        description: JSON.parse(description) as string,
        type: attribute(body, 'type'),
        default: attribute(body, 'default'),
      };
    },
  );
}

function attribute(body: string, name: string): string | undefined {
  const lines = body.split('\n');
  const start = lines.findIndex(line =>
    new RegExp(`^ {2}${name}\\s+= `).test(line),
  );
  if (start === -1) return undefined;
  const end = lines.findIndex(
    (line, index) => index > start && /^( {2}[^\s})\]]|$)/.test(line),
  );
  return lines
    .slice(start, end === -1 ? undefined : end)
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/^ ?\w+ ?= /, '')
    .trim();
}
