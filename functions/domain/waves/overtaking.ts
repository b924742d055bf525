import type { Text } from '../text.ts';
import { whatSetsApart } from './order-of-service.ts';
import { rankedAs } from './rank.ts';

/** An entry of the waiting list as its order depends on it. */
interface Ranked {
  readonly reference: string;
  /** The priority that the platform gives, and the order of service. */
  readonly rank: string;
  /** Since when it has this rank; unknown for an entry of an earlier release. */
  readonly since?: string | undefined;
  /** Another rank that it had on the list just before, and since when. */
  readonly former?: { readonly rank: string; readonly since: string } | undefined;
}

/** Why others have come before a customer, and how many for each reason. */
export interface Overtaking {
  readonly label: Text;
  readonly count: number;
}

const priority: Text = {
  fr: 'priorité après une date retirée par la plateforme',
  en: 'priority after a date withdrawn by the platform',
};

function whyBefore(other: Ranked, own: Ranked): Text | undefined {
  if (other.rank[0] !== own.rank[0]) return priority;
  const [theirs, mine] = [other, own].map(({ rank, reference }) => rankedAs(rank.slice(2), reference));
  return theirs === undefined || mine === undefined ? undefined : whatSetsApart(theirs, mine)?.label;
}

/** True for one that stood before a customer already when that came to its rank. */
function wasBefore({ former }: Ranked, rank: string, since: string): boolean {
  return former !== undefined && former.since <= since && former.rank < rank;
}

/**
 * Why others have come before a customer on the waiting list since it has its rank: never who. Empty where none has, or
 * where it is not known since when.
 */
export function overtakings(own: Ranked, before: readonly Ranked[]): readonly Overtaking[] {
  const { since } = own;
  if (since === undefined) return [];
  const later = before.filter(
    (other) => other.since !== undefined && other.since > since && !wasBefore(other, own.rank, since),
  );
  const labels = later.map((other) => whyBefore(other, own)).filter((label) => label !== undefined);
  const counts = new Map<string, Overtaking>();
  for (const label of labels) {
    counts.set(label.en, { label, count: (counts.get(label.en)?.count ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}
