import { readDates } from '../../application/read-dates.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { journeyOf } from '../../domain/onboarding/journey.ts';
import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import { speaksForAll } from '../../domain/onboarding/people.ts';
import { placeToAnswer } from '../../domain/onboarding/place-due.ts';
import { whoseTurn } from '../../domain/onboarding/whose-turn.ts';
import { formatNumber, midSentence, type Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { summaryList } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { html, nothing } from '../shared/layout/html.ts';
import { stageTag } from '../shared/layout/stage-tag.ts';
import { timeline } from '../shared/layout/timeline.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { calendarLink } from './calendar-link.ts';
import { contractNotice } from './contract-notice.ts';
import { dateLine, journeyLine } from './journey-line.ts';
import { nextStep } from './next-step.ts';
import { partTitle } from './parts-table.ts';
import { partyText } from './party-text.ts';
import { placeActions } from './place-actions.ts';
import { partPath } from './status-path.ts';
import { stillToClear } from './still-to-clear.ts';

const closed: Text = {
  fr: 'Plus rien n’est prévu pour cette partie. Les autres sont sur la page de votre dossier.',
  en: 'Nothing more is planned for this part. The others are on the page of your onboarding.',
};

/** The status of one part of a split onboarding: its date, what is to be done about it, and its history. */
export function registerPartPage(app: WebApp, deps: WebDependencies): void {
  const { store, clock, platform } = deps;
  app.get(partPath, requireCustomer, async (c) => {
    const view = c.get('view');
    const { reference, now, acting } = customerOf(c);
    const { state } = now;
    if (state.part === undefined) return notFound(c);
    const waiting = lifecycle[state.stage].wait === 'slot';
    const [result, events, listed, dates] = await Promise.all([
      store.dossiers.result(reference),
      store.onboardings.events(reference),
      waiting ? store.waitingList.standingOf(state) : undefined,
      placeToAnswer(now, clock.now()) === 'wave' ? readDates(deps, now) : [],
    ]);
    const at = clock.now();
    const today = calendarDateOf(at);
    const next = nextStep({ now, platform, listed, today, at, mayBeSubmitted: false });
    const title = partTitle(state.part, state.scope ?? '');
    const mayAct = speaksForAll(acting) ? placeActions(view, { now, dates, platform, at }) : undefined;
    return answerPage(c, {
      title,
      back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
      body: html`<h1>${view.t(title)}</h1>
<div class="split"><div>
<div class="next"><h2>${view.t({ fr: 'Et maintenant', en: 'What happens next' })}</h2>
${dateLine(view, now, { platform, at })}${calendarLink(view, now, at)}
<p><strong>${view.t({ fr: 'Qui doit agir :', en: 'Who must act next:' })} ${view.t(midSentence(partyText(whoseTurn(state, now.wait))))}</strong></p>
<p>${view.t(state.stage === 'CLOSED' ? closed : next.what)}</p>${state.stage === 'CLOSED' ? nothing : html`<p>${view.t(next.when)}</p>`}${stillToClear(view, now, result, today)}${contractNotice(view, state, platform, today)}${mayAct ?? nothing}</div>
${summaryList(view, [
  { key: { fr: 'Référence', en: 'Reference' }, value: reference },
  {
    key: { fr: 'Utilisateurs', en: 'Users' },
    value: formatNumber(state.part.users, view.language),
  },
  {
    key: { fr: 'Étape', en: 'Stage' },
    value: html`${stageTag(view, state)} <span class="soft">${view.t({ fr: 'depuis le', en: 'since' })} ${dayText(view, state.stageSince)}</span>`,
  },
])}
</div>
${journeyLine(view, journeyOf({ now, events, today }), undefined)}
</div>
<h2>${view.t({ fr: 'Historique', en: 'History' })}</h2>
${timeline(view, events, 'customer')}`,
    });
  });
}
