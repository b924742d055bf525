import { ownerLabels } from '../../domain/classification/owner-labels.ts';
import type { Input, Option, Part } from '../../domain/input/input.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { guideOf } from '../../domain/questionnaire/guides.ts';
import type { Question, Section } from '../../domain/questionnaire/question.ts';
import { findQuestion, sections } from '../../domain/questionnaire/questionnaire.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { legalText } from '../shared/layout/legal-text.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';

type Site = PlatformConfiguration['sites'][number];

function listOf(view: View, options: readonly Pick<Option, 'label'>[]): Html {
  return html`<ul>${options.map(({ label }) => html`<li>${view.t(label)}</li>`)}</ul>`;
}

const inWords = {
  integer: { fr: 'Un nombre entier.', en: 'A whole number.' },
  figure: {
    fr: 'Un nombre entier, un ordre de grandeur, ou « Je ne sais pas ».',
    en: 'A whole number, an order of magnitude, or “I don’t know”.',
  },
  date: { fr: 'Une date.', en: 'A date.' },
  dateOrUnknown: { fr: 'Une date, ou « Je ne sais pas ».', en: 'A date, or “I don’t know”.' },
  ranges: {
    fr: 'Des périodes, de date à date, ou aucune.',
    en: 'Periods, from date to date, or none.',
  },
  attestation: { fr: 'Une case à cocher à l’envoi.', en: 'A box to tick when you submit.' },
} as const satisfies Readonly<Record<string, Text>>;

/** When a part is asked for, if not always. */
function presenceText({ presence }: Part, siblings: readonly Part[]): Text | undefined {
  if (presence.kind === 'always') return undefined;
  const decider = siblings.find(({ name }) => name === presence.part);
  const choices = decider?.input.kind === 'one' ? decider.input.options : [];
  const { label = { fr: '', en: '' } } = choices.find(({ code }) => code === presence.is) ?? {};
  return presence.kind === 'exactly_if'
    ? { fr: `seulement avec « ${label.fr} »`, en: `only with “${label.en}”` }
    : { fr: `facultatif avec « ${label.fr} »`, en: `optional with “${label.en}”` };
}

/** What may be answered: the options, or the kind of value in words. */
function answerOf(view: View, input: Input, places: readonly Site[]): Html {
  switch (input.kind) {
    case 'one':
    case 'scale':
      return listOf(view, input.options);
    case 'many':
      return html`<p>${view.t({ fr: 'Plusieurs réponses possibles :', en: 'Several answers possible:' })}</p>${listOf(view, input.options)}`;
    case 'site':
      return listOf(view, [...places, { label: { fr: 'Sans préférence', en: 'No preference' } }]);
    case 'contacts':
      return listOf(
        view,
        input.roles.map(({ label, required }) => ({
          label: required ? label : { fr: `${label.fr} (facultatif)`, en: `${label.en} (optional)` },
        })),
      );
    case 'group':
      return html`<ul>${input.parts.map((part) => {
        const when = presenceText(part, input.parts);
        return html`<li>${view.t(part.label)}${when === undefined ? nothing : html` (${view.t(when)})`}${view.t({ fr: ' :', en: ':' })} ${answerOf(view, part.input, places)}</li>`;
      })}</ul>`;
    case 'date':
      return html`<p>${view.t(input.orUnknown === true ? inWords.dateOrUnknown : inWords.date)}</p>`;
    default:
      return html`<p>${view.t(inWords[input.kind])}</p>`;
  }
}

/** When a question is asked, if not of everyone. */
function whenAsked({ visibleIf }: Question): Text | undefined {
  if (visibleIf === undefined) return undefined;
  const decider = findQuestion(visibleIf.question);
  const choices = decider !== undefined && 'options' in decider.input ? decider.input.options : [];
  const labels = choices.filter(({ code }) => visibleIf.holdsAnyOf.includes(code)).map(({ label }) => label);
  const list = (language: 'fr' | 'en', open: string, close: string, or: string) =>
    labels.map((label) => `${open}${label[language]}${close}`).join(or);
  return {
    fr: `Posée seulement si la réponse à ${visibleIf.question} est ${list('fr', '« ', ' »', ' ou ')}.`,
    en: `Asked only if the answer to ${visibleIf.question} is ${list('en', '“', '”', ' or ')}.`,
  };
}

function questionPart(view: View, question: Question, places: readonly Site[]): Html {
  const { id, asks, help, legalReference, owner, input } = question;
  const when = whenAsked(question);
  const guide = guideOf(id);
  const reference =
    legalReference === undefined
      ? nothing
      : html` ${view.t({ fr: 'Référence : ', en: 'Reference: ' })}${legalText(view, legalReference)}.`;
  return html`<h3 id="${id}">${id} – ${view.t(asks)}</h3>
<p class="soft">${view.t({ fr: 'Pour : ', en: 'For: ' })}${view.t(midSentence(ownerLabels[owner]))}.${when === undefined ? nothing : html` ${view.t(when)}`}</p>
${answerOf(view, input, places)}
<p>${view.t({ fr: 'Pourquoi : ', en: 'Why: ' })}${view.t(help)}${reference}${guide === undefined ? nothing : html` <a href="${guide.address}" rel="noreferrer">${view.t(guide.label)}</a>`}</p>`;
}

function sectionPart(view: View, section: Section, places: readonly Site[]): Html {
  return html`<h2 id="${section.id}">${section.id}. ${view.t(section.title)}</h2>
${section.questions.map((question) => questionPart(view, question, places))}`;
}

/** The whole questionnaire, to be read and printed; it takes no answers. */
export function questionsPage(view: View, { sites }: PlatformConfiguration): Page {
  const title: Text = { fr: 'Le questionnaire, à lire', en: 'The questionnaire, for reading' };
  const count = sections.reduce((sum, { questions }) => sum + questions.length, 0);
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: `Ces ${count} questions sont données ici pour être lues, par exemple en réunion avec le RSSI, le DPO et le DSI. On y répond par le lien personnel reçu par courriel. Cette page s’imprime.`,
      en: `These ${count} questions are given here for reading, for example at a meeting of the CISO, the DPO and the CIO. They are answered with the personal link sent by email. This page can be printed.`,
    })}</p>
<ul>${sections.map(({ id, title: name, questions }) => html`<li><a href="#${id}">${id}. ${view.t(name)}</a> (${view.t({ fr: `${questions.length} questions`, en: `${questions.length} questions` })})</li>`)}</ul>
<p>${view.t({
      fr: 'N’y inscrivez aucune information classifiée : si votre périmètre en comporte, le questionnaire s’arrête à la question B1.',
      en: 'Never enter classified information: if your scope includes any, the questionnaire ends at question B1.',
    })}</p>
${sections.map((section) => sectionPart(view, section, sites))}`,
  };
}
