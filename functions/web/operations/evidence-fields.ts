import { isCalendarDate } from '../../domain/calendar-date.ts';
import { isPlainLine, showsNothing } from '../../domain/input/plain-text.ts';
import { fieldProblem, longestEvidence } from '../../domain/input/problem-texts.ts';
import type { Evidence } from '../../domain/onboarding/transitions/conditions.ts';
import type { Text } from '../../domain/text.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { dateField, textField } from '../shared/layout/fields.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

/** The lines that say what proves it and where that is kept. */
const lines = {
  title: {
    label: { fr: 'Titre du justificatif', en: 'Title of the evidence' },
    hint: {
      fr: 'Par exemple « Plan de sortie, version 2 ». N’écrivez ici ni contenu ni information protégée.',
      en: 'For example “Exit plan, version 2”. Write neither content nor protected information here.',
    },
  },
  reference: {
    label: { fr: 'Référence', en: 'Reference' },
    hint: {
      fr: 'Celle du registre où il est conservé.',
      en: 'Its reference in the register where it is kept.',
    },
  },
  keptBy: {
    label: { fr: 'Conservé par', en: 'Kept by' },
    hint: {
      fr: 'Le service ou la fonction, de préférence au nom d’une personne.',
      en: 'The service or the role, rather than the name of a person.',
    },
  },
} as const satisfies Readonly<Record<string, { readonly label: Text; readonly hint: Text }>>;
type Line = keyof typeof lines;

const date: Text = { fr: 'Date du justificatif', en: 'Date of the evidence' };

function lineProblem(name: Line, value: string): Problem | undefined {
  const { label } = lines[name];
  if (value === '') return fieldProblem(name, label, 'missing');
  if (!isPlainLine(value) || showsNothing(value)) return fieldProblem(name, label, 'not_text');
  if (value.length <= longestEvidence) return undefined;
  return {
    field: name,
    message: {
      fr: `${label.fr} : le texte dépasse ${longestEvidence} caractères ; raccourcissez-le.`,
      en: `${label.en}: the text exceeds ${longestEvidence} characters; shorten it.`,
    },
  };
}

/** Refuses a date typed in three fields. */
export function noSuchDate({ fr, en }: Text): Text {
  return {
    fr: `${fr} : cette date n’existe pas ; corrigez le jour, le mois ou l’année.`,
    en: `${en}: this date does not exist; correct the day, the month or the year.`,
  };
}

function dateProblem(given: string | undefined): Problem | undefined {
  if (given === undefined) return fieldProblem('date', date, 'missing');
  return isCalendarDate(given) ? undefined : { field: 'date', message: noSuchDate(date) };
}

/** Reads the evidence from the form. */
export function readEvidence(
  form: FormFields,
): { readonly value: Evidence } | { readonly problems: readonly Problem[] } {
  const line = (name: Line) => (form.get(name) ?? '').trim();
  const given = form.date('date');
  const value = {
    ...{ title: line('title'), reference: line('reference'), date: given ?? '', keptBy: line('keptBy') },
  };
  const problems = [
    lineProblem('title', value.title),
    lineProblem('reference', value.reference),
    dateProblem(given),
    lineProblem('keptBy', value.keptBy),
  ].filter((problem) => problem !== undefined);
  return problems.length > 0 ? { problems } : { value };
}

/** The fields of the evidence, with what was typed. */
export function evidenceFields(view: View, form: FormFields | undefined, problems: readonly Problem[]): Html {
  const line = (name: Line) =>
    textField(view, { name, ...lines[name], value: form?.get(name), problem: problemOf(problems, name) });
  return html`${line('title')}${line('reference')}${dateField(view, {
    name: 'date',
    label: date,
    value: form?.dateParts('date'),
    problem: problemOf(problems, 'date'),
  })}${line('keptBy')}`;
}
