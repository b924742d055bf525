import type { FieldProblem } from '../input/field-problem.ts';
import type { FieldInput, GroupInput, Input, Option, Part } from '../input/input.ts';
import { isFields, ownValue } from '../input/read-input.ts';
import type { Answers, QuestionId } from '../questionnaire/answers.ts';
import type { Question } from '../questionnaire/question.ts';
import { findQuestion, questions } from '../questionnaire/questionnaire.ts';
import { isSameAnswer } from '../questionnaire/same-answer.ts';
import { validateQuestions } from '../questionnaire/validate-answers.ts';
import type { Text } from '../text.ts';
import { lifeOf } from './conditions.ts';
import type { Condition, ConditionCode } from './outcomes.ts';

/** The questions that a clarified answer makes visible: they are asked with it. */
const askedWith: Readonly<Partial<Record<QuestionId, QuestionId>>> = { A6: 'A6b', B9: 'B9b' };

/** The questions whose answers clear a condition; none for a condition that no answer clears. */
export function questionsToDeclare(condition: Condition): readonly QuestionId[] {
  if (condition.code === 'CLARIFICATION_NEEDED') return condition.ids;
  const { declaredAs } = lifeOf(condition.code);
  return declaredAs === undefined ? [] : [declaredAs.question];
}

/** The same questions, each followed by the one that its answer may make visible. */
export function questionsAsked(ids: readonly QuestionId[]): readonly QuestionId[] {
  return ids.flatMap((id) => [id, ...(askedWith[id] === undefined ? [] : [askedWith[id]])]);
}

/** "I don't know" clears nothing, and neither does an answer on which the condition still holds. */
function clearsWith(code: ConditionCode, said: string): boolean {
  return said !== 'unknown' && (lifeOf(code).declaredAs?.answers.includes(said) ?? true);
}

/** The parts of a question that decide whether it is clear: where there are numbers, only they do. */
function decidingParts({ parts }: GroupInput): readonly Part[] {
  const numbers = parts.filter((part) => part.input.kind === 'figure');
  return numbers.length > 0 ? numbers : parts;
}

function narrowedField(input: FieldInput, code: ConditionCode): FieldInput {
  switch (input.kind) {
    case 'one':
      return { ...input, options: clearing(input.options, code) };
    case 'date':
    case 'figure':
      return { ...input, orUnknown: input.orUnknown === true && !clarifies(code) };
    default:
      return input;
  }
}

function clearing(options: readonly Option[], code: ConditionCode): readonly Option[] {
  return options.filter((option) => clearsWith(code, option.code));
}

/** True for the condition that any answer clears but "I don't know". */
function clarifies(code: ConditionCode): boolean {
  return lifeOf(code).declaredAs === undefined;
}

function narrowed(input: Input, code: ConditionCode): Input {
  switch (input.kind) {
    case 'many':
      return { ...input, options: clearing(input.options, code) };
    case 'group': {
      const deciding = decidingParts(input);
      const parts = input.parts.map((part) =>
        deciding.includes(part) ? { ...part, input: narrowedField(part.input, code) } : part,
      );
      return { ...input, parts };
    }
    case 'one':
      return narrowedField(input, code);
    default:
      return input;
  }
}

/** The questions that a declaration asks, each with only the answers that clear the condition. */
export function questionsOffered(condition: Condition): readonly Question[] {
  const ids = questionsToDeclare(condition);
  const asked = questionsAsked(ids);
  return questions
    .filter(({ id }) => asked.includes(id))
    .map((question) =>
      ids.includes(question.id) ? { ...question, input: narrowed(question.input, condition.code) } : question,
    );
}

/** The answers that clear a condition, by their labels; undefined where all do but "I don't know". */
export function answersThatClear(code: ConditionCode): readonly Text[] | undefined {
  const { declaredAs } = lifeOf(code);
  const input = declaredAs === undefined ? undefined : findQuestion(declaredAs.question)?.input;
  if (input === undefined) return undefined;
  const choices = input.kind === 'group' ? input.parts.map((part) => part.input) : [input];
  return choices
    .flatMap((choice) => (choice.kind === 'one' ? choice.options : []))
    .filter((option) => clearsWith(code, option.code))
    .map(({ label }) => label);
}

/** Why an answer is refused, and which ones clear the condition. */
function whatClears(code: ConditionCode): Text {
  const labels = answersThatClear(code);
  if (labels === undefined) {
    return {
      fr: '« Je ne sais pas » ne lève pas la condition ; choisissez une autre réponse, ou laissez cette question pour plus tard.',
      en: '“I don’t know” does not clear the condition; choose another answer, or leave this question for later.',
    };
  }
  const [fr, en] = [labels.map((label) => `« ${label.fr} »`), labels.map((label) => `“${label.en}”`)];
  return {
    fr: `cette réponse ne lève pas la condition, et rien n’a été enregistré. Réponse qui la lève : ${fr.join(' ou ')} ; déclarez-la dès qu’elle est vraie.`,
    en: `this answer does not clear the condition, and nothing was saved. Answer that clears it: ${en.join(' or ')}; declare it as soon as it is true.`,
  };
}

function notCleared(code: ConditionCode, id: QuestionId): FieldProblem {
  const label = findQuestion(id)?.label ?? { fr: id, en: id };
  const why = whatClears(code);
  const message = { fr: `${label.fr} : ${why.fr}`, en: `${label.en}: ${why.en}` };
  return { field: id, code: 'does_not_clear', message };
}

function clears({ code }: Condition, id: QuestionId, answers: Answers): boolean {
  const value: unknown = answers[id];
  if (typeof value === 'string') return clearsWith(code, value);
  if (Array.isArray(value)) return value.every((each) => clearsWith(code, String(each)));
  const input = findQuestion(id)?.input;
  if (!isFields(value) || input?.kind !== 'group') return false;
  if (!clarifies(code)) return clearsWith(code, String(ownValue(value, 'answer')));
  return decidingParts(input).every(({ name }) => ownValue(value, name) !== 'unknown');
}

function only(answers: Answers, ids: readonly QuestionId[]): Answers {
  const some = { ...answers };
  for (const { id } of questions) if (!ids.includes(id)) delete some[id];
  return some;
}

export interface DeclarationOptions {
  /** The answers that the declaration is laid over. */
  readonly existing: Answers;
  readonly sites: readonly string[];
}

export type ReadDeclaration = { readonly answers: Answers } | { readonly problems: readonly FieldProblem[] };

/**
 * Reads the answers that a customer declares to clear a condition: just its questions, validated as in the form. Of
 * several questions to clarify some may be left for later; those that are given must be answered.
 */
export function readDeclaration(
  condition: Condition,
  given: unknown,
  { existing, sites }: DeclarationOptions,
): ReadDeclaration {
  const ids = questionsToDeclare(condition);
  const some = isFields(given) ? ids.filter((id) => Object.hasOwn(given, id)) : [];
  const asked = questionsAsked(some.length > 0 ? some : ids);
  const validated = validateQuestions(asked, given, existing, { complete: true, sites });
  if ('problems' in validated) return validated;
  const { answers } = validated;
  const problems = (some.length > 0 ? some : ids)
    .filter((id) => !clears(condition, id, answers))
    .map((id) => notCleared(condition.code, id));
  return problems.length > 0 ? { problems } : { answers: only(answers, asked) };
}

/** True when answers say just what was declared before. */
export function saysTheSame(
  declared: Answers,
  given: unknown,
  { existing, sites }: DeclarationOptions,
): boolean {
  const ids = questions.map(({ id }) => id).filter((id) => declared[id] !== undefined);
  const validated = validateQuestions(ids, given, existing, { complete: true, sites });
  if ('problems' in validated) return false;
  return ids.every((id) => isSameAnswer(id, validated.answers[id], declared[id]));
}
