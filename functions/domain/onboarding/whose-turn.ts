import { lifecycle, type Party } from './lifecycle.ts';
import type { OnboardingState, Wait } from './state.ts';
import { isDecided } from './waits.ts';

/**
 * Who must act next, for API, pages, mails and jobs alike. The stage decides, with exceptions: a failed run is for
 * operators, a decision that the workflow has not processed yet for the platform, a place offered from the waiting list
 * for the customer, and a customer whom no mail reaches, who has no valid link or who wants to talk first for sales.
 * Without the wait it is the party that decided, until the workflow continues.
 */
export function whoseTurn(state: OnboardingState, wait?: Wait): Party {
  if (state.stage === 'CLOSED') return 'nobody';
  if (state.run.status === 'failed') return 'operator';
  if (isDecided(state, wait)) return 'platform';
  const offered = state.stage === 'WAITING_LIST' && state.wave !== undefined;
  if (state.talk !== undefined && state.talk.heldAt === undefined) return 'sales';
  const party = offered ? 'customer' : lifecycle[state.stage].ball;
  const outOfReach = state.mailBounced === true || state.linkRevoked === true;
  return party === 'customer' && outOfReach ? 'sales' : party;
}
