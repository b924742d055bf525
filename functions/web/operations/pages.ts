import { calendarDateOf } from '../../domain/calendar-date.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { type BrokenHistory, brokenHistory } from '../../domain/onboarding/audit-check.ts';
import { executionName } from '../../domain/onboarding/execution-name.ts';
import { reviewLabels } from '../../domain/onboarding/lifecycle.ts';
import { wholeOf } from '../../domain/onboarding/reference.ts';
import { undecidedReview } from '../../domain/onboarding/undecided-review.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { linkButton, summaryList } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { requireRole, visibleOnboarding } from '../shared/session/access.ts';
import { actLinks, flashesOf } from '../shared/staff/act-link.ts';
import { type File, readFile } from '../shared/staff/file.ts';
import { peopleSection } from '../shared/staff/people-section.ts';
import { resultSection } from '../shared/staff/result.ts';
import { organisation, statusSummary } from '../shared/staff/status-summary.ts';
import { talkCall } from '../shared/staff/talk-call.ts';
import { movesDeclined } from './approval-answer.ts';
import { waitingCall } from './approval-calls.ts';
import { assignmentFlashes, assignmentLink } from './assignment-link.ts';
import { reviewQuestions } from './decisions.ts';
import { eventLog } from './event-log.ts';
import { advanceCall } from './go-in-advance.ts';
import { historyCall } from './history-call.ts';
import { interviewFlashes, interviewLink } from './interview-link.ts';
import { moveLink } from './move-link.ts';
import { operatorActLinks } from './operator-act-links.ts';
import { remediationLinks } from './remediation-link.ts';

const flashes = {
  ...flashesOf(operatorActLinks),
  ...interviewFlashes,
  ...assignmentFlashes,
  'person-revoked': {
    fr: 'L’accès est retiré : le lien et les sessions de cette personne ne fonctionnent plus. Le contact le voit sur sa page.',
    en: 'The access is revoked: this person’s link and sessions no longer work. The contact sees it on their page.',
  },
  decided: {
    fr: 'La décision est enregistrée et le traitement reprend. Rechargez la page dans un instant pour voir la suite.',
    en: 'The decision has been recorded and processing continues. Reload this page in a moment to see the next step.',
  },
  moved: {
    fr: 'Le déplacement est enregistré ; le client reçoit sa nouvelle date par courriel.',
    en: 'The move has been recorded; the customer gets its new date by email.',
  },
  split: {
    fr: 'Le dossier est divisé ; chaque partie est placée par elle-même, et le client en est informé.',
    en: 'The onboarding has been split; each part is placed by itself, and the customer is informed.',
  },
  'go-recorded': {
    fr: 'Le go est enregistré : il sera appliqué à l’ouverture de la décision.',
    en: 'The go is recorded: it will be applied when the decision opens.',
  },
  'go-taken-back': {
    fr: 'Le go est retiré : la décision reste à prendre le jour prévu.',
    en: 'The go is taken back: the decision is still to be taken on its day.',
  },
  asked: {
    fr: 'La demande est enregistrée. Une autre personne de l’exploitation doit y répondre ; d’ici là, rien n’est décidé.',
    en: 'The request has been recorded. Another operator has to answer it; until then, nothing is decided.',
  },
  approved: {
    fr: 'Votre accord est enregistré et la décision est prise. Rechargez la page dans un instant pour voir la suite.',
    en: 'Your agreement has been recorded and the decision is taken. Reload this page in a moment to see the next step.',
  },
  declined: {
    fr: 'Votre refus est enregistré : la revue reste à décider.',
    en: 'Your answer has been recorded: the review is still to be decided.',
  },
  'move-declined': {
    fr: 'Votre refus est enregistré : le client garde sa place.',
    en: 'Your answer has been recorded: the customer keeps its place.',
  },
  'group-declined': movesDeclined,
  remediation: {
    fr: 'La tâche est enregistrée.',
    en: 'The task has been recorded.',
  },
  cleared: {
    fr: 'La condition est levée et le niveau recalculé.',
    en: 'The condition has been cleared and the tier recalculated.',
  },
  'due-moved': {
    fr: 'L’échéance est déplacée ; le client en est informé.',
    en: 'The due date has been moved; the customer is informed.',
  },
} as const;

function reviewCall(view: View, { now, events }: File, at: Date): Html {
  if (now.state.stage === 'WAVE_CONFIRMED') return advanceCall(view, now, events, at);
  const kind = undecidedReview(now, at);
  if (kind === undefined) return nothing;
  return html`<div class="next"><h2>${view.t(reviewLabels[kind])}</h2><p>${view.t(reviewQuestions[kind])}</p><p>${linkButton(view, `/operations/${now.state.reference}/review`, { fr: 'Décider', en: 'Decide' })}</p></div>`;
}

/** Loaded when it is needed: few runs fail. */
const loadFailureCall = async () => (await import('./failure-call.ts')).failureCall;

/**
 * What is wrong with the history; undefined when it holds. The state was read before the events: it may have changed in
 * between.
 */
async function brokenNow(
  { store }: WebDependencies,
  { now: { state }, events }: File,
): Promise<BrokenHistory | undefined> {
  const last = events.at(-1)?.number ?? 0;
  if (last <= state.version) return brokenHistory(state, events);
  const { version } = (await store.onboardings.now(state.reference)).state;
  if (version < last) return { fault: 'added', event: version + 1 };
  return brokenHistory(
    state,
    events.filter(({ number }) => number <= state.version),
  );
}

async function detail(c: WebContext, file: File, deps: WebDependencies): Promise<Html> {
  const view = c.get('view');
  const { state } = file.now;
  const { reference, run, link } = state;
  const failure = run.status === 'failed' ? (await loadFailureCall())(view, state) : nothing;
  const broken = await brokenNow(deps, file);
  const history = broken === undefined ? nothing : historyCall(view, broken);
  return html`<h1>${organisationName(state)}</h1>
${history}${waitingCall(c, deps, file.now)}${reviewCall(view, file, deps.clock.now())}${failure}${talkCall(view, file, '/operations')}
${statusSummary(view, file, deps.platform, deps.clock.now())}
<h2>${view.t({ fr: 'Actions', en: 'Actions' })}</h2>
${actLinks(view, '/operations', file.now, operatorActLinks)}
${assignmentLink(view, state)}${moveLink(view, file.now, deps.clock.now())}${remediationLinks(view, state)}
${interviewLink(view, file.now, deps.clock.now())}
<h2>${view.t({ fr: 'Organisme et contact', en: 'Organisation and contact' })}</h2>
${organisation(view, file, deps.platform)}
${peopleSection(view, file, true)}
<h2>${view.t({ fr: 'Résultat', en: 'Result' })}</h2>
${resultSection(view, state, file.result, {
  today: calendarDateOf(deps.clock.now()),
  operated: state.stage === 'CLOSED' ? undefined : wholeOf(reference),
})}
<h2>${view.t({ fr: 'Exécution', en: 'Run' })}</h2>
${summaryList(view, [
  {
    key: { fr: 'Nom dans Step Functions', en: 'Name in Step Functions' },
    value: executionName(reference, run.number),
  },
  { key: { fr: 'Liens personnels créés', en: 'Personal links created' }, value: String(link) },
])}
<h2>${view.t({ fr: 'Historique', en: 'Timeline' })}</h2>
${eventLog(view, file.events, deps.platform)}`;
}

/** The page of one onboarding for operators; what they do there is on pages of its own. */
export function registerOperationsPages(app: WebApp, deps: WebDependencies): void {
  app.use('/operations/*', requireRole(deps, 'operator'));

  app.get('/operations/:reference', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    const file = await readFile(deps.store, now);
    const title = `${organisationName(now.state)} – ${now.state.reference}`;
    return answerPage(c, {
      title: { fr: title, en: title },
      back: { path: '/operations' },
      flashes,
      body: await detail(c, file, deps),
    });
  });
}
