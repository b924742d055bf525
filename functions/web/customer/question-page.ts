import type { AnswerConflict } from '../../domain/onboarding/merge-page.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Question, Section } from '../../domain/questionnaire/question.ts';
import type { QuestionPlace } from '../../domain/questionnaire/question-order.ts';
import type { Text } from '../../domain/text.ts';
import { type Button, form, tag } from '../shared/layout/components.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { conflictFields } from './answer-conflicts.ts';
import type { Entries } from './entries.ts';
import { questionPath, type ReturnTo } from './form-paths.ts';
import type { NameOf } from './people-words.ts';
import { questionFields } from './question-fields.ts';
import { pageFields } from './read-form.ts';
import { type AnswerOrigin, savedLine } from './saved-line.ts';
import { type Shown, shownText } from './seen-answers.ts';

/** Rows for freeze windows that are shown empty, and added at a time. */
export const emptyRows = 2;

/** What is to be said above a question. */
export type QuestionNotice = 'from_intake' | 'asked' | 'unreadable' | 'outdated' | 'unfinished';

export interface QuestionPage {
  readonly question: Question;
  readonly section: Section;
  readonly place: QuestionPlace;
  /** The page before this one. */
  readonly before: string;
  readonly returnTo: ReturnTo | undefined;
  readonly entries: Entries;
  readonly problems?: readonly Problem[];
  readonly rows: number;
  readonly notices: readonly QuestionNotice[];
  readonly platform: PlatformConfiguration;
  /** What the page showed when it was opened. */
  readonly shown: Shown;
  readonly conflict?: AnswerConflict | undefined;
  readonly reference: string;
  /** Where the answers come from, to say when the last one was saved. */
  readonly origin: AnswerOrigin;
  readonly nameOf: NameOf;
}

export function sectionTitle({ id, title }: Pick<Section, 'id' | 'title'>): Text {
  return { fr: `Partie ${id} : ${title.fr}`, en: `Section ${id}: ${title.en}` };
}

const noticeTexts: Readonly<Record<Exclude<QuestionNotice, 'asked'>, Text>> = {
  from_intake: {
    fr: 'Repris de votre demande : à vérifier.',
    en: 'From your request: please check.',
  },
  unreadable: {
    fr: 'La réponse enregistrée vient d’une autre version du service et ne peut pas être lue ici : répondez de nouveau.',
    en: 'The saved answer is from another version of the service and cannot be read here: please answer again.',
  },
  outdated: {
    fr: 'La réponse enregistrée n’est plus possible, car ce qu’elle choisit n’est plus proposé : répondez de nouveau.',
    en: 'The saved answer is no longer possible because what it chose is no longer offered: please answer again.',
  },
  unfinished: {
    fr: 'Cette réponse n’est pas complète : ce qui était valable a été gardé.',
    en: 'This answer is not complete: what was valid in it has been kept.',
  },
};

const toRevisit: Text = { fr: 'À revoir, à notre demande', en: 'To look at again, at our request' };

function noticeLine(view: View, notice: QuestionNotice): Html {
  return notice === 'asked'
    ? html`<p>${tag(view, toRevisit, 'warn')}</p>`
    : html`<p class="known">${view.t(noticeTexts[notice])}</p>`;
}

const continueButton: Button = { label: { fr: 'Continuer', en: 'Continue' } };
const laterButton: Button = {
  label: { fr: 'Terminer plus tard', en: 'Finish later' },
  look: 'second',
  name: pageFields.save,
  value: 'later',
};

/** The place of a question in its section: "Partie B : Sensibilité des données – question 4 sur 12". */
function placeLine(view: View, { section, place: { number, total } }: QuestionPage): Html {
  const count = view.t({ fr: `Question ${number} sur ${total}`, en: `Question ${number} of ${total}` });
  return html`<p class="step">${view.t(sectionTitle(section))}<br><strong>${count}</strong></p>`;
}

function conflictOf(
  view: View,
  { question, conflict, problems = [], platform, reference, nameOf }: QuestionPage,
): Html {
  return conflict === undefined
    ? nothing
    : conflictFields(view, question, conflict, { problems, platform, reference, nameOf });
}

/** One question of the questionnaire, with the folded reason for asking it. */
export function questionPage(view: View, page: QuestionPage): Page {
  const { question, entries, problems = [], rows, returnTo, platform, shown, notices } = page;
  const hidden = {
    [pageFields.seen]: shownText(shown),
    ...(returnTo === undefined ? {} : { [pageFields.returnTo]: returnTo }),
  };
  return {
    title: question.asks,
    problems,
    retries: true,
    back: { path: page.before },
    body: html`${savedLine(view, page)}${placeLine(view, page)}
${notices.map((notice) => noticeLine(view, notice))}
${form(view, {
  kept: true,
  action: questionPath(view, question.id),
  content: html`${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${conflictOf(view, page)}${questionFields(view, question, { entries, problems, rows, sites: platform.sites, isHeading: true })}`,
  buttons: [continueButton, laterButton],
})}`,
  };
}
