import type { ExpiryConsent } from './lifetime';

/** Something that outlives the environment on purpose. @public */
export interface KeptResource {
  type: string;
  /** ARN, or the physical id where AWS gives no ARN. */
  id: string;
  /** e.g. `A final snapshot of the database; it is kept until somebody deletes it.` */
  why: string;
  /** When AWS removes it by itself, e.g. a key that is pending deletion. */
  until?: string;
}

/** Something that has the environment's tags and should be gone. The portal removes none of it by itself. @public */
export interface Orphan {
  arn: string;
  region: string;
  service: string;
  /** How a person removes it. */
  howToRemove: string;
}

/** One look for what was left, by tags. Kept anew each time it is made; the last one holds. @public */
export interface OrphanScan {
  at: string;
  regions: string[];
  orphans: Orphan[];
  kept: KeptResource[];
  /** Regions that could not be looked at, with why: no orphans known is not none there. */
  failed: Array<{ region: string; reason: string }>;
}

/** What is kept of an environment that is destroyed. @public */
export interface DestroyReceipt {
  environmentId: string;
  environmentName: string;
  account: string;
  region: string;
  runId: string;
  planId: string;
  requestedBy: string;
  requestedAt: string;
  /** A person, or the portal on the consent given at creation. */
  confirmedBy: string;
  confirmedAt: string;
  approvedBy?: string;
  /** Of one that ended by itself, or could have: what was agreed to. */
  consent?: ExpiryConsent;
  destroyedAt: string;
  deleted: Array<{ type: string; id: string; path: string; at: string }>;
  kept: KeptResource[];
  /** What the plan said of data, e.g. of a final snapshot. */
  warnings: string[];
  /** Absent while nobody has looked. */
  scan?: OrphanScan;
  /** Decimal text; absent where there was no estimate. */
  savedMonthlyUsd?: string;
}

/** What is kept on purpose, as the plan had it and as the last look found it, each once. @public */
export function keptOf({
  kept,
  scan,
}: Pick<DestroyReceipt, 'kept' | 'scan'>): KeptResource[] {
  const found = scan?.kept ?? [];
  const isTold = ({ id }: KeptResource) =>
    found.some(each => each.id === id || each.id.endsWith(id));
  return [...kept.filter(each => !isTold(each)), ...found];
}

/** Text from AWS and people must not become markup. */
const cell = (text: string): string =>
  text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s+/g, ' ');

const table = (head: string[], rows: string[][]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
];

function orphanLines(scan: OrphanScan | undefined): string[] {
  if (!scan) return ['Nobody has looked for leftovers yet.'];
  const failed = scan.failed.map(
    ({ region, reason }) =>
      `- ${cell(region)} could not be looked at: ${cell(reason)}`,
  );
  const where = `Looked on ${scan.at} in ${scan.regions.join(', ')}.`;
  if (scan.orphans.length === 0) {
    return [
      `${where} Nothing was found.`,
      ...(failed.length ? [''] : []),
      ...failed,
    ];
  }
  return [
    where,
    '',
    ...table(
      ['Resource', 'Region', 'How to remove it'],
      scan.orphans.map(({ arn, region, howToRemove }) => [
        arn,
        region,
        howToRemove,
      ]),
    ),
    ...(failed.length ? [''] : []),
    ...failed,
  ];
}

/** The receipt as a document one can file. @public */
export function receiptMarkdown(receipt: DestroyReceipt): string {
  const facts: string[][] = [
    ['Account and region', `${receipt.account}, ${receipt.region}`],
    ['Asked for by', `${receipt.requestedBy}, ${receipt.requestedAt}`],
    ['Confirmed by', `${receipt.confirmedBy}, ${receipt.confirmedAt}`],
    ...(receipt.approvedBy ? [['Approved by', receipt.approvedBy]] : []),
    ...(receipt.consent
      ? [
          [
            'Agreed to',
            `“${receipt.consent.words}” (${receipt.consent.by}, ${receipt.consent.at})`,
          ],
        ]
      : []),
    ['Plan', receipt.planId],
    ['Run', receipt.runId],
    ['Destroyed', receipt.destroyedAt],
    ...(receipt.savedMonthlyUsd
      ? [['Saved a month', `${receipt.savedMonthlyUsd} USD`]]
      : []),
  ];
  const kept = keptOf(receipt).map(({ type, id, why, until }) => [
    type,
    id,
    until ? `${why} Until ${until}.` : why,
  ]);
  return [
    `# ${cell(receipt.environmentName)} was destroyed`,
    '',
    ...table(['What', 'Value'], facts),
    '',
    '## What became of data',
    '',
    ...(receipt.warnings.length > 0
      ? receipt.warnings.map(warning => `- ${cell(warning)}`)
      : ['The plan said nothing of it.']),
    '',
    '## Kept',
    '',
    ...(kept.length ? table(['Type', 'Id', 'Why'], kept) : ['Nothing.']),
    '',
    '## Leftovers',
    '',
    ...orphanLines(receipt.scan),
    '',
    `## Deleted (${receipt.deleted.length})`,
    '',
    ...table(
      ['When', 'Type', 'Id'],
      receipt.deleted.map(({ at, type, id }) => [at, type, id]),
    ),
    '',
  ].join('\n');
}
