import type {
  CostEstimate,
  CostLine,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  DescribedResource,
  PlannedResources,
} from '@slipway/plugin-infra-scaffolder-node';
import { type Assumption, Assumptions } from './Assumptions';
import { Exact, moneyText, sum } from './money';
import type { PriceBook } from './PriceBook';
import { StateScope } from './StateScope';
import { type Pricer, type Quote, UnpriceableError } from './types';

/** What is known of AWS's prices and types. */
export interface Knowledge {
  book: PriceBook;
  assumptions: Record<string, Assumption>;
  pricers: Record<string, Pricer>;
  /** Types that cost nothing by themselves, with why. */
  freeTypes: Record<string, string>;
}

interface PricedResource {
  resource: DescribedResource;
  quote: Quote;
  monthlyUsd: Exact;
}

interface PricedState {
  priced: Map<string, PricedResource>;
  unpriced: CostEstimate['unpriced'];
}

function quoteOf(
  resource: DescribedResource,
  scope: StateScope,
  { pricers, freeTypes }: Knowledge,
): Quote | undefined {
  const { type } = resource;
  if (Object.hasOwn(pricers, type)) {
    try {
      return pricers[type](resource, scope);
    } catch (error) {
      if (error instanceof UnpriceableError) {
        return { title: type, parts: [], missing: [error.message] };
      }
      throw error;
    }
  }
  return Object.hasOwn(freeTypes, type)
    ? undefined
    : {
        title: type,
        parts: [],
        missing: [`Nobody taught the portal what ${type} costs.`],
      };
}

function priceState(
  resources: DescribedResource[],
  scope: StateScope,
  knowledge: Knowledge,
): PricedState {
  const state: PricedState = { priced: new Map(), unpriced: [] };
  for (const resource of resources) {
    const quote = quoteOf(resource, scope, knowledge);
    const { logicalId, type, path } = resource;
    for (const reason of quote?.missing ?? []) {
      state.unpriced.push({ type, path, reason });
    }
    if (quote && quote.parts.length > 0) {
      state.priced.set(logicalId, {
        resource,
        quote,
        monthlyUsd: sum(quote.parts.map(part => part.monthlyUsd)),
      });
    }
  }
  return state;
}

function lineOf(
  before: PricedResource | undefined,
  after: PricedResource | undefined,
): CostLine {
  const { resource, quote } = (after ?? before)!;
  return {
    logicalId: resource.logicalId,
    type: resource.type,
    path: resource.path,
    title: quote.title,
    ...(before && { monthlyBeforeUsd: moneyText(before.monthlyUsd) }),
    monthlyUsd: moneyText(after?.monthlyUsd ?? new Exact(0)),
    parts: (after?.quote.parts ?? []).map(part => ({
      title: part.title,
      quantity: part.quantity.toFixed(),
      unit: part.unit,
      unitPriceUsd: part.unitPriceUsd.toFixed(),
      monthlyUsd: moneyText(part.monthlyUsd),
    })),
  };
}

function totalOf(state: PricedState): string {
  return moneyText(
    sum([...state.priced.values()].map(({ monthlyUsd }) => monthlyUsd)),
  );
}

/** Once each, the same in both states told once. */
function joined(before: PricedState, after: PricedState) {
  const seen = new Set<string>();
  return [...after.unpriced, ...before.unpriced].filter(each => {
    const key = JSON.stringify(each);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * What a plan comes to a month of 730 hours, before and after. Each part is rounded to the cent; lines and totals are
 * sums of parts, so what a reader adds up is what is told.
 *
 * @param at - decides which versions are in extended support.
 */
export function estimate(
  { before, after }: PlannedResources,
  { region, at }: { region: string; at: Date },
  knowledge: Knowledge,
): CostEstimate {
  const assumptions = Assumptions.of(knowledge.assumptions);
  const days = new Set<string>();
  const price = (resources: DescribedResource[]) =>
    priceState(
      resources,
      StateScope.create({
        region,
        at,
        resources,
        book: knowledge.book,
        assumptions,
        days,
      }),
      knowledge,
    );
  const then = price(before);
  const now = price(after);
  const ids = new Set([...now.priced.keys(), ...then.priced.keys()]);
  return {
    pricesOf: [...days].sort()[0] ?? knowledge.book.oldest ?? '',
    region,
    monthlyBeforeUsd: totalOf(then),
    monthlyUsd: totalOf(now),
    lines: [...ids].map(id => lineOf(then.priced.get(id), now.priced.get(id))),
    unpriced: joined(then, now),
    assumptions: assumptions.sentences(),
  };
}
