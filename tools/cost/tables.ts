import { readFileSync } from 'node:fs';
import * as z from 'zod';

const month = z.string().regex(/^\d{4}-\d{2}$/);

const price = z.strictObject({
  usd: z.number().positive(),
  /** Number of units that the price covers. */
  per: z.number().positive(),
  /** Units of an account that are always free each month. */
  free: z.number().positive().optional(),
  unit: z.string(),
  /** Region of the price; `every` if it is the same in every commercial region. */
  region: z.enum(['eu-west-3', 'us-east-1', 'every']),
  /** Title of the public pricing page. */
  page: z.string(),
});
const priceTable = z.strictObject({
  date: month,
  region: z.literal('eu-west-3'),
  /** Premium added to prices that are known only for another region. */
  premiumPercent: z.number().nonnegative(),
  premium: z.string(),
  prices: z.record(z.string(), price),
});
type PriceTable = z.infer<typeof priceTable>;

const quotaTable = z.strictObject({
  date: month,
  region: z.literal('eu-west-3'),
  quotas: z.record(
    z.string(),
    z.strictObject({
      value: z.number().positive(),
      unit: z.string(),
      /** Whether the quota can be raised on request. */
      raisable: z.boolean(),
      page: z.string(),
    }),
  ),
});

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

/** The table lacks a price or a quota that the computation needs. */
export class MissingFigureError extends Error {
  override readonly name = 'MissingFigureError';
}

/** The dated prices of the region. */
export interface Prices {
  readonly table: PriceTable;
  /** US dollars for one unit in the region. @throws MissingFigureError */
  of(id: string): number;
  /** Units of an account and month that are free of charge. */
  freeOf(id: string): number;
  /** The unit of a price as text. @throws MissingFigureError */
  unitOf(id: string): string;
}

export function readPrices(): Prices {
  const table = priceTable.parse(read('prices.json'));
  function found(id: string) {
    const known = table.prices[id];
    if (known === undefined) throw new MissingFigureError(`tools/cost/prices.json has no price "${id}"`);
    return known;
  }
  return {
    table,
    of: (id) => {
      const { usd, per, region } = found(id);
      return (usd / per) * (region === 'us-east-1' ? 1 + table.premiumPercent / 100 : 1);
    },
    freeOf: (id) => found(id).free ?? 0,
    unitOf: (id) => found(id).unit,
  };
}

/** The dated quotas of the region. */
export interface Quotas {
  readonly date: string;
  /** @throws MissingFigureError */
  of(id: string): number;
  readonly all: z.infer<typeof quotaTable>['quotas'];
}

export function readQuotas(): Quotas {
  const { date, quotas } = quotaTable.parse(read('quotas.json'));
  return {
    date,
    all: quotas,
    of: (id) => {
      const known = quotas[id];
      if (known === undefined) throw new MissingFigureError(`tools/cost/quotas.json has no quota "${id}"`);
      return known.value;
    },
  };
}
