/** A line for a POSIX shell that gives its programs a value, whatever is in it. */
export function exportLine(name: string, value: string): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
}
