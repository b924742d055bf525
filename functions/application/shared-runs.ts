/**
 * Has callers that come while a run is under way share the next one: it begins after each of them has come, so that it
 * sees whatever they have seen. A run that fails, fails for all that share it.
 */
export function sharedRuns(run: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    next = undefined;
    underWay = run().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  return () => {
    if (underWay === undefined) return begin();
    // Whether the run before has failed concerns those who share that one.
    next ??= underWay.then(begin, begin);
    return next;
  };
}
