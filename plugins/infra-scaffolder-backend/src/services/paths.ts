/** Where the portal's pages are, below its base URL. */
export function runPath(runId: string): string {
  return `/environments/runs/${encodeURIComponent(runId)}`;
}

export function environmentPath(name: string): string {
  return `/environments/${encodeURIComponent(name)}`;
}
