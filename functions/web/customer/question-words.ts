import type { Option, Part } from '../../domain/input/input.ts';
import { citation } from '../../domain/questionnaire/legal-references.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import type { Text } from '../../domain/text.ts';

/** When to answer a question that depends on another one, and the choice for those it does not concern. */
const dependent: Readonly<Partial<Record<Question['id'], { readonly onlyIf: Text; readonly not: Text }>>> = {
  A3b: {
    onlyIf: {
      fr: 'À remplir seulement si votre organisme est un GIP.',
      en: 'Answer only if your organisation is a GIP.',
    },
    not: { fr: 'Sans objet : nous ne sommes pas un GIP', en: 'Not applicable: we are not a GIP' },
  },
  A6b: {
    onlyIf: {
      fr: 'À remplir seulement si vous êtes une entité financière soumise à DORA.',
      en: 'Answer only if you are a financial entity subject to DORA.',
    },
    not: {
      fr: 'Sans objet : nous ne sommes pas soumis à DORA',
      en: 'Not applicable: we are not subject to DORA',
    },
  },
  B9b: {
    onlyIf: {
      fr: 'À remplir seulement si vous avez coché des données sensibles, des condamnations ou des données de mineurs.',
      en: 'Answer only if you ticked special categories, convictions or data about minors.',
    },
    not: { fr: 'Sans objet : aucune de ces données', en: 'Not applicable: no such data' },
  },
};

/** The unit of each count. */
const units: Readonly<Partial<Record<Question['id'], Text>>> = {
  C2: { fr: 'nombre de personnes', en: 'number of people' },
  C3: { fr: 'nombre de boîtes', en: 'number of mailboxes' },
  C4: { fr: 'nombre', en: 'number' },
  C6: { fr: 'nombre', en: 'number' },
  E3: { fr: 'nombre de personnes', en: 'number of people' },
};

const several: Text = { fr: 'Plusieurs réponses possibles.', en: 'You can choose several answers.' };

function joined(...texts: readonly (Text | undefined)[]): Text {
  const present = texts.filter((text) => text !== undefined);
  return { fr: present.map(({ fr }) => fr).join(' '), en: present.map(({ en }) => en).join(' ') };
}

/** The purpose of a question, the meaning of its terms, and its legal source. */
export function hintOfQuestion({ id, help, legalReference, input }: Question): Text {
  const reference =
    legalReference === undefined
      ? undefined
      : {
          fr: `Référence : ${citation(legalReference).fr}.`,
          en: `Reference: ${citation(legalReference).en}.`,
        };
  return joined(dependent[id]?.onlyIf, help, reference, input.kind === 'many' ? several : undefined);
}

/** A label with the unit of its count. */
export function withUnit(id: Question['id'], label: Text): Text {
  const unit = units[id];
  return unit === undefined ? label : { fr: `${label.fr} (${unit.fr})`, en: `${label.en} (${unit.en})` };
}

/** The choice for organisations that a dependent question does not concern; it sends no answer. */
export function notConcerned(id: Question['id']): readonly Option[] {
  const words = dependent[id];
  return words === undefined ? [] : [{ code: '', label: words.not }];
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
