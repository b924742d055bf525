import type { Input } from '../../../domain/input/input.ts';
import { findQuestion } from '../../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../../domain/text.ts';
import type { Choice } from '../layout/fields.ts';

function choicesOf(input: Input | undefined): readonly Choice[] {
  if (input?.kind !== 'one') return [];
  return input.options.map(({ code, label }) => ({ value: code, label }));
}

/** Organisation types with the labels of the questionnaire, so that sales and customers read the same ones. */
export const bodyTypeChoices: readonly Choice[] = choicesOf(findQuestion('A3')?.input);

function deadlineInput(): Input | undefined {
  const input = findQuestion('E1')?.input;
  return input?.kind === 'group' ? input.parts.find(({ name }) => name === 'reason')?.input : undefined;
}

/** Reasons for a latest date with the labels of the questionnaire, "none" first. */
export const deadlineChoices: readonly Choice[] = choicesOf(deadlineInput()).toSorted(
  (a, b) => Number(b.value === 'none') - Number(a.value === 'none'),
);

/** The label of a code; the code itself if it is not among the choices. */
export function choiceLabel(choices: readonly Choice[], code: string): Text {
  return choices.find(({ value }) => value === code)?.label ?? { fr: code, en: code };
}
