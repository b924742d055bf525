import type { DateParts } from '../../../domain/input/written-date.ts';
import type { Text } from '../../../domain/text.ts';
import { fieldId, type Problem } from './error-summary.ts';
import { type Html, html, nothing } from './html.ts';
import type { View } from './view.ts';

export interface Field {
  readonly name: string;
  readonly label: Text;
  /** Instructions for the answer. */
  readonly hint?: Text | undefined;
  readonly problem?: Problem | undefined;
  /** Marked in the label; fields are mandatory otherwise. */
  readonly optional?: boolean;
  /** The label is the heading of the page. */
  readonly heading?: boolean;
  /** The reasons for asking, folded, under the label. */
  readonly reasons?: Html | undefined;
}

export interface InputField extends Field {
  /** As the person typed it, also when it was refused. */
  readonly value?: string | undefined;
  readonly short?: boolean;
  /** The label is beside the field, where there is room. */
  readonly inLine?: boolean;
  readonly type?: 'text' | 'email' | 'search';
  /** https://html.spec.whatwg.org/#autofill-field */
  readonly autocomplete?: string;
}

/** The field as the page shows it: nothing is wrong yet in a form that no one has sent. */
export function asShown<Shown extends Field>({ unsent }: View, field: Shown): Shown {
  return unsent ? { ...field, problem: undefined } : field;
}

/** The words of a label, with the mark of an optional field. */
export function labelText(view: View, { label, optional }: Pick<Field, 'label' | 'optional'>): string {
  const mark = optional === true ? ` ${view.t({ fr: '(facultatif)', en: '(optional)' })}` : '';
  return `${view.t(label)}${mark}`;
}

export function hintOf(view: View, { name, hint }: Field): Html {
  return hint === undefined
    ? nothing
    : html`<span class="hint" id="${fieldId(name)}-hint">${view.t(hint)}</span>`;
}

export function problemLine(view: View, { name, problem }: Field): Html {
  if (problem === undefined) return nothing;
  const prefix = view.t({ fr: 'Erreur :', en: 'Error:' });
  return html`<span class="problem" id="${fieldId(name)}-problem"><span class="unseen">${prefix} </span>${view.t(problem.message)}</span>`;
}

/** The attributes that tie a control to its hint and its problem. */
export function describedBy({ name, hint, problem }: Field): Html {
  const ids = [
    ...(hint === undefined ? [] : [`${fieldId(name)}-hint`]),
    ...(problem === undefined ? [] : [`${fieldId(name)}-problem`]),
  ];
  return ids.length === 0 ? nothing : html` aria-describedby="${ids.join(' ')}"`;
}

export function wrong({ problem }: Field): string {
  return problem === undefined ? '' : ' wrong';
}

/** The label of a group of controls. */
export function legendOf(view: View, field: Field): Html {
  const text = labelText(view, field);
  return field.heading === true ? html`<h1>${text}</h1>` : html`${text}`;
}

function labelOf(view: View, field: Field): Html {
  const label = html`<label for="${fieldId(field.name)}">${labelText(view, field)}</label>`;
  return field.heading === true
    ? html`<h1 class="label">${label}</h1>`
    : html`<div class="label">${label}</div>`;
}

/** @param beside Another control for the same answer, on the line of this one. */
function input(view: View, given: InputField, attributes: Html, beside?: Html): Html {
  const field = asShown(view, given);
  const { name, value = '', type = 'text', autocomplete = 'off', short, inLine, problem } = field;
  const shape = beside === undefined ? '' : ' figure';
  return html`<div class="field${inLine === true ? ' line' : shape}${wrong(field)}">
${labelOf(view, field)}
${hintOf(view, field)}${problemLine(view, field)}${field.reasons ?? nothing}
<input type="${type}" id="${fieldId(name)}" name="${name}" value="${value}" autocomplete="${autocomplete}"${short === true ? html` class="short"` : nothing}${attributes}${describedBy(field)}${problem === undefined ? nothing : html` aria-invalid="true"`}>${beside ?? nothing}
</div>`;
}

export function textField(view: View, field: InputField): Html {
  return input(view, field, nothing);
}

/** A field for a paragraph. */
export function paragraphField(view: View, given: Pick<InputField, keyof Field | 'value'>): Html {
  const field = asShown(view, given);
  const { name, value = '', problem } = field;
  return html`<div class="field${wrong(field)}">
${labelOf(view, field)}
${hintOf(view, field)}${problemLine(view, field)}
<textarea id="${fieldId(name)}" name="${name}" rows="4" autocomplete="off"${describedBy(field)}${problem === undefined ? nothing : html` aria-invalid="true"`}>${value}</textarea>
</div>`;
}

/** Whole numbers as people write them: a text field with a keypad, because `type=number` drops what it cannot read. */
export function integerField(view: View, field: InputField, beside?: Html): Html {
  return input(view, { short: true, ...field }, html` inputmode="numeric"`, beside);
}

/** The name of the list beside a number, in which a band or "I don't know" is chosen. */
export function bandName(name: string): string {
  return `${name}.band`;
}

export interface FigureField extends InputField {
  /** What can be chosen in place of a number. */
  readonly choices: readonly Choice[];
  readonly chosen?: string | undefined;
}

/** A number, or else a choice from a list: the form works without script, so that both are always there. */
export function figureField(view: View, field: FigureField): Html {
  const { name, label, choices, chosen = '' } = field;
  const id = fieldId(bandName(name));
  const options = [{ value: '', label: { fr: 'environ…', en: 'about…' } }, ...choices].map(
    (given) =>
      html`<option value="${given.value}"${given.value === chosen ? html` selected` : nothing}>${view.t(given.label)}</option>`,
  );
  const more: Text = { fr: ` environ : ${label.fr}`, en: ` about: ${label.en}` };
  const beside = html`<label for="${id}">${view.t({ fr: 'ou', en: 'or' })}<span class="unseen">${view.t(more)}</span></label>
<select id="${id}" name="${bandName(name)}">${options}</select>`;
  return integerField(view, field, beside);
}

export interface Choice {
  readonly value: string;
  readonly label: Text;
  readonly hint?: Text | undefined;
  /** The choice brings up another field of its group (`only-if` in the stylesheet). */
  readonly opens?: boolean;
}

export interface ChoiceField extends Field {
  readonly choices: readonly Choice[];
}

/** A group of controls with one question; the first control bears the id the error summary leads to. */
function group(view: View, given: Field, content: Html): Html {
  const field = asShown(view, given);
  return html`<fieldset class="${wrong(field).trim()}"${describedBy(field)}>
<legend>${legendOf(view, field)}</legend>
${hintOf(view, field)}${problemLine(view, field)}${field.reasons ?? nothing}
${content}
</fieldset>`;
}

function choice(
  view: View,
  type: 'radio' | 'checkbox',
  field: ChoiceField,
  given: Choice,
  index: number,
  checked: boolean,
): Html {
  const id = index === 0 ? fieldId(field.name) : `${fieldId(field.name)}-${index}`;
  const { value, label, hint, opens } = given;
  return html`<div class="choice"><input type="${type}" id="${id}" name="${field.name}" value="${value}"${checked ? html` checked` : nothing}${opens === true ? html` class="opens"` : nothing}${hint === undefined ? nothing : html` aria-describedby="${id}-more"`}><div><label for="${id}">${view.t(label)}</label>${hint === undefined ? nothing : html`<span class="hint" id="${id}-more">${view.t(hint)}</span>`}</div></div>`;
}

/** One answer of several; nothing is chosen beforehand unless a person chose it. */
export function radios(view: View, field: ChoiceField & { readonly value?: string | undefined }): Html {
  const { choices, value } = field;
  return group(
    view,
    field,
    html`${choices.map((given, index) => choice(view, 'radio', field, given, index, given.value === value))}`,
  );
}

export function checkboxes(view: View, field: ChoiceField & { readonly values?: readonly string[] }): Html {
  const { choices, values = [] } = field;
  return group(
    view,
    field,
    html`${choices.map((given, index) => choice(view, 'checkbox', field, given, index, values.includes(given.value)))}`,
  );
}

/** A long list of which one is chosen, such as a stage to filter by. */
export function select(view: View, given: ChoiceField & { readonly value?: string | undefined }): Html {
  const field = asShown(view, given);
  const { name, choices, value } = field;
  return html`<div class="field${wrong(field)}">
${labelOf(view, field)}
${hintOf(view, field)}${problemLine(view, field)}
<select id="${fieldId(name)}" name="${name}"${describedBy(field)}>${choices.map((given) => html`<option value="${given.value}"${given.value === value ? html` selected` : nothing}>${view.t(given.label)}</option>`)}</select>
</div>`;
}

/** The parts of `2027-02-09`; of anything else, nothing. */
export function datePartsOf(date: string | undefined): DateParts {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date ?? '') ?? [];
  return { day, month, year };
}

/** Three fields named `<name>.day`, `<name>.month` and `<name>.year`; `FormFields.date` reads them back. */
export function dateField(
  view: View,
  field: Field & {
    readonly value?: DateParts | undefined;
    /** Present where "I don't know" may be ticked in place of a date. */
    readonly unknown?: { readonly checked: boolean };
  },
): Html {
  const { name, value = { day: '', month: '', year: '' }, unknown } = field;
  const part = (key: keyof DateParts, label: Text, id: string) =>
    html`<div><label for="${id}">${view.t(label)}</label><input type="text" inputmode="numeric" autocomplete="off" class="${key === 'year' ? 'year' : 'day'}" id="${id}" name="${name}.${key}" value="${value[key]}"></div>`;
  return group(
    view,
    field,
    html`<div class="parts">${part('day', { fr: 'Jour', en: 'Day' }, fieldId(name))}${part('month', { fr: 'Mois', en: 'Month' }, `${fieldId(name)}-month`)}${part('year', { fr: 'Année', en: 'Year' }, `${fieldId(name)}-year`)}</div>${unknown === undefined ? nothing : unknownBox(view, name, unknown.checked)}`,
  );
}

/** The name of the box beside a date that says "I don't know". */
export function unknownName(name: string): string {
  return `${name}.unknown`;
}

function unknownBox(view: View, name: string, checked: boolean): Html {
  const id = fieldId(unknownName(name));
  return html`<div class="choice"><input type="checkbox" id="${id}" name="${unknownName(name)}" value="unknown"${checked ? html` checked` : nothing}><div><label for="${id}">${view.t({ fr: 'Je ne sais pas', en: 'I don’t know' })}</label></div></div>`;
}
