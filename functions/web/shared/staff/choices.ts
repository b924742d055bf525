import type { Input } from '../../../domain/input/input.ts';
import { findQuestion } from '../../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../../domain/text.ts';
import type { Choice } from '../layout/fields.ts';

function choicesOf(input: Input | undefined): readonly Choice[] {
  if (input?.kind !== 'one') return [];
  return input.options.map(({ code, label }) => ({ value: code, label }));
}

/** Kinds of body in the words of the questionnaire: sales and customer read the same ones. */
export const bodyTypeChoices: readonly Choice[] = choicesOf(findQuestion('A3')?.input);

function deadlineInput(): Input | undefined {
  const input = findQuestion('E1')?.input;
  return input?.kind === 'group' ? input.parts.find(({ name }) => name === 'reason')?.input : undefined;
}

/** Reasons of a latest date in the words of the questionnaire, "none" first. */
export const deadlineChoices: readonly Choice[] = choicesOf(deadlineInput()).toSorted(
  (a, b) => Number(b.value === 'none') - Number(a.value === 'none'),
);

/** How a code is called among its choices; the code itself when it is none of them. */
export function choiceLabel(choices: readonly Choice[], code: string): Text {
  return choices.find(({ value }) => value === code)?.label ?? { fr: code, en: code };
}
