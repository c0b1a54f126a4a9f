import path from 'node:path';
import { report } from './report';
import type { StageCommand, StageContext } from './stages';

/** Runs one test file of the sandbox by itself, for what takes the machine to itself or needs more time than others. */
export function jestFile(
  context: StageContext,
  stage: string,
  file: string,
): StageCommand {
  return {
    command: process.execPath,
    args: [
      path.join(
        context.rootDir,
        'node_modules/@backstage/cli/bin/backstage-cli',
      ),
      'package',
      'test',
      '--ci',
      '--watchAll=false',
      '--json',
      `--outputFile=${report(context, stage)}`,
      file,
    ],
    cwd: path.join(context.rootDir, 'packages/sandbox'),
  };
}
