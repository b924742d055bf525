import { ownData } from '../../application/own-data.ts';
import { readDates } from '../../application/read-dates.ts';
import { partsOf } from '../../application/read-parts.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { scopeLabel } from '../../domain/intake/scope-names.ts';
import { isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import type { RecordedEvent } from '../../domain/onboarding/audit-chain.ts';
import { openCorrection } from '../../domain/onboarding/correction.ts';
import { journeyOf } from '../../domain/onboarding/journey.ts';
import { isInWorkflow, lifecycle } from '../../domain/onboarding/lifecycle.ts';
import { type Person, speaksForAll } from '../../domain/onboarding/people.ts';
import { placeToAnswer } from '../../domain/onboarding/place-due.ts';
import { answersInForce, type ResultRecord, type Submission } from '../../domain/onboarding/records.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { isCurrent } from '../../domain/onboarding/transitions/assessment.ts';
import { whoseTurn } from '../../domain/onboarding/whose-turn.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import type { CustomerDate } from '../../domain/waves/dates.ts';
import { siteLabel } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { linkButton, type Pair, summaryList } from '../shared/layout/components.ts';
import { dayText, instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { Page } from '../shared/layout/page.ts';
import { stageTag } from '../shared/layout/stage-tag.ts';
import { timeline } from '../shared/layout/timeline.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { calendarLink } from './calendar-link.ts';
import { contractNotice } from './contract-notice.ts';
import { correctionLink, correctionNotice } from './correction-notice.ts';
import { type Dossier, dossierOf, isDone, mayBeSubmitted, sectionStates } from './dossier.ts';
import { closedTitle, endedRows, erasureLine, refusalPart } from './ended.ts';
import { checkPath } from './form-paths.ts';
import { dateLine, journeyLine, type Progress } from './journey-line.ts';
import { nextStep, type Standing } from './next-step.ts';
import { ownPersonLine } from './own-person-path.ts';
import { partsTable, turnOfParts } from './parts-table.ts';
import { partyText } from './party-text.ts';
import { showPersonStatus } from './person-status.ts';
import { placeActions } from './place-actions.ts';
import { answersExpected } from './questionnaire-access.ts';
import { recordPath } from './record-path.ts';
import { resultSection } from './result.ts';
import { stillToClear } from './still-to-clear.ts';

const title: Text = { fr: 'Où en est votre dossier', en: 'Status of your onboarding' };

const nextTitle: Text = { fr: 'Et maintenant', en: 'What happens next' };

const reviewedWithoutPlace: Text = {
  fr: 'Votre déclaration est enregistrée. Le résultat a changé : une personne l’examine.',
  en: 'Your declaration has been recorded. The result has changed: a person is reviewing it.',
};

/** Confirmations of actions on this page, or on a page that leads here. */
function flashesOf(reference: string): Readonly<Record<string, Text>> {
  return {
    submitted: {
      fr: `Vos réponses ont été envoyées. Votre référence : ${reference}. Un courriel vous le confirme ; la suite est indiquée ci-dessous.`,
      en: `Your answers have been submitted. Your reference: ${reference}. We will confirm this by email; the next step is described below.`,
    },
    declined: {
      fr: 'Vous avez décliné l’invitation. Merci de nous en avoir informés ; votre dossier est en cours de clôture.',
      en: 'You have declined the invitation. Thank you for letting us know; your onboarding is being closed.',
    },
    'talk-asked': {
      fr: 'Votre demande est enregistrée : votre interlocuteur en est prévenu, et votre délai pour répondre est en pause.',
      en: 'Your request has been recorded: your contact has been told, and your time to answer is paused.',
    },
    'wave-confirm': { fr: 'Votre date est confirmée.', en: 'Your date is confirmed.' },
    'date-chosen': {
      fr: 'Votre date est confirmée : celle que vous avez choisie.',
      en: 'Your date is confirmed: the one you have chosen.',
    },
    'wave-decline': { fr: 'Vous avez renoncé à cette vague.', en: 'You have declined this wave.' },
    'offer-accept': {
      fr: 'Vous avez accepté cette place ; elle est confirmée.',
      en: 'You have accepted this place; it is confirmed.',
    },
    'offer-refuse': {
      fr: 'Vous avez refusé cette place ; vous gardez votre rang sur la liste d’attente.',
      en: 'You have refused this place; you keep your position on the waiting list.',
    },
    declared: {
      fr: 'Votre déclaration est enregistrée. Le résultat ci-dessous en tient compte ; vos réponses envoyées restent inchangées.',
      en: 'Your declaration has been recorded. The result below takes it into account; the answers you submitted stay as they were.',
    },
    'declared-earlier': {
      fr: 'Votre déclaration est enregistrée. Votre niveau de préparation est meilleur, et des dates plus proches que la vôtre sont maintenant possibles : vous pouvez en choisir une.',
      en: 'Your declaration has been recorded. Your readiness tier is better, and dates before yours are now possible: you can choose one.',
    },
    'declared-review': {
      fr: 'Votre déclaration est enregistrée. Le résultat a changé : une personne l’examine, et votre place vous est conservée entre-temps.',
      en: 'Your declaration has been recorded. The result has changed: a person is reviewing it, and your place is kept meanwhile.',
    },
    'declared-review-no-place': reviewedWithoutPlace,
    'declared-review-unlisted': {
      fr: `${reviewedWithoutPlace.fr} D’ici là, aucune place ne vous sera proposée.`,
      en: `${reviewedWithoutPlace.en} Until then, no place will be offered to you.`,
    },
    corrected: {
      fr: 'Votre correction est envoyée : elle remplace vos réponses précédentes, dont le relevé est conservé. Votre place n’a pas changé.',
      en: 'Your correction has been submitted: it replaces your earlier answers, whose record is kept. Your place has not changed.',
    },
    'corrected-anew': {
      fr: 'Votre correction est envoyée : elle remplace vos réponses précédentes, dont le relevé est conservé. La suite est indiquée ci-dessous.',
      en: 'Your correction has been submitted: it replaces your earlier answers, whose record is kept. The next step is described below.',
    },
    'correction-discarded': {
      fr: 'La correction est abandonnée. Les réponses que vous avez envoyées restent en vigueur.',
      en: 'The correction has been discarded. The answers you submitted remain in force.',
    },
    withdrawn: { fr: 'Votre demande est retirée.', en: 'Your request has been withdrawn.' },
  };
}

function answersLink(view: View, now: Snapshot, dossier: Dossier | undefined): Html {
  const { state } = now;
  if (isAskedAgain(state)) {
    const again: Text = { fr: 'Voir les réponses à revoir', en: 'View the answers to look at again' };
    return linkButton(view, '/questionnaire', again);
  }
  if (state.submission > 0) {
    return linkButton(view, '/questionnaire', { fr: 'Mettre à jour nos réponses', en: 'Update our answers' });
  }
  if (dossier !== undefined && mayBeSubmitted(dossier, now)) {
    return linkButton(view, checkPath(view), { fr: 'Relire et envoyer', en: 'Check and submit' });
  }
  const hasBegun = state.talk !== undefined || Object.keys(dossier?.saved ?? {}).length > 0;
  return linkButton(
    view,
    '/questionnaire',
    hasBegun
      ? { fr: 'Reprendre le questionnaire', en: 'Go back to the questionnaire' }
      : { fr: 'Remplir le questionnaire', en: 'Fill in the questionnaire' },
  );
}

function actions(view: View, deps: WebDependencies, { standing, dossier, dates, at }: Shown): Html {
  const { now } = standing;
  const place = placeActions(view, { now, dates, platform: deps.platform, at });
  if (place !== undefined) return place;
  // A correction has links of its own.
  if (openCorrection(now, at) !== undefined || !answersExpected(now, at)) return nothing;
  return html`<div class="actions">${answersLink(view, now, dossier)}</div>`;
}

function preparationRow(view: View, { preparation }: Snapshot, deps: WebDependencies): readonly Pair[] {
  if (preparation === undefined) return [];
  const site = view.t(siteLabel(deps.platform, preparation.site));
  return [
    {
      key: { fr: 'Vague de préparation', en: 'Preparation wave' },
      value: `${dayText(view, preparation.starts)} (${site})`,
    },
  ];
}

interface Shown {
  /** Where the stage asks what customers think of the form, once they have submitted it. */
  readonly feedbackUrl: string | undefined;
  readonly standing: Standing;
  readonly result: ResultRecord | undefined;
  readonly submission: Submission | undefined;
  readonly events: readonly RecordedEvent[];
  /** The answers so far, while they are awaited. */
  readonly dossier: Dossier | undefined;
  /** The dates of a held place; none otherwise. */
  readonly dates: readonly CustomerDate[];
  /** The parts of a split onboarding; none otherwise. */
  readonly parts: readonly Snapshot[];
  /** Whoever opens it, unless it is the contact. */
  readonly person: Person | undefined;
  readonly at: Date;
}

function resultOf(
  view: View,
  { contact }: WebDependencies,
  { standing, result, submission, at }: Shown,
): Html {
  const { state } = standing.now;
  if (result === undefined || submission === undefined) return nothing;
  if (isCurrent(result, state)) {
    const answers = answersInForce(submission);
    const { reference } = state;
    const shownWith = {
      reference,
      contact,
      answers,
      today: calendarDateOf(at),
      mayDeclare: isInWorkflow(state),
    };
    return resultSection(view, state, result, shownWith);
  }
  return html`<h2>${view.t({ fr: 'Votre résultat', en: 'Your result' })}</h2><p>${view.t({ fr: 'Il est en cours de calcul à partir de vos nouvelles réponses.', en: 'It is being recalculated from your new answers.' })}</p>`;
}

/** How far the questionnaire is, while it is being filled in. */
function progressOf(dossier: Dossier | undefined, now: Snapshot): Progress | undefined {
  if (dossier === undefined) return undefined;
  const states = sectionStates(dossier, now);
  return { done: states.filter(isDone).length, of: states.length };
}

function feedbackLine(view: View, url: string | undefined): Html {
  if (url === undefined) return nothing;
  return html`<p><a href="${url}">${view.t({ fr: 'Donner votre avis sur ce questionnaire', en: 'Give your feedback on this questionnaire' })}</a> <span class="soft">${view.t(
    {
      fr: 'sur un autre site, auquel rien de votre dossier n’est transmis',
      en: 'on another site, which is sent nothing of your onboarding',
    },
  )}</span></p>`;
}

/** Who must act next. */
function turnOf({ standing: { now }, parts }: Shown): Text {
  if (now.state.stage === 'IN_PARTS') return turnOfParts(parts);
  return midSentence(partyText(whoseTurn(now.state, now.wait)));
}

function statusPage(view: View, deps: WebDependencies, shown: Shown): Page {
  const { standing, submission, events, at } = shown;
  const { now } = standing;
  const { state } = now;
  const next = nextStep(standing);
  return {
    title,
    flashes: flashesOf(state.reference),
    body: html`<h1>${view.t(title)}</h1>
<div class="split"><div>
<div class="next"><h2>${view.t(state.stage === 'CLOSED' ? closedTitle : nextTitle)}</h2>
${dateLine(view, now, { platform: deps.platform, at })}${calendarLink(view, now, at)}
<p><strong>${view.t({ fr: 'Qui doit agir :', en: 'Who must act next:' })} ${view.t(turnOf(shown))}</strong></p>
<p>${view.t(next.what)}</p><p>${view.t(next.when)}</p>${stillToClear(view, now, shown.result, standing.today)}${contractNotice(view, state, deps.platform, standing.today)}${actions(view, deps, shown)}</div>
${partsTable(view, shown.parts, at)}
${correctionNotice(view, now, at)}
${summaryList(view, [
  { key: { fr: 'Organisme', en: 'Organisation' }, value: state.name },
  ...(state.scope === undefined ? [] : [{ key: scopeLabel, value: state.scope }]),
  { key: { fr: 'Référence', en: 'Reference' }, value: state.reference },
  {
    key: { fr: 'Étape', en: 'Stage' },
    value: html`${stageTag(view, state)} <span class="soft">${view.t({ fr: 'depuis le', en: 'since' })} ${dayText(view, state.stageSince)}</span>`,
  },
  ...endedRows(view, state, deps.retentionDays),
  ...preparationRow(view, now, deps),
  ...(submission === undefined
    ? []
    : [
        {
          key: { fr: 'Réponses envoyées le', en: 'Answers submitted on' },
          value: html`${instantText(view, submission.at)}<br><a href="${view.href('/status/answers')}">${view.t({ fr: 'Lire ou imprimer nos réponses', en: 'View or print our answers' })}</a><br><a href="${view.href(recordPath)}">${view.t({ fr: 'Relevé scellé de l’envoi', en: 'Sealed record of the submission' })}</a>`,
        },
      ]),
  {
    key: { fr: 'Votre interlocuteur', en: 'Your contact' },
    value: mailLink(state.owner),
  },
  {
    key: { fr: 'La plateforme', en: 'The platform' },
    value: html`<a href="${view.href('/trust')}">${view.t({ fr: 'Ce qu’elle revendique : le dossier de confiance', en: 'What it claims: the trust record' })}</a>`,
  },
])}
${refusalPart(view, state, shown.result)}${feedbackLine(view, shown.feedbackUrl)}
</div>
${journeyLine(view, journeyOf({ now, events, today: standing.today }), progressOf(shown.dossier, now))}
</div>
${resultOf(view, deps, shown)}
<h2>${view.t({ fr: 'Historique', en: 'History' })}</h2>
${timeline(view, events, 'customer')}
<p><a href="${view.href('/status/data.json')}">${view.t({ fr: 'Télécharger vos données (JSON)', en: 'Download your data (JSON)' })}</a></p>
${erasureLine(view, now)}
${ownPersonLine(view, shown.person)}
${correctionLink(view, now, at)}
${isInWorkflow(now.state) ? html`<p><a href="${view.href('/status/withdrawal')}">${view.t({ fr: 'Retirer notre demande', en: 'Withdraw our request' })}</a></p>` : nothing}`,
  };
}

/** The status of the onboarding: the next step and its date, the result with its reasons, the history. */
export function registerStatus(app: WebApp, deps: WebDependencies): void {
  const { store, clock, platform } = deps;
  app.get('/status', requireCustomer, async (c) => {
    const { reference, now, acting, person } = customerOf(c);
    if (!speaksForAll(acting)) return showPersonStatus(c, deps);
    const waiting = lifecycle[now.state.stage].wait === 'slot';
    const [result, submission, events, listed, dossier, dates, parts] = await Promise.all([
      store.dossiers.result(reference),
      store.dossiers.submission(reference),
      store.onboardings.events(reference),
      waiting ? store.waitingList.standingOf(now.state) : undefined,
      lifecycle[now.state.stage].wait === 'answers' ? dossierOf(deps, customerOf(c)) : undefined,
      placeToAnswer(now, clock.now()) === 'wave' ? readDates(deps, now) : [],
      partsOf(store, now.state),
    ]);
    const feedbackUrl = submission === undefined ? undefined : (await deps.publication()).feedbackUrl;
    const at = clock.now();
    const ready = dossier !== undefined && mayBeSubmitted(dossier, now);
    const standing = { now, platform, listed, today: calendarDateOf(at), at, mayBeSubmitted: ready };
    return answerPage(
      c,
      statusPage(c.get('view'), deps, {
        standing,
        result,
        submission,
        events,
        dossier,
        dates,
        parts,
        person,
        feedbackUrl,
        at,
      }),
    );
  });
  app.get('/status/data.json', requireCustomer, async (c) => {
    const { reference, now } = customerOf(c);
    const data = await ownData(deps, now);
    return c.body(JSON.stringify(data, undefined, 2), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${reference}.json"`,
    });
  });
}
