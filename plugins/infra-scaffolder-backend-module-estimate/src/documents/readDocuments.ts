import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { z } from 'zod';

const money = z.string().regex(/^\d+\.\d\d$/, 'dollars with cents');
const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'a decimal number');
const words = z.string().min(1);

/** A table of costs in one of the documents that the blueprints come from, and how it is reckoned again. */
const documentSchema = z.strictObject({
  id: words,
  title: words,
  blueprint: words,
  region: words,
  about: words,
  lines: z.array(
    z.strictObject({
      title: words,
      /** What the document asks a month. */
      says: money,
      /** What it consists of, by names of the price list. */
      parts: z.array(
        z.strictObject({
          words,
          service: words,
          usage: words,
          operation: words.optional(),
          quantity: decimal,
          /** Of the list price. */
          percent: decimal.optional(),
        }),
      ),
      /** The document names no quantity; this one is chosen so that its amount comes out. */
      chosen: z.literal(true).optional(),
      /** Why list prices give another amount. */
      why: words.optional(),
    }),
  ),
  sums: z.array(
    z.strictObject({ title: words, says: money, of: z.array(money) }),
  ),
  percents: z.array(
    z.strictObject({
      title: words,
      says: decimal,
      before: money,
      after: money,
      why: words.optional(),
    }),
  ),
});

export type CostDocument = z.infer<typeof documentSchema>;

/** From `data/documents.json`. */
export function readDocuments(): CostDocument[] {
  const file = join(
    resolvePackagePath(
      '@slipway/plugin-infra-scaffolder-backend-module-estimate',
      'data',
    ),
    'documents.json',
  );
  return z.array(documentSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
}
