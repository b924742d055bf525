import { isFields } from '../input/read-input.ts';
import type { Answers, Contact } from '../questionnaire/answers.ts';
import { type ContactRole, contactRoles, mandatoryContactRoles } from '../questionnaire/option-codes.ts';
import type { Saved, SavedAnswer } from './draft.ts';
import { erasedPerson, type Person } from './people.ts';
import type { Submission } from './records.ts';
import { erasedText } from './transitions/erasure.ts';

type Named = Pick<Person, 'name' | 'email'>;

/** True for a contact with the address of a person, or the very name. */
function isSame(contact: unknown, { name, email }: Named): boolean {
  if (!isFields(contact)) return false;
  const [itsName, itsMail] = [contact['name'], contact['email']];
  return itsName === name || (typeof itsMail === 'string' && itsMail.toLowerCase() === email.toLowerCase());
}

/** As what an answer to E5, whole or not, names a person. */
export function rolesInContacts(contacts: unknown, person: Named): readonly ContactRole[] {
  if (!isFields(contacts)) return [];
  return contactRoles.filter((role) => isSame(contacts[role], person));
}

type Kept = Saved & Pick<SavedAnswer, 'value' | 'unfinished'>;

/**
 * A saved answer to E5 without a person: it is no longer whole where the form cannot do without that contact. Undefined
 * when it does not name them.
 */
export function contactsWithout({ at, by, value, unfinished }: SavedAnswer, person: Named): Kept | undefined {
  const named = rolesInContacts(value ?? unfinished, person);
  if (named.length === 0) return undefined;
  const given = value ?? unfinished;
  const left = isFields(given)
    ? Object.fromEntries(Object.entries(given).filter(([role]) => !named.some((each) => each === role)))
    : {};
  const isWhole = value !== undefined && !mandatoryContactRoles.some((role) => named.includes(role));
  return isWhole ? { at, by, value: left } : { at, by, unfinished: left };
}

function redacted(contacts: NonNullable<Answers['E5']>, person: Named): NonNullable<Answers['E5']> {
  const nobody: Contact = { name: erasedText, email: erasedText };
  return {
    ...contacts,
    ...Object.fromEntries(rolesInContacts(contacts, person).map((role) => [role, nobody])),
  };
}

/** A submission that names a person neither as a contact nor as who answered; what was answered stays. */
export function submissionWithout(submission: Submission, person: Named & Pick<Person, 'id'>): Submission {
  const { answers, circumstances } = submission;
  const E5 = answers.E5 === undefined ? undefined : redacted(answers.E5, person);
  const kept = { ...submission, answers: E5 === undefined ? answers : { ...answers, E5 } };
  if (circumstances === undefined) return kept;
  const { by, people, language } = circumstances;
  const text = erasedPerson[language];
  return {
    ...kept,
    circumstances: {
      ...circumstances,
      by: by === person.name ? text : by,
      ...(people?.[person.id] === undefined ? {} : { people: { ...people, [person.id]: text } }),
    },
  };
}
