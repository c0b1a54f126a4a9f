import { lstat, mkdir, stat } from 'node:fs/promises';
import { StepFailedError } from '@slipway/plugin-runs-node';

const WRITABLE_BY_OTHERS = 0o022;

/**
 * Makes a folder for nobody else where it is missing. Providers are run from it and states are read in it, so one that
 * somebody else has made, or may write to, is not used.
 *
 * @throws StepFailedError
 */
export async function requireOwnFolder(
  folder: string,
  uid = process.getuid?.(),
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [entry, target] = await Promise.all([lstat(folder), stat(folder)]);
  if (uid === undefined) {
    return;
  }
  const why =
    entry.uid !== uid || target.uid !== uid
      ? `belongs to user ${
          entry.uid === uid ? target.uid : entry.uid
        }, the portal is user ${uid}`
      : target.mode & WRITABLE_BY_OTHERS && 'others may write to it';
  if (why) {
    throw new StepFailedError(
      {
        code: 'terraform.folder-not-own',
        message: `Terraform is not run in ${folder}: ${why}.`,
        mend: 'Give the folder to the portal alone (mode 0700), or name another in infraScaffolder.terraform.workingDirectory and pluginCache; then retry the step.',
      },
      { retryable: true },
    );
  }
}
