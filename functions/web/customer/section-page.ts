import { ownerLabels } from '../../domain/classification/owner-labels.ts';
import type { AnswerConflict } from '../../domain/onboarding/merge-page.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { QuestionId } from '../../domain/questionnaire/answers.ts';
import { type Question, type Section, type SectionId, unknown } from '../../domain/questionnaire/question.ts';
import { sections } from '../../domain/questionnaire/questionnaire.ts';
import { midSentence, type Text } from '../../domain/text.ts';
import { type Button, form, tag } from '../shared/layout/components.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { conflictFields } from './answer-conflicts.ts';
import type { Entries } from './entries.ts';
import { questionFields } from './question-fields.ts';
import { pageFields } from './read-form.ts';
import { type Shown, shownText } from './seen-answers.ts';

/** Rows for freeze windows that are shown empty, and added at a time. */
export const emptyRows = 2;

/** The page after a save: the list of sections, or the check page. */
export type ReturnTo = 'list' | 'check';

export interface SectionPage {
  readonly section: Section;
  readonly entries: Entries;
  readonly problems?: readonly Problem[];
  readonly rows: number;
  /** Questions whose answer comes from the request that sales entered. */
  readonly fromIntake: readonly QuestionId[];
  /** Questions that an operator has asked again. */
  readonly asked: readonly QuestionId[];
  /** Questions whose saved answer this release cannot read. */
  readonly unreadable: readonly QuestionId[];
  readonly returnTo: ReturnTo;
  readonly platform: PlatformConfiguration;
  /** What the page showed when it was opened. */
  readonly shown: Shown;
  readonly conflicts?: readonly AnswerConflict[];
  readonly reference: string;
}

export function findSection(id: string | undefined): Section | undefined {
  return sections.find((section) => section.id === id);
}

export function sectionTitle({ id, title }: Pick<Section, 'id' | 'title'>): Text {
  return { fr: `Partie ${id} : ${title.fr}`, en: `Section ${id}: ${title.en}` };
}

export function sectionPath(id: SectionId, returnTo: ReturnTo = 'list', question?: string): string {
  return `/questionnaire/${id}${returnTo === 'check' ? '?return=check' : ''}${question === undefined ? '' : `#question-${question}`}`;
}

/** The owners of the questions of a section. */
function ownersOf({ questions }: Section): Text {
  const owners = [...new Set(questions.map(({ owner }) => owner))].map((owner) =>
    midSentence(ownerLabels[owner]),
  );
  return { fr: owners.map(({ fr }) => fr).join(', '), en: owners.map(({ en }) => en).join(', ') };
}

const known: Text = {
  fr: 'Repris de votre demande : vérifiez et corrigez si besoin.',
  en: 'Taken from your request: please check it, and correct it if needed.',
};

const toRevisit: Text = { fr: 'À revoir, à notre demande', en: 'To look at again, at our request' };

const toAnswerAgain: Text = {
  fr: 'La réponse enregistrée vient d’une autre version du service et ne peut pas être lue ici : répondez de nouveau.',
  en: 'The saved answer is from another version of the service and cannot be read here: please answer again.',
};

const classified: Text = {
  fr: 'N’écrivez ici aucune information classifiée ou protégée : toutes les questions sont à choix multiples.',
  en: 'Do not write any classified or protected information here: all questions are multiple choice.',
};

const continueButton: Button = { label: { fr: 'Enregistrer et continuer', en: 'Save and continue' } };
const laterButton: Button = {
  label: { fr: 'Enregistrer et terminer plus tard', en: 'Save and finish later' },
  look: 'second',
  name: pageFields.save,
  value: 'later',
};

function conflictOf(view: View, question: Question, page: SectionPage): Html {
  const { conflicts = [], problems = [], platform, reference } = page;
  const conflict = conflicts.find((each) => each.question === question.id);
  if (conflict === undefined) return nothing;
  return conflictFields(view, question, conflict, { problems, platform, reference });
}

/** One section of the questionnaire, each question with its purpose. */
export function sectionPage(view: View, page: SectionPage): Page {
  const {
    section,
    entries,
    problems = [],
    rows,
    fromIntake,
    asked,
    returnTo,
    platform,
    shown,
    unreadable,
  } = page;
  const title = sectionTitle(section);
  const filling = { entries, problems, rows, sites: platform.sites };
  const unsure = {
    fr: `Si vous n’avez pas la réponse, choisissez « ${unknown.fr} » : ce n’est jamais compté comme un « non ».`,
    en: `If you do not have the answer, choose “${unknown.en}”: it is never counted as a “no”.`,
  };
  const questions = section.questions.filter(({ input }) => input.kind !== 'attestation');
  return {
    title,
    problems,
    back:
      returnTo === 'check'
        ? {
            path: '/questionnaire/check',
            label: { fr: 'Retour à la relecture', en: 'Back to checking your answers' },
          }
        : {
            path: '/questionnaire',
            label: { fr: 'Retour au questionnaire', en: 'Back to the questionnaire' },
          },
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({ fr: 'Qui peut répondre : ', en: 'Who can answer: ' })}${view.t(ownersOf(section))}. ${view.t(section.id === 'E' ? { fr: '', en: '' } : unsure)}</p>
${section.id === 'B' ? html`<p>${view.t(classified)}</p>` : nothing}
${form(view, {
  kept: true,
  action: sectionPath(section.id),
  content: html`<input type="hidden" name="${pageFields.seen}" value="${shownText(shown)}">${returnTo === 'check' ? html`<input type="hidden" name="${pageFields.returnTo}" value="check">` : nothing}${questions.map(
    (question) =>
      html`<div class="question" id="question-${question.id}">${asked.includes(question.id) ? html`<p>${tag(view, toRevisit, 'warn')}</p>` : nothing}${fromIntake.includes(question.id) ? html`<p class="soft known">${view.t(known)}</p>` : nothing}${unreadable.includes(question.id) ? html`<p><strong>${view.t(toAnswerAgain)}</strong></p>` : nothing}${conflictOf(view, question, page)}${questionFields(view, question, filling)}</div>`,
  )}`,
  buttons: [continueButton, laterButton],
})}`,
  };
}
