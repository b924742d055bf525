import { addDays, calendarDateOf } from '../../domain/calendar-date.ts';
import { ruleText } from '../../domain/classification/rule-texts.ts';
import type { Outcome } from '../../domain/onboarding/lifecycle.ts';
import { outcomeReasons } from '../../domain/onboarding/outcome-reasons.ts';
import type { ResultRecord } from '../../domain/onboarding/records.ts';
import type { OnboardingState, Snapshot } from '../../domain/onboarding/state.ts';
import type { Assessment } from '../../domain/readiness/assessment.ts';
import type { Text } from '../../domain/text.ts';
import type { Pair } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { legalText } from '../shared/layout/legal-text.ts';
import type { View } from '../shared/layout/view.ts';
import { erasurePath } from './erasure-path.ts';

export const closedTitle: Text = { fr: 'Ce dossier est clos', en: 'This onboarding is closed' };

const outcomeLabels: Readonly<Record<Outcome, Text>> = {
  HANDED_OVER: { fr: 'Migration menée à bien', en: 'Migration completed' },
  NOT_ELIGIBLE: {
    fr: 'Non retenu, après examen par une personne',
    en: 'Not accepted, after review by a person',
  },
  DECLINED: { fr: 'Décliné par votre organisme', en: 'Declined by your organisation' },
  UNANSWERED: { fr: 'Resté sans réponse', en: 'Left unanswered' },
  WITHDRAWN: { fr: 'Retiré', en: 'Withdrawn' },
};

/** Until when the customer's data is kept after closing. */
export function keptRow(view: View, { stageSince }: OnboardingState, retentionDays: number): Pair {
  const until = dayText(view, addDays(calendarDateOf(new Date(stageSince)), retentionDays));
  return {
    key: { fr: 'Vos données', en: 'Your data' },
    value: view.t({
      fr: `Conservées jusqu’au ${until}, puis effacées`,
      en: `Kept until ${until}, then erased`,
    }),
  };
}

/** The way to have the whole file erased; once that is asked for, by when it is decided. */
export function erasureLine(view: View, { erasureRequest }: Snapshot): Html {
  const link = html`<a href="${view.href(erasurePath)}">${view.t({ fr: 'Faire effacer le dossier', en: 'Have the file erased' })}</a>`;
  if (erasureRequest?.status !== 'waiting') return html`<p>${link}</p>`;
  const by = dayText(view, erasureRequest.until);
  return html`<p>${link}<br>${view.t({ fr: `Demandé ; décidé au plus tard le ${by}.`, en: `Asked for; decided by ${by}.` })}</p>`;
}

/** True for a refusal that answers what the rules asked: silence, or the want of a date, is refused for itself. */
function restsOnRules({ cause, reviewKind }: OnboardingState): boolean {
  return cause === 'REFUSAL_CONFIRMED' || (cause === 'REJECTED_IN_REVIEW' && reviewKind === 'readiness');
}

/** The rules behind a refusal, in the words of their version: whoever is refused can read why. */
function decisiveRules(view: View, { reasons, ruleSetVersion }: Assessment): Html {
  const decisive = reasons.filter(({ effect }) => effect === 'NOT_ELIGIBLE' || effect === 'MANUAL_REVIEW');
  const rules = [...new Map(decisive.map((reason) => [reason.rule, reason])).values()];
  if (rules.length === 0) return nothing;
  return html`<h2>${view.t({ fr: 'Ce que la personne a examiné', en: 'What the person reviewed' })}</h2>
<ul>${rules.map(({ rule, legalReference }) => html`<li>${view.t(ruleText(rule, ruleSetVersion))} <span class="soft">(${legalText(view, legalReference)})</span></li>`)}</ul>`;
}

/** Why it was refused and how to contest it, for a customer whose onboarding was; nothing for every other one. */
export function refusalPart(view: View, state: OnboardingState, result: ResultRecord | undefined): Html {
  if (state.stage !== 'CLOSED' || state.outcome !== 'NOT_ELIGIBLE') return nothing;
  return html`${result !== undefined && restsOnRules(state) ? decisiveRules(view, result.assessment) : nothing}
<p>${view.t({ fr: 'Vous pouvez contester cette décision ou en demander le détail : écrivez à votre interlocuteur, et une personne réexaminera votre dossier.', en: 'You can contest this decision or ask for its details: write to your contact, and a person will review your onboarding again.' })}</p>`;
}

/** How a closed onboarding ended, why, and until when it is kept; nothing while it is open. */
export function endedRows(view: View, state: OnboardingState, retentionDays: number): readonly Pair[] {
  const { stage, outcome, cause } = state;
  if (stage !== 'CLOSED') return [];
  const reason = cause === undefined ? undefined : outcomeReasons[cause];
  return [
    ...(outcome === undefined
      ? []
      : [{ key: { fr: 'Issue', en: 'Outcome' }, value: view.t(outcomeLabels[outcome]) }]),
    ...(reason === undefined ? [] : [{ key: { fr: 'Motif', en: 'Reason' }, value: view.t(reason) }]),
    keptRow(view, state, retentionDays),
  ];
}
