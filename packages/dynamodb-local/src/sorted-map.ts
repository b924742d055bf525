import type { Range } from 'dynalite/db/index.js';

/** Above this many new keys, sorting the whole list is cheaper than inserting them one by one. */
const INSERT_ONE_BY_ONE = 64;

/**
 * A map whose values can be read in the order of their keys. New keys are only sorted in when a range is asked
 * for, so that loading a large table costs one sort.
 */
export class SortedMap<Value> {
  readonly #values = new Map<string, Value>();
  readonly #unsorted = new Set<string>();
  #keys: string[] = [];

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#unsorted.add(key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (!this.#values.delete(key) || this.#unsorted.delete(key)) return;
    this.#keys.splice(this.#position(key), 1);
  }

  /** Every value, in no particular order. */
  values(): IterableIterator<Value> {
    return this.#values.values();
  }

  /** The keys of every value, in no particular order. */
  keys(): IterableIterator<string> {
    return this.#values.keys();
  }

  /** The values whose keys lie in the range, as they are now: later writes do not change the list. */
  range({ gt, gte, lt, lte, reverse = false, limit = -1 }: Range): Value[] {
    this.#sort();
    let from = gte === undefined ? 0 : this.#position(gte);
    if (gt !== undefined) from = this.#position(gt, true);
    let to = lte === undefined ? this.#keys.length : this.#position(lte, true);
    if (lt !== undefined) to = this.#position(lt);
    const count = limit < 0 ? to - from : Math.min(limit, to - from);
    const found: Value[] = [];
    for (let step = 0; step < count; step += 1) {
      const key = this.#keys[reverse ? to - 1 - step : from + step];
      const value = key === undefined ? undefined : this.#values.get(key);
      if (value !== undefined) found.push(value);
    }
    return found;
  }

  #sort(): void {
    if (this.#unsorted.size > INSERT_ONE_BY_ONE) {
      this.#keys = [...this.#keys, ...this.#unsorted].sort();
    } else {
      for (const key of this.#unsorted) this.#keys.splice(this.#position(key), 0, key);
    }
    this.#unsorted.clear();
  }

  /** The position of the first key that is not less than the given one (or, with `after`, greater than it). */
  #position(key: string, after = false): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.#keys[middle] ?? '';
      if (candidate < key || (after && candidate === key)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
