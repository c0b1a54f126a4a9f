import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The programs that Prometheus and Alertmanager come as, by their names here and there. */
const NAMES = {
  prometheus: ['prometheus'],
  promtool: ['promtool'],
  alertmanager: ['alertmanager', 'prometheus-alertmanager'],
};

/** What to tell a person who has none. */
export const HOW_TO_GET_PROMETHEUS =
  'it is not installed. Debian: apt-get install prometheus prometheus-alertmanager; elsewhere put both on the PATH, or let PROMETHEUS_PATH name their folder';

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The program, in the folder that PROMETHEUS_PATH names, or on the PATH; undefined where it is not. */
export function findProgram(
  program: keyof typeof NAMES,
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const folders = [
    ...(env.PROMETHEUS_PATH
      ? [env.PROMETHEUS_PATH, path.dirname(env.PROMETHEUS_PATH)]
      : []),
    ...(env.PATH ?? '').split(path.delimiter).filter(Boolean),
  ];
  return folders
    .flatMap(folder => NAMES[program].map(name => path.join(folder, name)))
    .find(isProgram);
}
