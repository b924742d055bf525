import { isBlank } from '../../domain/input/plain-text.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { readMail, readName } from '../../domain/input/read-text.ts';
import type { Person } from '../../domain/onboarding/people.ts';
import type { SectionId } from '../../domain/questionnaire/question.ts';
import { sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes, textField } from '../shared/layout/fields.ts';
import { type Html, html } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { sectionTitle } from './question-page.ts';

const nameLabel: Text = { fr: 'Prénom et nom', en: 'Full name' };
const mailLabel: Text = { fr: 'Adresse électronique professionnelle', en: 'Work email address' };

/** The details of a person as they are typed. */
export interface TypedPerson {
  readonly name: string;
  readonly email: string;
  readonly sections: readonly string[];
}

export function typedIn(form: FormFields): TypedPerson {
  return {
    name: form.get('name') ?? '',
    email: form.get('email') ?? '',
    sections: form.all('sections'),
  };
}

export function personFields(view: View, typed: TypedPerson, problems: readonly Problem[]): Html {
  return html`${textField(view, {
    name: 'name',
    label: nameLabel,
    value: typed.name,
    problem: problemOf(problems, 'name'),
  })}${textField(view, {
    name: 'email',
    type: 'email',
    label: mailLabel,
    hint: {
      fr: 'Une adresse nominative : le lien qui y arrive ouvre des réponses.',
      en: 'The address of one person: the link sent there opens answers.',
    },
    value: typed.email,
    problem: problemOf(problems, 'email'),
  })}`;
}

export function sectionsField(view: View, typed: TypedPerson, problems: readonly Problem[]): Html {
  return checkboxes(view, {
    name: 'sections',
    label: { fr: 'Quelles parties ?', en: 'Which sections?' },
    choices: sections.map((section) => ({ value: section.id, label: sectionTitle(section) })),
    values: typed.sections,
    problem: problemOf(problems, 'sections'),
  });
}

type Read = { readonly value: Pick<Person, 'name' | 'email'> } | { readonly problems: readonly Problem[] };

/** Name and address by the rules of intake. */
export function readPerson({ name, email }: TypedPerson): Read {
  const named = isBlank(name) ? ({ problem: 'missing' } as const) : readName(name);
  const mailed = isBlank(email) ? ({ problem: 'missing' } as const) : readMail(email);
  if ('value' in named && 'value' in mailed) return { value: { name: named.value, email: mailed.value } };
  return {
    problems: [
      ...('problem' in named ? [fieldProblem('name', nameLabel, named.problem)] : []),
      ...('problem' in mailed ? [fieldProblem('email', mailLabel, mailed.problem)] : []),
    ],
  };
}

/** The sections that were ticked. */
export function readSections({ sections: ticked }: TypedPerson): readonly SectionId[] {
  return sections.map(({ id }) => id).filter((id) => ticked.includes(id));
}

export const noSection: Problem = {
  field: 'sections',
  message: { fr: 'Quelles parties : cochez-en au moins une.', en: 'Which sections: tick at least one.' },
};
