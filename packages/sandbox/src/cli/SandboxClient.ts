import path from 'node:path';
import { ROOT_DIR } from '../rootDir';
import { RunFile, type RunRecord } from '../supervisor/runFile';

/** The running sandbox, by its own addresses. */
export class SandboxClient {
  /** What it says of itself. */
  readonly record: RunRecord;

  /** @param dir - its folder; `.local` unless told */
  static find(dir: string = path.join(ROOT_DIR, '.local')): SandboxClient {
    const record = new RunFile(path.resolve(dir)).readRunning();
    if (!record) {
      throw new Error(
        `No sandbox runs with its state in ${dir}. Start one: script/server`,
      );
    }
    return new SandboxClient(record);
  }

  private constructor(record: RunRecord) {
    this.record = record;
  }

  /** Calls an address below `/_slipway/`; throws what it has against the call. */
  async call<T>(method: string, address: string, body?: unknown): Promise<T> {
    const { gatewayUrl } = this.record;
    if (!gatewayUrl) {
      throw new Error('This sandbox runs without AWS.');
    }
    const answer = await fetch(`${gatewayUrl}/_slipway/${address}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch(() => {
      throw new Error(
        `The sandbox (pid ${this.record.pid}) does not answer at ${gatewayUrl}. Try again when it is up; if it stays so, end it and start it anew: script/server`,
      );
    });
    const result = (await answer.json()) as T & { message?: string };
    if (!answer.ok) {
      throw new Error(result.message ?? `${address} answered ${answer.status}`);
    }
    return result;
  }
}
