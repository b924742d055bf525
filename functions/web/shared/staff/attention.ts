import { calendarDateOf } from '../../../domain/calendar-date.ts';
import { reviewDays } from '../../../domain/onboarding/durations.ts';
import { hasOverdueCondition, isContractDue } from '../../../domain/onboarding/overdue-conditions.ts';
import type { Snapshot, Talk } from '../../../domain/onboarding/state.ts';
import { isTalkLate, talkDueBy } from '../../../domain/onboarding/talk.ts';
import { isPastWait } from '../../../domain/onboarding/waits.ts';
import { whoseTurn } from '../../../domain/onboarding/whose-turn.ts';
import { formatLimit } from '../../../domain/paris-time.ts';
import type { PlatformConfiguration } from '../../../domain/platform-configuration.ts';
import type { Text } from '../../../domain/text.ts';
import { addWorkingDays } from '../../../domain/working-days.ts';
import { tag } from '../layout/components.ts';
import { type Html, html } from '../layout/html.ts';
import type { View } from '../layout/view.ts';

/** What onboardings are looked at with. */
interface Seen {
  readonly platform: PlatformConfiguration;
  readonly at: Date;
}

/**
 * Whether sales should look at an onboarding first: email not delivered, no valid link, sales must act next, the contract
 * is missing four weeks before the cutover, or something is overdue, a condition included.
 */
export function needsAttention(snapshot: Snapshot, { platform, at }: Seen): boolean {
  const { state } = snapshot;
  if (state.stage === 'CLOSED') return false;
  const today = calendarDateOf(at);
  if (state.linkRevoked === true || hasOverdueCondition(state, today)) return true;
  if (isContractDue(platform, state, today)) return true;
  return state.mailBounced === true || whoseTurn(state) === 'sales' || isLate(snapshot, at);
}

/** True for an overdue wait, a review not decided within its working days, and a customer that no one has called back. */
export function isLate(snapshot: Snapshot, at: Date): boolean {
  const { state } = snapshot;
  const { stage, stageSince } = state;
  const since = calendarDateOf(new Date(stageSince));
  return (
    isPastWait(snapshot, at) ||
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
export function attentionTags(view: View, snapshot: Snapshot, { platform, at }: Seen): Html {
  const { state } = snapshot;
  const { mailBounced, linkRevoked, stage, talk } = state;
  if (stage === 'CLOSED') return html``;
  const today = calendarDateOf(at);
  const late = isLate(snapshot, at);
  const condition = { fr: 'Condition en retard', en: 'Condition overdue' };
  const contract = { fr: 'Contrat manquant', en: 'Contract missing' };
  const call =
    talk === undefined || talk.heldAt !== undefined ? html`` : html` ${tag(view, callBy(talk), 'warn')}`;
  return html`${call}${hasOverdueCondition(state, today) ? html` ${tag(view, condition, 'bad')}` : ''}${isContractDue(platform, state, today) ? html` ${tag(view, contract, 'bad')}` : ''}${mailBounced === true ? html` ${tag(view, { fr: 'Courriel non remis', en: 'Email not delivered' }, 'bad')}` : ''}${linkRevoked === true ? html` ${tag(view, { fr: 'Sans lien valide', en: 'No valid link' }, 'bad')}` : ''}${late ? html` ${tag(view, { fr: 'Échéance dépassée', en: 'Overdue' }, 'bad')}` : ''}`;
}
