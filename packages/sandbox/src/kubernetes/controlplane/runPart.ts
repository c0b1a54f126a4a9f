import { GuardedProcess } from '../../processes/GuardedProcess';

/** The parts that the one program consists of. */
export type ProgramPart =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kwok';

/**
 * Go's collector: it lets garbage grow by this share (per cent) of what lives before it collects. The usual 100 trades
 * memory for speed that a laptop's clusters do not need.
 */
const GARBAGE_PERCENT = '35';

/** Starts one part of the program that holds all of Kubernetes. */
export function runPart(options: {
  part: ProgramPart;
  /** Names it in messages. */
  name: string;
  program: string;
  args: string[];
  logFile: string;
}): Promise<GuardedProcess> {
  return GuardedProcess.start({
    name: options.name,
    command: options.program,
    args: [options.part, ...options.args],
    cwd: '/',
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TZ: 'UTC',
      GOGC: GARBAGE_PERCENT,
      GOMAXPROCS: '2',
    },
    logFile: options.logFile,
    graceSeconds: 8,
  });
}
