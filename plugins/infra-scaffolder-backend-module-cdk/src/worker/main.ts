import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkerReply, WorkerRequest } from './protocol';
import { diffTemplates } from './diff';
import { synthesise, warmUp } from './synthesise';
import { toWorkerError } from './WorkerError';

/**
 * Entry of the worker process: does one request after the other, and ends with the back end that forked it.
 */
function reply(message: WorkerReply): void {
  process.send?.(message);
}

async function perform(request: WorkerRequest): Promise<void> {
  const { id } = request;
  try {
    const result =
      request.type === 'synth'
        ? await synthesise(request.cdkModule, request.input, request.folder)
        : {
            changes: diffTemplates(
              request.before,
              request.after,
              request.changeSet,
            ),
          };
    reply({ type: 'result', id, result });
  } catch (error) {
    const { code, message } = toWorkerError(
      error,
      request.type === 'synth' ? 'cdk.synth-failed' : 'cdk.diff-failed',
    );
    reply({ type: 'error', id, error: { code, message } });
  }
}

/** The back end is gone: nothing of this process stays. */
function end(): never {
  const [, , folder] = process.argv;
  if (folder) {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(0);
}

/** The back end may ask already; what fails here fails again, with words, when it does. */
async function prepare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'warm-up-'));
  try {
    diffTemplates('', '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}');
    await warmUp(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let previous = prepare()
  .catch(() => undefined)
  .then(() => reply({ type: 'ready' }));
process.on('message', (request: WorkerRequest) => {
  previous = previous.then(() => perform(request));
});
process.on('disconnect', end);
if (!process.connected) {
  end();
}
// The back end ends the worker; a Ctrl-C in the terminal reaches the whole process group.
process.on('SIGINT', () => undefined);
