import type { SandboxStatus } from './types';
import { faultInWords, outcomeInWords } from './words';

function escapeHtml(text: string): string {
  return text.replace(
    /[<>&"]/g,
    character =>
      ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }[character]!),
  );
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[], tag: string) =>
    `<tr>${cells
      .map(cell => `<${tag}>${escapeHtml(cell)}</${tag}>`)
      .join('')}</tr>`;
  return `<table><thead>${line(heads, 'th')}</thead><tbody>${rows
    .map(cells => line(cells, 'td'))
    .join('')}</tbody></table>`;
}

/** The status as a page that renews itself. */
export function statusPage(status: SandboxStatus): string {
  const { parts, faults, calls } = status;
  const ended = parts.filter(({ state }) => state === 'ended');
  const health =
    ended.length === 0
      ? `${parts.length} parts run`
      : `${ended.map(({ name }) => name).join(', ')} ended`;
  const trouble =
    faults.length === 0 ? 'no fault is on' : `${faults.length} faults are on`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width"><title>Slipway sandbox</title>
<style>
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
h1 { font-size: 24px } h2 { font-size: 16px; margin-top: 2rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 2px 16px 2px 0; border-bottom: 1px solid #8884 }
code { font-family: ui-monospace, monospace }
</style></head><body>
<h1>${escapeHtml(`The sandbox is up: ${health}, ${trouble}.`)}</h1>
<p>Since ${escapeHtml(status.startedAt)}; its state is in <code>${escapeHtml(
    status.dir,
  )}</code>.</p>
<h2>What runs</h2>
${table(
  ['Part', 'State', 'Port', 'Process', 'Log'],
  parts.map(part => [
    part.name,
    part.state,
    `${part.port}`,
    `${part.pid}`,
    part.logFile ?? '',
  ]),
)}
<h2>Faults</h2>
${
  faults.length === 0
    ? '<p>None. <code>script/sandbox dark us-east-1</code> takes a region away, <code>script/sandbox help</code> tells of the others.</p>'
    : `<ul>${faults
        .map(
          fault => `<li><code>${escapeHtml(faultInWords(fault))}</code></li>`,
        )
        .join('')}</ul>`
}
<h2>What is not emulated</h2>
<p>CloudFormation makes the ${
    status.resourceTypes.length
  } types below; any other type, and any call the emulator does not have, is refused with an error.</p>
<details><summary>Types</summary><p>${escapeHtml(
    status.resourceTypes.join(', '),
  )}</p></details>
<h2>Latest of ${calls.total} calls</h2>
${table(
  ['Time (UTC)', 'Account', 'Region', 'Service', 'Operation', 'Got', 'ms'],
  calls.recent.map(call => [
    call.at.slice(11, 23),
    call.account,
    call.region,
    call.service,
    call.operation,
    outcomeInWords(call),
    `${call.durationMs}`,
  ]),
)}
</body></html>
`;
}
