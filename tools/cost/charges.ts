import type { Prices } from './tables.ts';

/** A quantity of a priced item. */
export interface Use {
  readonly what: string;
  /** Id in the price table. */
  readonly price: string;
  readonly quantity: number;
}

/** A usage with its cost in US dollars. */
export interface Charge extends Use {
  readonly usd: number;
}

/** The charges of usages: those of the same item at the same price are added up, in order of appearance. */
export function chargesOf(uses: readonly Use[], prices: Prices): readonly Charge[] {
  const sums = new Map<string, Use>();
  for (const use of uses) {
    const key = `${use.what} ${use.price}`;
    sums.set(key, { ...use, quantity: use.quantity + (sums.get(key)?.quantity ?? 0) });
  }
  return [...sums.values()].map((use) => ({ ...use, usd: use.quantity * prices.of(use.price) }));
}

export function total(charges: readonly Charge[]): number {
  return charges.reduce((sum, { usd }) => sum + usd, 0);
}

/** The total after the free tiers, if nothing else in the account uses them. */
export function totalBeyondFree(charges: readonly Charge[], prices: Prices): number {
  const quantities = new Map<string, number>();
  for (const { price, quantity } of charges) {
    quantities.set(price, (quantities.get(price) ?? 0) + quantity);
  }
  return [...quantities].reduce(
    (sum, [price, quantity]) => sum + Math.max(0, quantity - prices.freeOf(price)) * prices.of(price),
    0,
  );
}
