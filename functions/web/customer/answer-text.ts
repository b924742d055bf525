import { isCalendarDate } from '../../domain/calendar-date.ts';
import type { FieldInput, Input, Option } from '../../domain/input/input.ts';
import { isFields, ownValue } from '../../domain/input/read-input.ts';
import type { Site } from '../../domain/platform-configuration.ts';
import type { Answers } from '../../domain/questionnaire/answers.ts';
import type { Question } from '../../domain/questionnaire/question.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { numberText } from '../shared/layout/numbers.ts';
import type { View } from '../shared/layout/view.ts';

function optionText(view: View, options: readonly Option[], value: unknown): string {
  const option = options.find(({ code }) => code === String(value));
  return option === undefined ? String(value) : view.t(option.label);
}

/** A date in words; as it was typed when it is none. */
function dateText(view: View, value: unknown): string {
  const typed = value === undefined ? '…' : String(value);
  return isCalendarDate(typed) ? dayText(view, typed) : typed;
}

function fieldText(view: View, input: FieldInput, value: unknown, sites: readonly Site[]): string {
  switch (input.kind) {
    case 'one':
      return optionText(view, input.options, value);
    case 'integer':
      return typeof value === 'number' ? numberText(view, value) : String(value);
    case 'date':
      return dateText(view, value);
    case 'site': {
      const site = sites.find(({ code }) => code === value);
      return site === undefined ? view.t({ fr: 'Sans préférence', en: 'No preference' }) : view.t(site.label);
    }
  }
}

function linesOf(view: View, input: Input, value: unknown, sites: readonly Site[]): readonly string[] {
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

function rangeLines(view: View, value: unknown): readonly string[] {
  const ranges = Array.isArray(value) ? value.filter(isFields) : [];
  if (ranges.length === 0) return [view.t({ fr: 'Aucune', en: 'None' })];
  return ranges.map((range) => {
    const [from, to] = [dateText(view, ownValue(range, 'from')), dateText(view, ownValue(range, 'to'))];
    return view.t({ fr: `Du ${from} au ${to}`, en: `From ${from} to ${to}` });
  });
}

/** An answer in words, on one line. */
export function answerLine(view: View, { input }: Question, value: unknown, sites: readonly Site[]): string {
  if (value === undefined) return view.t({ fr: 'pas de réponse', en: 'no answer' });
  return linesOf(view, input, value, sites).join(view.t({ fr: ' ; ', en: '; ' }));
}

/** An answer in words; undefined when there is none. */
export function answerText(
  view: View,
  { id, input }: Question,
  answers: Answers,
  sites: readonly Site[],
): Html | undefined {
  const value = answers[id];
  if (value === undefined) return undefined;
  const lines = linesOf(view, input, value, sites);
  return html`${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}`;
}
