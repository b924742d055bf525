import { formatDate } from '../../domain/calendar-date.ts';
import type { RecordedEvent } from '../../domain/onboarding/audit-chain.ts';
import { isBeforeLeader } from '../../domain/onboarding/group-moves.ts';
import type { GoLapse, Snapshot } from '../../domain/onboarding/state.ts';
import { isOpenInAdvance, recordedGo } from '../../domain/onboarding/transitions/go-in-advance.ts';
import type { Text } from '../../domain/text.ts';
import { goNoGoDay } from '../../domain/waves/wave.ts';
import { linkButton } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { reasonText } from '../shared/layout/timeline.ts';
import type { View } from '../shared/layout/view.ts';
import { askerText } from './approvals-link.ts';

export const goLapseTexts: Readonly<Record<GoLapse, Text>> = {
  condition: { fr: 'une condition bloquante s’est ouverte', en: 'a blocking condition has opened' },
  contract: { fr: 'le contrat manque', en: 'the contract is missing' },
  place: { fr: 'la place a changé', en: 'the place has changed' },
  review: { fr: 'une revue s’est ouverte', en: 'a review has opened' },
  parent: {
    fr: 'l’entité de tête du groupe ne bascule plus en premier',
    en: 'the parent organisation no longer cuts over first',
  },
};

/** When a *go* recorded in advance is applied, and what it does not outlast. */
function whenApplied(cutover: string): Text {
  const day = goNoGoDay(cutover);
  return {
    fr: `Un « go » enregistré à l’avance est appliqué à l’ouverture de la décision, le ${formatDate(day, 'fr')} à 8 h, heure de Paris. Il devient caduc si une condition bloquante ou une revue s’ouvre, ou si la place change d’ici là. Le client n’en est informé que lorsqu’il est appliqué.`,
    en: `A go recorded in advance is applied when the decision opens, on ${formatDate(day, 'en')} at 08:00 Paris time. It lapses if a blocking condition or a review opens, or if the place changes before then. The customer is informed only when it is applied.`,
  };
}

/** What the page of the decision says before the gate opens; nothing once it is open. */
export function beforeTheGate(view: View, { state, booking }: Snapshot): Html {
  if (state.stage !== 'WAVE_CONFIRMED' || booking === undefined) return nothing;
  return html`<p>${view.t(whenApplied(booking.cutover))}</p>`;
}

/** The consequence of a decision that is taken before the gate opens. */
export const consequencesInAdvance: Readonly<Record<string, Text>> = {
  go: {
    fr: 'La décision est gardée et appliquée à son ouverture ; vous pouvez la retirer d’ici là.',
    en: 'The decision is kept and applied when it opens; you can take it back until then.',
  },
};

/** The *go* that was recorded in advance, or the way to record one; nothing at any other time. */
export function advanceCall(view: View, now: Snapshot, events: readonly RecordedEvent[], at: Date): Html {
  const { state, booking } = now;
  const path = `/operations/${state.reference}/review`;
  if (booking === undefined) return nothing;
  const recorded = recordedGo(now);
  if (recorded !== undefined) {
    const [who, when] = [askerText(view, recorded.by), instantText(view, recorded.at)];
    const why = events.findLast(({ type }) => type === 'GO_RECORDED')?.reason;
    return html`<div class="next"><h2>${view.t({ fr: 'Go enregistré à l’avance', en: 'Go recorded in advance' })}</h2>
<p>${view.t({ fr: `Go enregistré le ${when} par ${who}.`, en: `Go recorded on ${when} by ${who}.` })}${
      why === undefined
        ? nothing
        : html`<br>${view.t({ fr: 'Motif : ', en: 'Reason: ' })}${view.t(reasonText(why))}`
    }</p>
<p>${view.t(whenApplied(recorded.cutover))}</p>
<p>${linkButton(view, path, { fr: 'Retirer ce go', en: 'Take this go back' })}</p></div>`;
  }
  if (!isOpenInAdvance(now, at) || isBeforeLeader(now, at)) return nothing;
  const { goInAdvance: lapsed } = state;
  const lapse = lapsed?.lapsed === undefined ? undefined : goLapseTexts[lapsed.lapsed];
  const title: Text =
    lapse === undefined
      ? { fr: 'Décider la bascule à l’avance', en: 'Decide the cutover in advance' }
      : { fr: 'Go enregistré à l’avance devenu caduc', en: 'Go recorded in advance has lapsed' };
  return html`<div class="next"><h2>${view.t(title)}</h2>
${lapse === undefined ? nothing : html`<p>${view.t({ fr: `Il ne sera pas appliqué : ${lapse.fr}.`, en: `It will not be applied: ${lapse.en}.` })}</p>`}
<p>${view.t(whenApplied(booking.cutover))}</p>
<p>${linkButton(view, path, { fr: 'Enregistrer un go', en: 'Record a go' })}</p></div>`;
}
