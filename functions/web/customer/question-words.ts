import type { Part } from '../../domain/input/input.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import type { Text } from '../../domain/text.ts';

const several: Text = { fr: 'Plusieurs réponses possibles.', en: 'You can choose several answers.' };

/** How to answer a question, where that does not show from its fields. */
export function hintOfQuestion({ input }: Question): Text | undefined {
  return input.kind === 'many' ? several : undefined;
}

/** When to fill in a part of a question, if not always. */
export function hintOfPart({ presence }: Part, siblings: readonly Part[]): Text | undefined {
  if (presence.kind === 'always') return undefined;
  const decider = siblings.find(({ name }) => name === presence.part);
  const choices = decider?.input.kind === 'one' ? decider.input.options : [];
  const label = choices.find(({ code }) => code === presence.is)?.label ?? { fr: '', en: '' };
  return presence.kind === 'exactly_if'
    ? {
        fr: `À remplir seulement si vous répondez « ${label.fr} ».`,
        en: `Fill in only if you answer “${label.en}”.`,
      }
    : {
        fr: `Facultatif si vous répondez « ${label.fr} ».`,
        en: `Optional if you answer “${label.en}”.`,
      };
}
