import type { Reading } from '../../application/reading.ts';
import { isActive, type Person, roleText } from '../../domain/onboarding/people.ts';
import { type Language, midSentence } from '../../domain/text.ts';
import type { Links } from '../../platform/links.ts';
import type { MailContext } from './mails/mail-context.ts';

/** What a mail to a person says of them; undefined once they may not be written to any more. */
export interface PersonOfMail {
  readonly person: Person;
  readonly context: Pick<MailContext, 'person' | 'link' | 'privacyUrl'>;
}

function contextOf(
  person: Person,
  namer: Person | undefined,
  language: Language,
): NonNullable<MailContext['person']> {
  const { role, sections, name } = person;
  return {
    role,
    name,
    label: midSentence(roleText(person))[language],
    ...(namer === undefined ? {} : { namedBy: namerText(namer, language) }),
    ...(sections.length === 0 ? {} : { sections: sections.join(', ') }),
  };
}

/** The deputy who has named someone; by role alone once nothing is held on them. */
function namerText(namer: Person, language: Language): string {
  return namer.erasedAt === undefined ? namer.name : roleText(namer)[language];
}

/** The person that a mail is for, with the link as it is when the mail leaves: whoever was revoked meanwhile gets none. */
export async function personOfMail(
  reading: Reading,
  id: string | undefined,
  { links, publicUrl }: { readonly links: Links; readonly publicUrl: string },
): Promise<PersonOfMail | undefined> {
  const { state } = await reading.now();
  const person = id === undefined ? undefined : await reading.person(id);
  if (person === undefined || !isActive(person) || state.stage === 'CLOSED') return undefined;
  const namer = person.namedBy === undefined ? undefined : await reading.person(person.namedBy);
  const token = await links.token(state.reference, person.generation, person.id);
  return {
    person,
    context: {
      person: contextOf(person, namer, state.language),
      link: `${publicUrl}/f/${token}`,
      privacyUrl: `${publicUrl}/privacy`,
    },
  };
}
