/** A timer at an absolute instant, in milliseconds since 1970. */
export interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void | Promise<void>;
  cancelled: boolean;
}

const before = (left: Timer, right: Timer): boolean =>
  left.at === right.at ? left.order < right.order : left.at < right.at;

/** A cancelled timer stays in the heap until it reaches the top, unless cancelled timers are the majority. */
const sweepFrom = 1_000;

/** Timers by instant, ties in the order they were set: a binary heap, so that tens of thousands stay cheap. */
export class TimerQueue {
  #heap: Timer[] = [];
  #cancelled = 0;
  #order = 0;

  add(at: number, fire: () => void | Promise<void>): Timer {
    const timer: Timer = { at, order: this.#order++, fire, cancelled: false };
    this.#heap.push(timer);
    this.#rise(this.#heap.length - 1);
    return timer;
  }

  cancel(timer: Timer): void {
    if (timer.cancelled) return;
    timer.cancelled = true;
    this.#cancelled += 1;
    if (this.#cancelled > sweepFrom && this.#cancelled * 2 > this.#heap.length) this.#sweep();
  }

  first(): Timer | undefined {
    for (let head = this.#heap[0]; head?.cancelled; head = this.#heap[0]) {
      this.#cancelled -= 1;
      this.#remove();
    }
    return this.#heap[0];
  }

  /** Takes the first timer out, if it is due at `limit`. */
  takeDue(limit: number): Timer | undefined {
    const head = this.first();
    if (head === undefined || head.at > limit) return undefined;
    this.#remove();
    // A taken timer is no longer in the heap, so cancelling it later must not be counted.
    head.cancelled = true;
    return head;
  }

  #sweep(): void {
    const kept = this.#heap.filter((timer) => !timer.cancelled);
    this.#heap = kept.sort((left, right) => (before(left, right) ? -1 : 1));
    this.#cancelled = 0;
  }

  #remove(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#swapIfBefore(at, above)) return;
      at = above;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = this.#at(left + 1);
      const leftTimer = this.#at(left);
      if (leftTimer === undefined) return;
      const smaller = right !== undefined && before(right, leftTimer) ? left + 1 : left;
      if (!this.#swapIfBefore(smaller, at)) return;
      at = smaller;
    }
  }

  #at(index: number): Timer | undefined {
    return this.#heap[index];
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const below = this.#heap[lower];
    const above = this.#heap[upper];
    if (below === undefined || above === undefined || !before(below, above)) return false;
    this.#heap[upper] = below;
    this.#heap[lower] = above;
    return true;
  }
}
