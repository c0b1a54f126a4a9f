/** Something of a process that is about to happen outside of it: a message that it sends, or one that reaches it. */
export interface Operation {
  label: string;
  isOn: () => boolean;
  sinceMs: number;
  perform: () => Promise<void> | void;
}

/** Holds everything that processes send and receive, until the schedule lets one through. */
export class Gate {
  readonly #waiting: Operation[] = [];
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  add(operation: Omit<Operation, 'sinceMs'>): Operation {
    const added = { ...operation, sinceMs: this.#nowMs() };
    this.#waiting.push(added);
    return added;
  }

  /** Those that could go through, the oldest first. */
  open(): Operation[] {
    return this.#waiting.filter(operation => operation.isOn());
  }

  take(operation: Operation): boolean {
    const index = this.#waiting.indexOf(operation);
    if (index >= 0) {
      this.#waiting.splice(index, 1);
    }
    return index >= 0;
  }
}
