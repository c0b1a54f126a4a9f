import type { Exact } from '../engine/money';
import type { PriceBook } from '../engine/PriceBook';
import type { CostDocument } from './readDocuments';
import { reckonLine, savedPercent, sumOf } from './reckon';

const INTRODUCTION = `# What the documents say it costs

Two of the five documents have tables of costs. Here they are reckoned again from the portal’s own [price list](../plugins/infra-scaffolder-backend-module-estimate/data/README.md), the one that estimates plans; where the document names no quantity, one is chosen that gives its amount, and said to be. Amounts are dollars a month. Made from \`data/documents.json\` of the [estimate](../plugins/infra-scaffolder-backend-module-estimate/README.md), whose test refuses this page when it is not so:

\`\`\`sh
cd plugins/infra-scaffolder-backend-module-estimate && SLIPWAY_WRITE=1 yarn test costs
\`\`\`
`;

function dollars(amount: Exact): string {
  const [whole, cents] = amount.abs().toFixed(2).split('.');
  const sign = amount.isNegative() && !amount.isZero() ? '−' : '';
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** With cells as wide as their columns. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map(row => [...row[column]].length)),
  );
  const isNumber = (column: number) =>
    rows.every(row => /^−?[\d,.]+( %)?$|^$/.test(row[column]));
  const line = (cells: string[]) =>
    `| ${cells
      .map((cell, column) => {
        const space = ' '.repeat(widths[column] - [...cell].length);
        return isNumber(column) ? space + cell : cell + space;
      })
      .join(' | ')} |`;
  const rule = widths.map((width, column) =>
    isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function linesTable(document: CostDocument, book: PriceBook): string {
  const rows = document.lines.map(each => {
    const { line, parts, usd, difference } = reckonLine(
      each,
      document.region,
      book,
    );
    const from = parts
      .map(({ words, unitUsd }) => `${words} at $${unitUsd.toFixed()}`)
      .join('; ');
    return [
      line.title,
      dollars(sumOf([line.says])),
      dollars(usd),
      difference.isZero() ? '' : dollars(difference),
      `${from}${line.chosen ? ' (quantity chosen)' : ''}`,
    ];
  });
  return table(['line', 'document', 'list prices', 'difference', 'from'], rows);
}

function reasons(document: CostDocument): string {
  return document.lines
    .filter(line => line.why)
    .map(({ title, why }) => `- **${title}**: ${why}`)
    .join('\n');
}

function sumsTable(document: CostDocument): string {
  return table(
    ['sum', 'document', 'of its parts'],
    document.sums.map(({ title, says, of }) => [
      title,
      dollars(sumOf([says])),
      dollars(sumOf(of)),
    ]),
  );
}

function percentsTable(document: CostDocument): string {
  return table(
    ['saved', 'document', 'reckoned', 'why'],
    document.percents.map(({ title, says, before, after, why }) => [
      title,
      `${says} %`,
      `${savedPercent(before, after).toFixed(2)} %`,
      why ?? '',
    ]),
  );
}

/** `docs/costs.md`. */
export function costsMarkdown(
  documents: CostDocument[],
  book: PriceBook,
): string {
  return [
    INTRODUCTION,
    ...documents.flatMap(document => [
      `## ${document.id}: [${document.blueprint}](../blueprints/${document.blueprint}/README.md)\n`,
      `${document.about}\n`,
      `${linesTable(document, book)}\n`,
      `${reasons(document)}\n`,
      `${sumsTable(document)}\n`,
      ...(document.percents.length > 0 ? [`${percentsTable(document)}\n`] : []),
    ]),
  ].join('\n');
}
