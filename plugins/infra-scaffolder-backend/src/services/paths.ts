/** Where the portal's pages are, below its base URL. */
export function runPath(runId: string): string {
  return `/environments/runs/${encodeURIComponent(runId)}`;
}

/** The exemptions, and what is asked for. */
export function policiesPath(): string {
  return '/policies?tab=exemptions';
}

export function environmentPath(name: string): string {
  return `/environments/${encodeURIComponent(name)}`;
}
