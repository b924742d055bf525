import { formatDate, isCalendarDate } from '../calendar-date.ts';
import { bandLabel, findBand } from '../input/figure.ts';
import type { FieldInput, Input, Option } from '../input/input.ts';
import { isFields, ownValue } from '../input/read-input.ts';
import type { Site } from '../platform-configuration.ts';
import { formatNumber, type Language, type Text } from '../text.ts';
import { unknown } from './question.ts';

/** Who reads the words: in which language, and how a text is set in it. */
export interface Reader {
  readonly language: Language;
  readonly t: (text: Text) => string;
}

function optionText(view: Reader, options: readonly Option[], value: unknown): string {
  const option = options.find(({ code }) => code === String(value));
  return option === undefined ? String(value) : view.t(option.label);
}

/** A date in words; as it was typed when it is none. */
function dateText(view: Reader, value: unknown): string {
  const typed = value === undefined ? '…' : String(value);
  return isCalendarDate(typed) ? formatDate(typed, view.language) : typed;
}

/** A number as it is known; as it was typed when it is none. */
function figureText(view: Reader, value: unknown): string {
  if (value === 'unknown') return view.t(unknown);
  const band = findBand(value);
  if (band !== undefined) return view.t(bandLabel(band));
  return typeof value === 'number' ? formatNumber(value, view.language) : String(value);
}

function fieldText(view: Reader, input: FieldInput, value: unknown, sites: readonly Site[]): string {
  switch (input.kind) {
    case 'one':
      return optionText(view, input.options, value);
    case 'integer':
      return typeof value === 'number' ? formatNumber(value, view.language) : String(value);
    case 'figure':
      return figureText(view, value);
    case 'date':
      return value === 'unknown' ? view.t(unknown) : dateText(view, value);
    case 'site': {
      const site = sites.find(({ code }) => code === value);
      return site === undefined ? view.t({ fr: 'Sans préférence', en: 'No preference' }) : view.t(site.label);
    }
  }
}

/** An answer in words, one line for each part; the site of a question is named as the platform does. */
export function answerLines(
  view: Reader,
  input: Input,
  value: unknown,
  sites: readonly Site[],
): readonly string[] {
  const colon = view.t({ fr: ' : ', en: ': ' });
  switch (input.kind) {
    case 'many':
      return Array.isArray(value) ? value.map((code) => optionText(view, input.options, code)) : [];
    case 'scale':
      return [optionText(view, input.options, value)];
    case 'attestation':
      return [view.t({ fr: 'Attestée', en: 'Attested' })];
    case 'group':
      return input.parts.flatMap(({ name, label, input: field }) => {
        const part = isFields(value) ? ownValue(value, name) : undefined;
        return part === undefined ? [] : [`${view.t(label)}${colon}${fieldText(view, field, part, sites)}`];
      });
    case 'contacts':
      return input.roles.flatMap(({ code, label }) => {
        const contact = isFields(value) ? ownValue(value, code) : undefined;
        if (!isFields(contact)) return [];
        const given = [ownValue(contact, 'name'), ownValue(contact, 'email')].filter(
          (one) => one !== undefined,
        );
        return [`${view.t(label)}${colon}${given.join(', ')}`];
      });
    case 'ranges':
      return rangeLines(view, value);
    default:
      return [fieldText(view, input, value, sites)];
  }
}

function rangeLines(view: Reader, value: unknown): readonly string[] {
  const ranges = Array.isArray(value) ? value.filter(isFields) : [];
  if (ranges.length === 0) return [view.t({ fr: 'Aucune', en: 'None' })];
  return ranges.map((range) => {
    const [from, to] = [dateText(view, ownValue(range, 'from')), dateText(view, ownValue(range, 'to'))];
    return view.t({ fr: `Du ${from} au ${to}`, en: `From ${from} to ${to}` });
  });
}
