import type { FieldProblem } from '../input/field-problem.ts';
import { fieldProblem, shownFieldName } from '../input/problem-texts.ts';
import { givenValue, isFields, ownValue, type Reading, readInput } from '../input/read-input.ts';
import { unknownNames } from '../input/unknown-names.ts';
import type { Text } from '../text.ts';
import type { Answers, QuestionId } from './answers.ts';
import type { Question } from './question.ts';
import {
  findQuestion,
  holdsAnswers,
  isVisible,
  questions,
  requiredQuestions,
  withoutHidden,
} from './questionnaire.ts';
import { withoutFields } from './without-fields.ts';

export interface ValidationOptions {
  /** True for a submission: every visible question must be answered. False for a draft. */
  readonly complete: boolean;
  /** Site codes of the platform, to hold C8 to; without it any short code is taken. */
  readonly sites?: readonly string[];
}

export interface KeptPage {
  readonly answers: Answers;
  /** The valid parts of answers that are not whole, as they were typed. */
  readonly unfinished: ReadonlyMap<QuestionId, unknown>;
  /** What is wrong or missing in them. */
  readonly refused: readonly FieldProblem[];
}

export type ValidatedAnswers = { readonly answers: Answers } | { readonly problems: readonly FieldProblem[] };

const formName: Text = { fr: 'Questionnaire', en: 'Questionnaire' };

/**
 * Reads answers from any sender. Every problem names its field, the error and the fix; no value is
 * repeated. Texts may be written as people type them, whichever page or client they
 * come from. Never throws.
 */
export function validateAnswers(input: unknown, options: ValidationOptions): ValidatedAnswers {
  const reading: Reading = { problems: [], sites: options.sites };
  const read = readQuestions(reading, input, questions);
  refuseHidden(reading, questions, read, input);
  if (options.complete) refuseMissing(reading, requiredQuestions(read), input);
  return result(reading, read);
}

/**
 * Reads the answers of one page of the form: only these questions are taken, the answers saved before decide what
 * shows. The result is everything saved so far with the page applied, without answers that no longer show.
 * With `complete`, every question of the page that shows must be answered. An answer left out of a page that is not
 * complete keeps its former value.
 */
export function validateQuestions(
  ids: readonly QuestionId[],
  partial: unknown,
  existing: Answers,
  options: ValidationOptions,
): ValidatedAnswers {
  const page = questions.filter(({ id }) => ids.includes(id));
  const reading: Reading = { problems: [], sites: options.sites };
  const read = readQuestions(reading, partial, page);
  const merged: Answers = { ...existing, ...read };
  refuseHidden(reading, page, merged, partial);
  if (options.complete) {
    refuseMissing(
      reading,
      requiredQuestions(merged).filter(({ id }) => ids.includes(id)),
      partial,
    );
  }
  return result(reading, withoutHidden(merged));
}

/**
 * What can be kept of a page that is left unfinished, question by question: an answer, the valid parts of one that is
 * not whole, or nothing where nothing valid is left.
 */
export function keepValid(
  ids: readonly QuestionId[],
  given: Readonly<Record<string, unknown>>,
  before: Omit<KeptPage, 'refused'>,
  options: Pick<ValidationOptions, 'sites'>,
): KeptPage {
  const unfinished = new Map([...before.unfinished].filter(([id]) => !ids.includes(id)));
  const refused: FieldProblem[] = [];
  let { answers } = before;
  for (const id of questions.map((question) => question.id).filter((each) => ids.includes(each))) {
    const value = ownValue(given, id);
    const checked = validateQuestions([id], value === undefined ? {} : { [id]: value }, answers, {
      ...options,
      complete: false,
    });
    if ('answers' in checked) {
      answers = value === undefined ? withoutAnswer(checked.answers, id) : checked.answers;
      continue;
    }
    refused.push(...checked.problems);
    answers = withoutAnswer(answers, id);
    const valid = withoutFields(
      value,
      checked.problems.map(({ field }) => field.slice(id.length)),
    );
    if (valid !== undefined) unfinished.set(id, valid);
  }
  return { answers: withoutHidden(answers), unfinished, refused };
}

/**
 * What is left of answers that were accepted when they were given: the platform may offer less since. `outdated` are the
 * questions whose answer is not accepted any more; its valid parts are kept.
 */
export function keepAccepted(
  { answers, unfinished }: Omit<KeptPage, 'refused'>,
  options: Pick<ValidationOptions, 'sites'>,
): Omit<KeptPage, 'refused'> & { readonly outdated: readonly QuestionId[] } {
  const checked = validateAnswers(answers, { ...options, complete: false });
  if ('answers' in checked) return { answers, unfinished, outdated: [] };
  const refused = checked.problems.map(({ field }) => field.split(/[.[]/, 1)[0]);
  const outdated = questions.map(({ id }) => id).filter((id) => refused.includes(id));
  return { ...keepValid(outdated, answers, { answers, unfinished }, options), outdated };
}

function withoutAnswer(answers: Answers, id: QuestionId): Answers {
  const kept = { ...answers };
  delete kept[id];
  return kept;
}

/** True for a value that answers a question of this version of the questionnaire. */
export function isAnswerTo({ id, label, input }: Question, value: unknown): boolean {
  const reading: Reading = { problems: [], sites: undefined };
  readInput(reading, { field: id, name: label }, input, value);
  return reading.problems.length === 0;
}

function result(reading: Reading, answers: Answers): ValidatedAnswers {
  return reading.problems.length > 0 ? { problems: reading.problems } : { answers };
}

function readQuestions(reading: Reading, input: unknown, asked: readonly Question[]): Answers {
  if (!isFields(input)) {
    reading.problems.push(fieldProblem('answers', formName, 'not_an_object'));
    return {};
  }
  const ids: readonly string[] = asked.map(({ id }) => id);
  for (const id of unknownNames(input, (given) => ids.includes(given))) {
    const shown = shownFieldName(id);
    const unknownName = { fr: `Question inconnue « ${shown} »`, en: `Unknown question “${shown}”` };
    const name = findQuestion(id)?.label ?? unknownName;
    reading.problems.push(fieldProblem(shown, name, 'unknown_field'));
  }
  const read: Record<string, unknown> = {};
  for (const { id, label, input: form } of asked) {
    const value = givenValue(input, id);
    if (value === undefined) continue;
    const kept = readInput(reading, { field: id, name: label }, form, value);
    if (kept !== undefined) read[id] = kept;
  }
  return holdsAnswers(read) ? read : {};
}

function refuseHidden(reading: Reading, asked: readonly Question[], answers: Answers, input: unknown) {
  const refused = new Set(reading.problems.map(({ field }) => field.split(/[.[]/, 1)[0]));
  for (const question of asked) {
    const given = isFields(input) && givenValue(input, question.id) !== undefined;
    const decidedBy = question.visibleIf?.question;
    const undecided = decidedBy !== undefined && refused.has(decidedBy);
    if (given && !undecided && !isVisible(question, answers)) {
      reading.problems.push(fieldProblem(question.id, question.label, 'hidden'));
      refused.add(question.id);
    }
  }
}

function refuseMissing(reading: Reading, required: readonly Question[], input: unknown) {
  if (!isFields(input)) return;
  for (const { id, label } of required) {
    if (givenValue(input, id) === undefined) reading.problems.push(fieldProblem(id, label, 'missing'));
  }
}
