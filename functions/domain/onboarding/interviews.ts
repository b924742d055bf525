import { type CalendarDate, calendarDateOf, formatDate } from '../calendar-date.ts';
import type { FieldProblem } from '../input/field-problem.ts';
import { dayProblems, lineProblems, problemOfField } from '../input/typed-fields.ts';
import type { Text } from '../text.ts';

/** Longest name and role of the person spoken with, in characters. */
export const longestInterviewText = 100;
/** Longest reference of a signed letter, in characters. */
export const longestLetterReference = 60;

/** The person whom an operator speaks with, and when. */
export interface Interviewed {
  readonly name: string;
  /** What they do in their organisation, as it was typed. */
  readonly role: string;
  readonly on: CalendarDate;
}

/** A conversation in which an operator enters what someone answers. Personal data: no event, mail or log names either. */
export interface Interview extends Interviewed {
  /** `I1`, `I2`...: also what answers are saved under. */
  readonly id: string;
  /** Id of the operator, who alone enters answers in it. */
  readonly by: string;
  /** Name of the operator. */
  readonly operator: string;
  /** Instant, ISO 8601, as all below. */
  readonly startedAt: string;
  readonly firstAnswerAt?: string | undefined;
}

/** A letter in which the customer attests what was entered. */
export interface SignedLetter {
  readonly reference: string;
  readonly on: CalendarDate;
}

/** Who entered an answer, and with whom: the words after the instant of a save. */
export function enteredBy({ operator, name }: Pick<Interview, 'operator' | 'name'>): Text {
  return { fr: `saisi par ${operator} avec ${name}`, en: `entered by ${operator} with ${name}` };
}

/** How answers were attested without the link, and by whom that was recorded. */
export function letterText({
  reference,
  on,
  ...interview
}: SignedLetter & Pick<Interview, 'operator' | 'name'>): Text {
  const by = enteredBy(interview);
  return {
    fr: `Attesté par courrier signé, référence ${reference} du ${formatDate(on, 'fr')}, ${by.fr}`,
    en: `Attested by signed letter, reference ${reference} of ${formatDate(on, 'en')}, ${by.en}`,
  };
}

/** The instant of the first answer entered in an interview; undefined while there is none. */
export function firstAnswerIn(
  { id, firstAnswerAt }: Pick<Interview, 'id' | 'firstAnswerAt'>,
  { saved }: { readonly saved: ReadonlyMap<string, { readonly by: string; readonly at: string }> },
): string | undefined {
  const instants = [...saved.values()].flatMap(({ by, at }) => (by === id ? [at] : []));
  return [...instants, ...(firstAnswerAt === undefined ? [] : [firstAnswerAt])].toSorted()[0];
}

export const interviewFields = {
  name: { fr: 'Personne interrogée', en: 'Person spoken with' },
  role: { fr: 'Sa fonction', en: 'Their role' },
  on: { fr: 'Date de l’entretien', en: 'Date of the interview' },
  letterReference: { fr: 'Référence du courrier signé', en: 'Reference of the signed letter' },
  letterDate: { fr: 'Date du courrier signé', en: 'Date of the signed letter' },
} as const satisfies Readonly<Record<string, Text>>;
type InterviewField = keyof typeof interviewFields;

const fieldOf = (name: InterviewField) => ({ name, label: interviewFields[name] });

/** What is wrong with the person and the day of an interview that begins. */
export function interviewProblems({ name, role, on }: Interviewed, at: Date): readonly FieldProblem[] {
  return [
    ...lineProblems(fieldOf('name'), name, longestInterviewText),
    ...lineProblems(fieldOf('role'), role, longestInterviewText),
    ...dayProblems(fieldOf('on'), on, calendarDateOf(at)),
  ];
}

const nothingEntered = problemOfField(fieldOf('letterReference'), 'no_answers', {
  fr: 'aucune réponse n’a été saisie dans cet entretien ; saisissez-en au moins une avant d’enregistrer le courrier.',
  en: 'no answer was entered in this interview; enter at least one before you record the letter.',
});

/**
 * What is wrong with a signed letter: it is about what was entered, so it is not older than the first answer.
 *
 * @param firstAnswerAt see {@link firstAnswerIn}
 */
export function letterProblems(
  { reference, on }: SignedLetter,
  firstAnswerAt: string | undefined,
  at: Date,
): readonly FieldProblem[] {
  if (firstAnswerAt === undefined) return [nothingEntered];
  const first = calendarDateOf(new Date(firstAnswerAt));
  const dated = dayProblems(fieldOf('letterDate'), on, calendarDateOf(at));
  const tooOld = problemOfField(fieldOf('letterDate'), 'before_first_answer', {
    fr: `la première réponse de l’entretien a été saisie le ${formatDate(first, 'fr')} ; le courrier ne peut pas être plus ancien.`,
    en: `the first answer of the interview was entered on ${formatDate(first, 'en')}; the letter cannot be older.`,
  });
  return [
    ...lineProblems(fieldOf('letterReference'), reference, longestLetterReference),
    ...dated,
    ...(dated.length === 0 && on < first ? [tooOld] : []),
  ];
}
