import { bandLabel, bands } from '../../domain/input/figure.ts';
import type { ContactsInput, FieldInput, GroupInput, Option, Part } from '../../domain/input/input.ts';
import type { Site } from '../../domain/platform-configuration.ts';
import { type Question, unknown } from '../../domain/questionnaire/question.ts';
import type { Text } from '../../domain/text.ts';
import { type Button, button, enterButton } from '../shared/layout/components.ts';
import { fieldId, type Problem, problemOf } from '../shared/layout/error-summary.ts';
import {
  asShown,
  bandName,
  type Choice,
  checkboxes,
  dateField,
  describedBy,
  type Field,
  figureField,
  hintOf,
  integerField,
  legendOf,
  problemLine,
  radios,
  textField,
  unknownName,
  wrong,
} from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { type Entries, entryOf } from './entries.ts';
import { reasonsOf } from './question-reasons.ts';
import { hintOfPart, hintOfQuestion } from './question-words.ts';
import { pageFields } from './read-form.ts';

/** The content of the fields of a page. */
export interface Filling {
  readonly entries: Entries;
  readonly problems: readonly Problem[];
  readonly sites: readonly Site[];
  /** True when the question is the heading of its page. */
  readonly isHeading?: boolean;
  /** Rows shown for freeze windows. */
  readonly rows: number;
}

const anySite: Choice = { value: 'any', label: { fr: 'Sans préférence', en: 'No preference' } };

const unknownChoice: Choice = { value: 'unknown', label: unknown };
/** A band goes by its lower end in a form. */
const bandChoices: readonly Choice[] = bands.map((band) => ({
  value: String(band.from),
  label: bandLabel(band),
}));

function choicesOf(
  options: readonly Option[],
  opens: (code: string) => boolean = () => false,
): readonly Choice[] {
  return options.map(({ code, label }) => ({ value: code, label, opens: opens(code) }));
}

/** Several fields under one question; the group bears the id the error summary leads to when it is wrong as a whole. */
function groupOf(view: View, given: Field, content: Html): Html {
  const field = asShown(view, given);
  return html`<fieldset id="${fieldId(field.name)}" class="${`group${wrong(field)}`}"${describedBy(field)}>
<legend>${legendOf(view, field)}</legend>
${hintOf(view, field)}${problemLine(view, field)}${field.reasons ?? nothing}
${content}
</fieldset>`;
}

function dateOf({ entries }: Filling, name: string) {
  const part = (key: string) => entryOf(entries, `${name}.${key}`) ?? '';
  return { day: part('day'), month: part('month'), year: part('year') };
}

/** @param opens tells of an option whether it brings up another field. */
function control(
  view: View,
  filling: Filling,
  field: Field,
  input: FieldInput,
  opens: (code: string) => boolean = () => false,
) {
  const value = entryOf(filling.entries, field.name);
  switch (input.kind) {
    case 'one':
      return radios(view, { ...field, value, choices: choicesOf(input.options, opens) });
    case 'site': {
      const sites = filling.sites.map(({ code, label }) => ({ value: code, label }));
      return radios(view, { ...field, value, choices: [anySite, ...sites] });
    }
    case 'integer':
      return integerField(view, { ...field, value });
    case 'figure': {
      const choices = input.orUnknown ? [...bandChoices, unknownChoice] : bandChoices;
      const chosen = entryOf(filling.entries, bandName(field.name));
      return figureField(view, { ...field, value, choices, chosen });
    }
    case 'date': {
      const checked = entryOf(filling.entries, unknownName(field.name)) !== undefined;
      const unknownShown = input.orUnknown === true ? { unknown: { checked } } : {};
      return dateField(view, { ...field, value: dateOf(filling, field.name), ...unknownShown });
    }
  }
}

function group(view: View, filling: Filling, field: Field, { parts }: GroupInput): Html {
  const opens = (part: Part) => (code: string) =>
    parts.some(
      ({ presence }) => presence.kind === 'exactly_if' && presence.part === part.name && presence.is === code,
    );
  const content = parts.map((part) => {
    const name = `${field.name}.${part.name}`;
    const hint = hintOfPart(part, parts);
    const own = { name, label: part.label, hint, problem: problemOf(filling.problems, name) };
    const shown = control(view, filling, own, part.input, opens(part));
    return part.presence.kind === 'exactly_if' ? html`<div class="only-if">${shown}</div>` : shown;
  });
  return groupOf(view, field, html`${content}`);
}

function contacts(view: View, filling: Filling, field: Field, { roles }: ContactsInput): Html {
  const line = (name: string, label: Text, type: 'text' | 'email') =>
    textField(view, {
      name,
      label,
      type,
      inLine: true,
      value: entryOf(filling.entries, name),
      problem: problemOf(filling.problems, name),
    });
  const content = roles.map(({ code, label, required }) => {
    const name = `${field.name}.${code}`;
    return groupOf(
      view,
      { name, label, optional: !required, problem: problemOf(filling.problems, name) },
      html`${line(`${name}.name`, { fr: 'Nom', en: 'Name' }, 'text')}${line(`${name}.email`, { fr: 'Courriel', en: 'Email' }, 'email')}`,
    );
  });
  return groupOf(view, field, html`${content}`);
}

const moreRows: Button = {
  label: { fr: 'Ajouter des périodes de gel', en: 'Add freeze windows' },
  look: 'second',
  name: pageFields.add,
  value: 'E2',
};

function ranges(view: View, filling: Filling, field: Field): Html {
  const date = (name: string, label: Text) =>
    dateField(view, {
      name,
      label,
      value: dateOf(filling, name),
      problem: problemOf(filling.problems, name),
    });
  const rows = Array.from({ length: filling.rows }, (_, index) => {
    const name = `${field.name}[${index}]`;
    const label = { fr: `Période ${index + 1}`, en: `Window ${index + 1}` };
    const content = html`<div class="row">${date(`${name}.from`, { fr: 'Début', en: 'Start' })}${date(`${name}.to`, { fr: 'Fin', en: 'End' })}</div>`;
    return groupOf(view, { name, label, problem: problemOf(filling.problems, name) }, content);
  });
  // The Enter key presses the first button of a form: it saves, it does not add rows.
  return html`${enterButton(view)}${groupOf(view, { ...field, optional: true }, html`${rows}<div class="actions">${button(view, moreRows)}</div>`)}`;
}

/** A question on its page, which it is the heading of, with the reason for asking. */
export function questionFields(view: View, question: Question, filling: Filling): Html {
  const { id, asks, input } = question;
  const field: Field = {
    name: id,
    label: asks,
    heading: filling.isHeading === true,
    reasons: reasonsOf(view, question),
    hint: hintOfQuestion(question),
    problem: problemOf(filling.problems, id),
  };
  switch (input.kind) {
    case 'many': {
      const values = filling.entries.get(id) ?? [];
      return checkboxes(view, { ...field, values, choices: choicesOf(input.options) });
    }
    case 'scale':
      return radios(view, {
        ...field,
        value: entryOf(filling.entries, id),
        choices: choicesOf(input.options),
      });
    case 'group':
      return group(view, filling, field, input);
    case 'contacts':
      return contacts(view, filling, field, input);
    case 'ranges':
      return ranges(view, filling, field);
    case 'attestation':
      return nothing;
    default:
      return control(view, filling, field, input);
  }
}
