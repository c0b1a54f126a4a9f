/** Who holds a state's lock, as Terraform wrote it. */
export interface StateLock {
  id: string;
  /** e.g. `OperationTypeApply`. */
  operation: string;
  /** e.g. `root@portal-7f`. */
  who: string;
  created: string;
}

/** What Terraform writes into a lock file, and into a table's `Info`. */
export function parseLock(text: string): StateLock {
  const lock = JSON.parse(text);
  return {
    id: String(lock.ID),
    operation: String(lock.Operation),
    who: String(lock.Who),
    created: String(lock.Created),
  };
}
