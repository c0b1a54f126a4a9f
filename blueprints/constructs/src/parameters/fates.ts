import type { BlueprintFate } from '@slipway/plugin-infra-scaffolder-common';

/** What becomes of the data of every system here when it is destroyed: `dbFinalSnapshot` decides for the database. @public */
export const dataFates: BlueprintFate[] = [
  {
    sentence: 'The database is deleted; a final snapshot of it is kept.',
    when: { parameter: 'dbFinalSnapshot', is: true },
  },
  {
    sentence:
      'The database is deleted with all its data and automatic backups; no snapshot is kept.',
    when: { parameter: 'dbFinalSnapshot', is: false },
  },
  { sentence: 'Buckets are emptied and deleted, old versions too.' },
];
