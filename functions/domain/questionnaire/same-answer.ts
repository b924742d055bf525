import { findQuestion } from './questionnaire.ts';

/** The value with its fields in order and without empty parts; undefined when nothing is left. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value)
    .map(([name, part]) => [name, sorted(part)] as const)
    .filter(([, part]) => part !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

/**
 * An answer as text that is the same for the same answer: the order of fields and of ticked boxes means nothing. An
 * answer of which no part is given is none.
 */
export function answerKey(id: string, value: unknown): string {
  const plain = sorted(value);
  if (plain === undefined) return '';
  const isSet = findQuestion(id)?.input.kind === 'many' && Array.isArray(plain);
  return JSON.stringify(isSet ? plain.toSorted() : plain);
}

/** True if two answers to a question say the same. */
export function isSameAnswer(id: string, one: unknown, other: unknown): boolean {
  return answerKey(id, one) === answerKey(id, other);
}
