/**
 * Rows as comma-separated values (RFC 4180), with a heading. Cells that a spreadsheet would take for a formula are
 * made text by a leading apostrophe.
 *
 * @public
 */
export function toCsv(
  titles: string[],
  rows: Array<Array<string | number | undefined>>,
): string {
  return [titles, ...rows]
    .map(cells => cells.map(csvCell).join(','))
    .join('\r\n');
}

function csvCell(value: string | number | undefined): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Hands text to the browser as a file to keep. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(
    new Blob([text], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
