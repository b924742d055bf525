import { calendarDateOf } from '../../../domain/calendar-date.ts';
import { reviewDays } from '../../../domain/onboarding/durations.ts';
import { hasOverdueCondition, isContractDue } from '../../../domain/onboarding/overdue-conditions.ts';
import type { OnboardingState, Talk } from '../../../domain/onboarding/state.ts';
import { isTalkLate, talkDueBy } from '../../../domain/onboarding/talk.ts';
import { whoseTurn } from '../../../domain/onboarding/whose-turn.ts';
import { formatLimit } from '../../../domain/paris-time.ts';
import type { PlatformConfiguration } from '../../../domain/platform-configuration.ts';
import type { Text } from '../../../domain/text.ts';
import { addWorkingDays } from '../../../domain/working-days.ts';
import type { Store } from '../../../store/store.ts';
import { tag } from '../layout/components.ts';
import { type Html, html } from '../layout/html.ts';
import type { View } from '../layout/view.ts';

/** Maximum number of overdue waits read; more than a handful points to a general fault. */
const mostOverdue = 100;

/** References of the onboardings with an overdue wait. */
export async function overdueReferences(
  { lists }: Pick<Store, 'lists'>,
  at: Date,
): Promise<ReadonlySet<string>> {
  const { items } = await lists.overdue(at.toISOString(), { limit: mostOverdue });
  return new Set(items.map(({ reference }) => reference));
}

/** What onboardings are looked at with. */
interface Seen {
  readonly platform: PlatformConfiguration;
  readonly overdue: ReadonlySet<string>;
  readonly at: Date;
}

/**
 * Whether sales should look at an onboarding first: email not delivered, no valid link, sales must act next, the contract
 * is missing four weeks before the cutover, or something is overdue, a condition included.
 */
export function needsAttention(state: OnboardingState, { platform, overdue, at }: Seen): boolean {
  if (state.stage === 'CLOSED') return false;
  const today = calendarDateOf(at);
  if (state.linkRevoked === true || hasOverdueCondition(state, today)) return true;
  if (isContractDue(platform, state, today)) return true;
  return state.mailBounced === true || whoseTurn(state) === 'sales' || isLate(state, overdue, at);
}

/** True for an overdue wait, a review not decided within its working days, and a customer that no one has called back. */
export function isLate(state: OnboardingState, overdue: ReadonlySet<string>, at: Date): boolean {
  const { reference, stage, stageSince } = state;
  const since = calendarDateOf(new Date(stageSince));
  return (
    overdue.has(reference) ||
    isTalkLate(state, at) ||
    (stage === 'IN_REVIEW' && addWorkingDays(since, reviewDays.decision) < calendarDateOf(at))
  );
}

/** A customer wants to talk first, and by when it is to be called. */
function callBy(talk: Talk): Text {
  const due = talkDueBy(talk);
  return {
    fr: `À contacter ${formatLimit(due, 'fr', undefined)}`,
    en: `To be contacted ${formatLimit(due, 'en', undefined)}`,
  };
}

/** The reasons as tags beside the stage. */
export function attentionTags(view: View, state: OnboardingState, { platform, overdue, at }: Seen): Html {
  const { mailBounced, linkRevoked, stage, talk } = state;
  if (stage === 'CLOSED') return html``;
  const today = calendarDateOf(at);
  const late = isLate(state, overdue, at);
  const condition = { fr: 'Condition en retard', en: 'Condition overdue' };
  const contract = { fr: 'Contrat manquant', en: 'Contract missing' };
  const call =
    talk === undefined || talk.heldAt !== undefined ? html`` : html` ${tag(view, callBy(talk), 'warn')}`;
  return html`${call}${hasOverdueCondition(state, today) ? html` ${tag(view, condition, 'bad')}` : ''}${isContractDue(platform, state, today) ? html` ${tag(view, contract, 'bad')}` : ''}${mailBounced === true ? html` ${tag(view, { fr: 'Courriel non remis', en: 'Email not delivered' }, 'bad')}` : ''}${linkRevoked === true ? html` ${tag(view, { fr: 'Sans lien valide', en: 'No valid link' }, 'bad')}` : ''}${late ? html` ${tag(view, { fr: 'Échéance dépassée', en: 'Overdue' }, 'bad')}` : ''}`;
}
