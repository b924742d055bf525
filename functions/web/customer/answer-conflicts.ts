import type { AnswerConflict } from '../../domain/onboarding/merge-page.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { findQuestion } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios } from '../shared/layout/fields.ts';
import type { Html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { answerLine } from './answer-text.ts';
import type { NameOf } from './people-words.ts';
import { keepField } from './read-form.ts';
import { mineOver, theirs } from './seen-answers.ts';

/**
 * Who saved an answer, after "saved on ...": the contact bears the reference of the onboarding, whoever it has named an id
 * of their own.
 */
export function senderText(by: string | undefined, reference: string, nameOf: NameOf): Text {
  const named = by === undefined ? undefined : nameOf(by);
  if (named !== undefined) return named;
  return by === reference
    ? { fr: 'avec votre lien personnel', en: 'with your personal link' }
    : { fr: 'par un système autorisé', en: 'by an authorised system' };
}

function withoutMark(label: string): string {
  return label.replace(/\s*[?…:]$/u, '');
}

/** The problem of a question with two answers: one of them is to be chosen. */
export function conflictProblem({ question }: AnswerConflict): Problem {
  const label = findQuestion(question)?.label ?? { fr: question, en: question };
  return {
    field: keepField(question),
    message: {
      fr: `${withoutMark(label.fr)} : une autre réponse a été enregistrée depuis que vous avez ouvert cette page ; choisissez celle à garder.`,
      en: `${withoutMark(label.en)}: another answer has been saved since you opened this page; choose which to keep.`,
    },
  };
}

interface Shown {
  readonly problems: readonly Problem[];
  readonly platform: PlatformConfiguration;
  readonly reference: string;
  readonly nameOf: NameOf;
}

/** Both answers to a question, with who saved the other one and when, and the choice between them. */
export function conflictFields(
  view: View,
  question: Question,
  conflict: AnswerConflict,
  { problems, platform: { sites }, reference, nameOf }: Shown,
): Html {
  const name = keepField(question.id);
  const [saved, typed] = [conflict.theirs, conflict.mine].map((value) =>
    answerLine(view, question, value, sites),
  );
  const at = conflict.at === undefined ? '' : instantText(view, conflict.at);
  // What was submitted with the personal link does not say by whom.
  const by = conflict.by ?? (conflict.byMachine ? undefined : reference);
  const sender = view.t(senderText(by, reference, nameOf));
  return radios(view, {
    name,
    label: {
      fr: `${withoutMark(question.label.fr)} : quelle réponse garder ?`,
      en: `${withoutMark(question.label.en)}: which answer do you want to keep?`,
    },
    hint: {
      fr: 'Votre saisie n’est pas perdue : elle est dans les champs ci-dessous.',
      en: 'Nothing you typed is lost: it is in the fields below.',
    },
    problem: problemOf(problems, name),
    choices: [
      {
        value: theirs,
        label: { fr: `La réponse enregistrée : ${saved}`, en: `The saved answer: ${saved}` },
        hint: { fr: `Dernier enregistrement le ${at}, ${sender}.`, en: `Last saved on ${at}, ${sender}.` },
      },
      {
        value: mineOver(conflict.version),
        label: { fr: `La vôtre : ${typed}`, en: `Yours: ${typed}` },
        hint: {
          fr: 'Vous pouvez encore la modifier ci-dessous.',
          en: 'You can still change it below.',
        },
      },
    ],
  });
}
