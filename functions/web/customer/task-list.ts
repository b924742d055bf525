import { formatTime } from '../../domain/calendar-date.ts';
import { ownerLabels } from '../../domain/classification/owner-labels.ts';
import { isAskedAgain } from '../../domain/onboarding/asked-again.ts';
import type { CustomerRequest } from '../../domain/onboarding/records.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { sections } from '../../domain/questionnaire/questionnaire.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { linkButton, type Tone, tag } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { senderText } from './answer-conflicts.ts';
import { requestBanner } from './asked-again.ts';
import { type Dossier, mayBeSubmitted, type SectionState, sectionStates } from './dossier.ts';
import { sectionPath, sectionTitle } from './section-page.ts';

const statuses: Readonly<Record<SectionState['status'], { readonly label: Text; readonly tone: Tone }>> = {
  not_started: { label: { fr: 'À commencer', en: 'Not yet started' }, tone: 'plain' },
  in_progress: { label: { fr: 'En cours', en: 'In progress' }, tone: 'plain' },
  complete: { label: { fr: 'Complète', en: 'Completed' }, tone: 'good' },
};

/** Confirmation after a section was saved, with the time, so that people recognise their own save. */
export function savedFlashes(view: View, dossier: Dossier): Readonly<Record<string, Text>> {
  return { ...unchangedFlashes(view), ...changedFlashes(view, dossier) };
}

function unchangedFlashes(view: View): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    sections.map((section) => [
      `unchanged-${section.id}`,
      {
        fr: `Aucune réponse n’a changé – ${view.t(sectionTitle(section))}`,
        en: `No answer has changed – ${view.t(sectionTitle(section))}`,
      },
    ]),
  );
}

function changedFlashes(view: View, dossier: Dossier): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    sections.flatMap((section) => {
      const saved = dossier.saved[section.id];
      if (saved === undefined) return [];
      const at = new Date(saved.at);
      const title = view.t(sectionTitle(section));
      return [
        [
          `saved-${section.id}`,
          {
            fr: `Enregistré à ${formatTime(at, 'fr')} – ${title}`,
            en: `Saved at ${formatTime(at, 'en')} – ${title}`,
          },
        ] as const,
      ];
    }),
  );
}

function lastSaved(view: View, { savedAt, savedBy }: SectionState, reference: string): Html {
  if (savedAt === undefined || savedBy === undefined) return nothing;
  const who = senderText(savedBy, reference);
  return html`<br><span class="soft">${view.t({ fr: 'Enregistrée le', en: 'Saved on' })} ${instantText(view, savedAt)} ${view.t(who)}</span>`;
}

function stateTag(view: View, { asked, toRevisit, status }: SectionState): Html {
  if (asked)
    return tag(view, { fr: 'À compléter, à notre demande', en: 'To be completed, at our request' }, 'warn');
  if (toRevisit) return tag(view, { fr: 'Réponses à revoir', en: 'Answers to look at again' }, 'warn');
  const { label, tone } = statuses[status];
  return tag(view, label, tone);
}

function task(view: View, state: SectionState, reference: string): Html {
  const section = sections.find(({ id }) => id === state.id);
  if (section === undefined) return nothing;
  const owners = [
    ...new Set(section.questions.map(({ owner }) => view.t(midSentence(ownerLabels[owner])))),
  ].join(', ');
  return html`<li><div><a href="${view.href(sectionPath(state.id))}">${view.t(sectionTitle(section))}</a><br>
<span class="soft">${view.t({ fr: 'Qui peut répondre : ', en: 'Who can answer: ' })}${owners}</span>${lastSaved(view, state, reference)}</div>
<div>${stateTag(view, state)}</div></li>`;
}

function introOf({ state }: Snapshot, { submission }: Dossier): Text {
  if (isAskedAgain(state)) {
    return {
      fr: 'Vos dernières réponses sont reprises ici. Revoyez celles que nous vous demandons, puis envoyez de nouveau le questionnaire : votre dossier sera aussitôt réexaminé.',
      en: 'Your last answers are shown here. Look again at those we ask you about, then submit the questionnaire again: your onboarding will be reviewed at once.',
    };
  }
  return submission === undefined
    ? {
        fr: 'Cinq parties à remplir dans l’ordre de votre choix, à plusieurs si vous le souhaitez. Comptez une heure en tout. Chaque partie enregistrée est conservée : vous pouvez vous interrompre et revenir par votre lien personnel.',
        en: 'Fill in the five sections in any order, with colleagues if you wish. Allow one hour in all. Every section you save is kept: you can stop and come back with your personal link.',
      }
    : {
        fr: 'Vos dernières réponses sont reprises ici. Mettez-les à jour, puis envoyez-les de nouveau : votre niveau de préparation sera recalculé.',
        en: 'Your last answers are shown here. Update them, then submit again: your readiness tier will be recalculated.',
      };
}

/** The questionnaire as a list of five tasks, in any order. */
export function taskListPage(
  view: View,
  now: Snapshot,
  dossier: Dossier,
  request: CustomerRequest | undefined,
): Page {
  const { state, preparation } = now;
  const states = sectionStates(dossier, now);
  const done = states.filter(({ status }) => status === 'complete').length;
  const resubmits = dossier.submission !== undefined;
  const ready = mayBeSubmitted(dossier, now);
  const title: Text = { fr: 'Votre questionnaire', en: 'Your questionnaire' };
  return {
    title,
    flashes: savedFlashes(view, dossier),
    back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t(introOf(now, dossier))}</p>
${requestBanner(view, now, dossier, request)}
<p><strong>${view.t({ fr: `Parties complètes : ${done} sur ${states.length}`, en: `Sections completed: ${done} of ${states.length}` })}</strong></p>
<ol class="tasks">${states.map((each) => task(view, each, state.reference))}</ol>
<p>${linkButton(
      view,
      '/questionnaire/check',
      ready
        ? { fr: 'Relire et envoyer', en: 'Check and submit' }
        : { fr: 'Relire nos réponses', en: 'Check our answers' },
      ready ? 'first' : 'second',
    )}</p>
${
  resubmits || preparation !== undefined
    ? nothing
    : html`<p><a href="${view.href('/questionnaire/decline')}">${view.t({ fr: 'Nous ne souhaitons pas poursuivre', en: 'We do not wish to continue' })}</a></p>`
}`,
  };
}
