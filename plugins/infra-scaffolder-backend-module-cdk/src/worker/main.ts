import type { WorkerReply, WorkerRequest } from './protocol';
import { diffTemplates } from './diff';
import { synthesise } from './synthesise';
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

let previous = Promise.resolve();
process.on('message', (request: WorkerRequest) => {
  previous = previous.then(() => perform(request));
});
process.on('disconnect', () => process.exit(0));
// The back end ends the worker; a Ctrl-C in the terminal reaches the whole process group.
process.on('SIGINT', () => undefined);

// Loads the resource specification, so that the first plan does not wait for it.
diffTemplates('', '{"Resources":{"Warm":{"Type":"AWS::SNS::Topic"}}}');
reply({ type: 'ready' });
