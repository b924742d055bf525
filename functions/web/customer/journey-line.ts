import { type DateOutlook, type DateStatus, dateOutlook } from '../../domain/onboarding/date-outlook.ts';
import type { JourneyStep } from '../../domain/onboarding/journey.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import { siteLabel } from '../../domain/waves/wave.ts';
import { dayText, limitText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

const firmness: Readonly<Record<DateStatus, Text>> = {
  offered: { fr: 'Place proposée, à accepter', en: 'Place offered, to be accepted' },
  held: { fr: 'Place réservée, à confirmer', en: 'Place held, to be confirmed' },
  kept: { fr: 'Place conservée', en: 'Place kept' },
  confirmed: { fr: 'Date confirmée', en: 'Date confirmed' },
  done: { fr: 'Bascule faite', en: 'Cutover done' },
};

function underDate(view: View, outlook: Extract<DateOutlook, { date: string }>, site: string | undefined) {
  const parts = [
    view.t(firmness[outlook.status]),
    ...(outlook.until === undefined ? [] : [limitText(view, outlook.until)]),
  ];
  const at = { fr: `Site : ${site}.`, en: `Site: ${site}.` };
  return html`<p>${parts.join(' ')}.${site === undefined ? nothing : ` ${view.t(at)}`}</p>`;
}

/** The date of the cutover, or the reason why there is none: the first thing that a customer wants to know. */
export function dateLine(
  view: View,
  now: Snapshot,
  { platform, at }: { readonly platform: PlatformConfiguration; readonly at: Date },
): Html {
  // Each part has a date of its own.
  if (now.state.stage === 'IN_PARTS') return nothing;
  const outlook = dateOutlook(now, at);
  if ('reason' in outlook) {
    const none =
      now.state.stage === 'CLOSED'
        ? { fr: 'Pas de date :', en: 'No date:' }
        : { fr: 'Pas encore de date :', en: 'No date yet:' };
    return html`<p><strong>${view.t(none)}</strong> ${view.t(outlook.reason)}</p>`;
  }
  const site = now.booking === undefined ? undefined : view.t(siteLabel(platform, now.booking.site));
  const date = dayText(view, outlook.date);
  return html`<p class="date">${view.t({ fr: `Bascule le ${date}`, en: `Cutover on ${date}` })}</p>${underDate(view, outlook, site)}`;
}

/** How many sections are done. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

const stateWords: Readonly<Record<JourneyStep['state'], Text>> = {
  done: { fr: 'fait', en: 'done' },
  current: { fr: 'en cours', en: 'in progress' },
  to_come: { fr: 'à venir', en: 'to come' },
};

/** Meetings and notices before the cutover, as one step until they have days. */
const undatedGates: Text = {
  fr: 'Préparatifs de la vague, de J\u201135 à J\u20111',
  en: 'Wave preparations, T\u201135 to T\u20111',
};

function isUndatedGate({ code, offset, date }: JourneyStep): boolean {
  return offset !== undefined && offset < 0 && date === undefined && code !== 'CUTOVER';
}

function shownSteps(steps: readonly JourneyStep[]): readonly JourneyStep[] {
  const first = steps.findIndex(isUndatedGate);
  return steps.flatMap((step, index) => {
    if (!isUndatedGate(step)) return [step];
    return index === first ? [{ ...step, label: undatedGates, offset: undefined }] : [];
  });
}

function nameOf(
  view: View,
  { code, label, offset, state }: JourneyStep,
  progress: Progress | undefined,
): string {
  if (code === 'QUESTIONNAIRE' && state === 'current' && progress !== undefined) {
    return `${view.t(label)} ${progress.done}/${progress.of}`;
  }
  if (offset === undefined || offset >= 0) return view.t(label);
  // A line must not break within T-35.
  return `${view.t(label)} (${view.t({ fr: 'J', en: 'T' })}\u2011${-offset})`;
}

function dayOf(view: View, { code, date }: JourneyStep): Html {
  if (date === undefined) return nothing;
  const until = code === 'HYPERCARE_END' ? view.t({ fr: 'jusqu’au ', en: 'until ' }) : '';
  return html`<span class="soft">${until}<time datetime="${date}">${dayText(view, date)}</time></span>`;
}

/** The steps of the onboarding as a list: what is done, where it is, what is to come, each with its day. */
export function journeyLine(view: View, steps: readonly JourneyStep[], progress: Progress | undefined): Html {
  return html`<section aria-labelledby="journey"><h2 id="journey">${view.t({ fr: 'Votre parcours', en: 'Your journey' })}</h2>
<ol class="journey">${shownSteps(steps).map(
    (step) =>
      html`<li${step.state === 'current' ? html` aria-current="step"` : step.state === 'done' ? html` class="done"` : nothing}><span>${nameOf(view, step, progress)}<span class="unseen"> (${view.t(stateWords[step.state])})</span></span>${dayOf(view, step)}</li>`,
  )}</ol></section>`;
}
