/** One act of a history: when it began and ended, by the ticks of one counter, and what came of it. */
export interface Recorded<Act> {
  readonly act: Act;
  readonly began: number;
  readonly ended: number;
  /** `unknown` for an act whose caller died: it was carried out, or not. */
  readonly outcome: string;
}

/** What an act does to a state, and what its caller reads: the acts one after another. */
export interface Specification<State, Act> {
  apply(state: State, act: Act): { readonly state: State; readonly outcome: string };
  /** Equal for equal states. */
  keyOf(state: State): string;
}

/**
 * Whether the acts can be put in one order, none before an act that had ended when it began, in which each has the outcome
 * that was recorded, and which leads to the state that was found in the end.
 */
export function isLinearizable<State, Act>(
  { apply, keyOf }: Specification<State, Act>,
  {
    first,
    last,
    history,
  }: { readonly first: State; readonly last: State; readonly history: readonly Recorded<Act>[] },
): boolean {
  const wanted = keyOf(last);
  const seen = new Set<string>();

  function search(state: State, left: readonly Recorded<Act>[]): boolean {
    if (left.length === 0) return keyOf(state) === wanted;
    const key = `${left.map(({ began }) => began).join()} ${keyOf(state)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const soonestEnd = Math.min(...left.map(({ ended }) => ended));
    return left.some((each) => {
      if (each.began > soonestEnd) return false;
      const rest = left.filter((other) => other !== each);
      const next = apply(state, each.act);
      if (each.outcome === 'unknown') return search(next.state, rest) || search(state, rest);
      return next.outcome === each.outcome && search(next.state, rest);
    });
  }

  return search(first, history);
}
