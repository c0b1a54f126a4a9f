/** What Terraform says went wrong, or might. */
export interface Diagnostic {
  severity: 'error' | 'warning';
  summary: string;
  detail: string;
  /** Of the resource that it is about. */
  address?: string;
}

/** One line of `-json` output, as far as the engine reads it. */
export interface OutputLine {
  type: string;
  '@message'?: string;
  '@timestamp'?: string;
  diagnostic?: {
    severity?: string;
    summary?: string;
    detail?: string;
    address?: string;
  };
  hook?: {
    resource?: { addr: string; resource_type: string };
    action?: string;
    id_key?: string;
    id_value?: string;
    elapsed_seconds?: number;
  };
  changes?: {
    add: number;
    change: number;
    remove: number;
    operation: string;
  };
}

/** A line that is not JSON (a plugin's own words) says nothing. */
export function readLine(text: string): OutputLine | undefined {
  try {
    const line = JSON.parse(text) as OutputLine;
    return typeof line?.type === 'string' ? line : undefined;
  } catch {
    return undefined;
  }
}

export function diagnosticOf({ diagnostic }: OutputLine): Diagnostic[] {
  return diagnostic
    ? [
        {
          severity: diagnostic.severity === 'error' ? 'error' : 'warning',
          summary: diagnostic.summary ?? 'Terraform failed',
          detail: diagnostic.detail ?? '',
          ...(diagnostic.address && { address: diagnostic.address }),
        },
      ]
    : [];
}
