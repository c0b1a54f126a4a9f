import type { PartContext } from './PartDefinition';

/** Leaves out a part that the others can do without, and says why. */
export function leaveOut(
  sandbox: PartContext,
  name: string,
  reason: string,
): void {
  sandbox.say(`${name.padEnd(9)} left out: ${reason}`);
  sandbox.add(
    { name, pid: process.pid, port: 0, state: 'ended', note: reason },
    { stop: async () => {} },
  );
}
