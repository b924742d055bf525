import type { Text } from '../../domain/text.ts';
import type { Store } from '../../store/store.ts';

export const erasuresTitle: Text = { fr: 'Effacements demandés', en: 'Erasures asked for' };

/** More than these are not shown: they are decided within thirty days. */
const mostShown = 100;
/** After every instant. */
const everything = '9999';

/** References of the onboardings whose erasure waits for a decision, the first to be decided first. */
export async function erasuresAsked({ erasureRequests }: Store): Promise<readonly string[]> {
  return (await erasureRequests.due(everything, { limit: mostShown })).items;
}
