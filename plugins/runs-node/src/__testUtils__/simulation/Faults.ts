import type { AwsFault, ProcessFault, StatementFault } from './schedule';

const NONE = { fault: undefined, ms: 0 };
const ONLY_READS: AwsFault[] = ['stale'];
const ONLY_WRITES: AwsFault[] = ['late', 'refused', 'throttled'];

/** Faults that wait for something to befall. */
export class Faults {
  readonly #statements = new Map<number, StatementFault[]>();
  readonly #aws: Array<{ fault: AwsFault; ms: number }> = [];
  readonly #process: ProcessFault[] = [];
  #settling = 0;

  armStatement(slot: number, fault: StatementFault): void {
    this.#statements.set(slot, [...(this.#statements.get(slot) ?? []), fault]);
  }

  armAws(fault: AwsFault, ms: number): void {
    this.#aws.push({ fault, ms });
  }

  armSettling(): void {
    this.#settling += 1;
  }

  armProcess(fault: ProcessFault): void {
    this.#process.push(fault);
  }

  process(moment: ProcessFault['when']): ProcessFault | undefined {
    const index = this.#process.findIndex(({ when }) => when === moment);
    return index < 0 ? undefined : this.#process.splice(index, 1)[0];
  }

  statement(slot: number): StatementFault | undefined {
    return this.#statements.get(slot)?.shift();
  }

  /** The first that can befall a request of this kind. */
  aws(isRead: boolean): { fault: AwsFault | undefined; ms: number } {
    const index = this.#aws.findIndex(
      ({ fault }) => !(isRead ? ONLY_WRITES : ONLY_READS).includes(fault),
    );
    return index < 0 ? NONE : this.#aws.splice(index, 1)[0];
  }

  settling(): boolean {
    const fails = this.#settling > 0;
    this.#settling -= fails ? 1 : 0;
    return fails;
  }

  clear(): void {
    this.#statements.clear();
    this.#aws.length = 0;
    this.#process.length = 0;
    this.#settling = 0;
  }
}
