import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FaultsWorld } from './FaultsWorld';

/** Secrets that nothing else looks like, given to the back ends as their own. */
export const CANARIES = {
  awsSecretKey: 'canary0aws0secret0key0d41d8cd98f00b204',
  databasePassword: 'canary0database0password0e9800998ecf8',
};

/** What was looked through, by its name. */
type Texts = Map<string, string>;

/** Names of the texts that hold this, as it is or as Base64. */
export function placesOf(secret: string, texts: Texts): string[] {
  const encoded = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return [...texts]
    .filter(([, text]) => text.includes(secret) || text.includes(encoded))
    .map(([name]) => name);
}

export function logFiles(folders: string[]): Texts {
  return new Map(
    folders
      .filter(folder => existsSync(folder))
      .flatMap(folder =>
        readdirSync(folder).map(
          file =>
            [file, readFileSync(path.join(folder, file), 'utf8')] as const,
        ),
      ),
  );
}

/** Every row of every table of the plugins' databases. */
export async function databaseTexts(world: FaultsWorld): Promise<Texts> {
  const texts: Texts = new Map();
  const databases = await world.query<{ name: string }>(
    "select datname as name from pg_database where datname like 'slipway\\_%'",
  );
  for (const database of databases) {
    const tables = await world.query<{ schema: string; name: string }>(
      "select table_schema as schema, table_name as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')",
      database.name,
    );
    for (const { schema, name } of tables) {
      const rows = await world.query<{ row: string }>(
        `select t::text as row from "${schema}"."${name}" t`,
        database.name,
      );
      texts.set(
        `${database.name}.${name}`,
        rows.map(({ row }) => row).join('\n'),
      );
    }
  }
  return texts;
}

/** The arguments of every process, as anyone on the machine may read them, by process id. */
export function commandLines(): Texts {
  return new Map(
    execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(line => {
        const [, pid, args] = /^\s*(\d+)\s?(.*)$/.exec(line)!;
        return [pid, args] as const;
      }),
  );
}
