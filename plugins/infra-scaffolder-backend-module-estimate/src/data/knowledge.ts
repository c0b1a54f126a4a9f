import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { z } from 'zod';
import type { Assumption } from '../engine/Assumptions';
import type { Price } from '../engine/types';

const DATA = resolvePackagePath(
  '@slipway/plugin-infra-scaffolder-backend-module-estimate',
  'data',
);

const day = z.iso.date();
const decimalText = z.string().regex(/^\d+(\.\d+)?$/, 'a decimal number');

/** A file of prices: one service in one region. */
const priceFileSchema = z.strictObject({
  serviceCode: z.string().min(1),
  region: z.string().min(1),
  pricesOf: day,
  prices: z.array(
    z.strictObject({
      usageType: z.string().min(1),
      operation: z.string().min(1).optional(),
      unit: z.string().min(1),
      usd: decimalText,
      unchecked: z.literal(true).optional(),
    }),
  ),
});

const assumptionsSchema = z.record(
  z.string(),
  z.strictObject({
    value: z.string().min(1),
    says: z.string().includes('{value}'),
  }),
);

const freeTypesSchema = z.record(z.string(), z.string().min(1));

function read<T>(schema: z.ZodType<T>, ...path: string[]): T {
  const file = join(DATA, ...path);
  const result = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!result.success) {
    throw new Error(`${file}: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}

/** The prices that come with the portal. */
export function readPrices(): Price[] {
  return readdirSync(join(DATA, 'prices')).flatMap(region =>
    readdirSync(join(DATA, 'prices', region)).flatMap(file => {
      const { prices, ...common } = read(
        priceFileSchema,
        'prices',
        region,
        file,
      );
      return prices.map(price => ({ ...common, ...price }));
    }),
  );
}

export function readAssumptions(): Record<string, Assumption> {
  return read(assumptionsSchema, 'assumptions.json');
}

export function readFreeTypes(): Record<string, string> {
  return read(freeTypesSchema, 'freeTypes.json');
}
