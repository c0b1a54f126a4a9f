import { spawn } from 'node:child_process';
import {
  diagnosticOf,
  type Diagnostic,
  type OutputLine,
  readLine,
} from './output';

export interface TerraformCommand {
  binary: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

export interface TerraformResult {
  code: number | null;
  stdout: string;
  stderr: string;
  lines: OutputLine[];
  diagnostics: Diagnostic[];
}

const ASK_AGAIN_MILLISECONDS = 15_000;

/**
 * Runs a command that changes nothing to its end. When the signal aborts, Terraform itself is asked to end, and later
 * made to; its plug-ins end with it.
 *
 * @throws the signal's reason
 */
export async function runTerraform(
  command: TerraformCommand,
): Promise<TerraformResult> {
  const { binary, args, cwd, env, signal } = command;
  signal?.throwIfAborted();
  const child = spawn(binary, args, {
    cwd,
    env,
    // A process group of its own: what is sent to the back end's group must not reach the plug-ins.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', chunk => stdout.push(chunk));
  child.stderr.on('data', chunk => stderr.push(chunk));
  let force: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill('SIGINT');
    force = setTimeout(() => child.kill('SIGKILL'), ASK_AGAIN_MILLISECONDS);
  };
  signal?.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal?.throwIfAborted();
    const text = Buffer.concat(stdout).toString('utf8');
    const lines = args.includes('-json')
      ? text.split('\n').flatMap(line => readLine(line) ?? [])
      : [];
    return {
      code,
      stdout: text,
      stderr: Buffer.concat(stderr).toString('utf8'),
      lines,
      diagnostics: lines.flatMap(diagnosticOf),
    };
  } finally {
    clearTimeout(force);
    signal?.removeEventListener('abort', end);
  }
}
