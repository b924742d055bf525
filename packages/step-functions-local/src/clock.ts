/** The time that executions live in; it may run faster than real time, or only jump. */
export interface Clock {
  now(): Date;
  /** Fires once when `at` is reached; the returned function cancels it. */
  setTimer(at: Date, fire: () => void | Promise<void>): () => void;
  /** Registers work in flight, so that a clock that jumps can wait for its end. */
  track<T>(work: Promise<T>): Promise<T>;
}
