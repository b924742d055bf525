import { expectedBy } from '../../domain/onboarding/expected-by.ts';
import type { CustomerRequest } from '../../domain/onboarding/records.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { formatLimit } from '../../domain/paris-time.ts';
import type { Text } from '../../domain/text.ts';
import { banner, tag } from '../shared/layout/components.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { typedText } from '../shared/layout/typed-text.ts';
import type { View } from '../shared/layout/view.ts';
import { type Dossier, questionsToRevisit, type Revisited, sectionStates } from './dossier.ts';
import { questionPath } from './form-paths.ts';

/** By when new answers are awaited, and what silence leads to: one sentence for the status page and the task list. */
export function newAnswersBy(now: Snapshot): Text {
  const until = expectedBy(now);
  const { territory } = now.state;
  if (until === undefined) return { fr: '', en: '' };
  return {
    fr: `Répondez ${formatLimit(until, 'fr', territory)} ; chaque réponse enregistrée fait repartir ce délai. Sans réponse de votre part, une personne de l’équipe reprendra l’examen de votre dossier sans ces précisions.`,
    en: `Please answer ${formatLimit(until, 'en', territory)}; saving an answer restarts the deadline. Without an answer from you, a member of the team will go on reviewing your onboarding without these details.`,
  };
}

function questionLine(view: View, { question: { id, label }, changed }: Revisited): Html {
  const state = changed
    ? tag(view, { fr: 'Réponse modifiée', en: 'Answer changed' }, 'good')
    : tag(view, { fr: 'À revoir', en: 'To look at again' }, 'warn');
  return html`<li><a href="${view.href(questionPath(view, id, 'list'))}">${view.t(label)}</a> ${state}</li>`;
}

/** What a person of the team has written, as it was typed. */
function messageOf(view: View, request: CustomerRequest | undefined): Html {
  if (request === undefined || request.message === '') return nothing;
  return html`<p><strong>${view.t({ fr: 'Message de l’équipe', en: 'Message from the team' })}</strong></p>
${typedText(request.message)}`;
}

/** What an operator asks the customer to answer again: the questions with a link to each, or whole sections. */
export function requestBanner(
  view: View,
  now: Snapshot,
  dossier: Dossier,
  request: CustomerRequest | undefined,
): Html {
  const revisited = questionsToRevisit(dossier, now.state);
  const by = view.t(newAnswersBy(now));
  if (revisited.length > 0) {
    const asks = view.t({
      fr: 'L’équipe d’exploitation vous demande de revoir les réponses à ces questions : modifiez chacune, ou confirmez-la en envoyant de nouveau le questionnaire. Vos autres réponses sont conservées.',
      en: 'The operations team asks you to look at your answers to these questions again: change each one, or confirm it when you submit the questionnaire again. Your other answers are kept.',
    });
    const list = html`<ul>${revisited.map((each) => questionLine(view, each))}</ul>`;
    return banner(view, asks, 'plain', html`${list}${messageOf(view, request)}<p>${by}</p>`);
  }
  const asked = sectionStates(dossier, now).filter((each) => each.asked);
  if (asked.length === 0) return nothing;
  const asks = view.t({
    fr: `L’équipe d’exploitation vous demande de compléter : ${asked.map(({ id }) => `partie ${id}`).join(', ')}. Vos autres réponses sont conservées.`,
    en: `The operations team asks you to complete: ${asked.map(({ id }) => `section ${id}`).join(', ')}. Your other answers are kept.`,
  });
  return banner(view, asks, 'plain', html`${messageOf(view, request)}<p>${by}</p>`);
}
