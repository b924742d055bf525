import type { Reading } from '../../application/reading.ts';
import { conditionTasks } from '../../domain/classification/condition-tasks.ts';
import type { ConditionCode } from '../../domain/classification/outcomes.ts';
import { awaitedFrom } from '../../domain/onboarding/own-questions.ts';
import { isActive, may, type Person, roleText } from '../../domain/onboarding/people.ts';
import { awaitsAnswers } from '../../domain/onboarding/person-reminders.ts';
import type { ResultRecord } from '../../domain/onboarding/records.ts';
import { wholeOf } from '../../domain/onboarding/reference.ts';
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
  if (person === undefined || !isActive(person)) return undefined;
  const namer = person.namedBy === undefined ? undefined : await reading.person(person.namedBy);
  const token = await links.token(wholeOf(state.reference), person.generation, person.id);
  return {
    person,
    context: {
      person: contextOf(person, namer, state.language),
      link: `${publicUrl}/f/${token}`,
      privacyUrl: `${publicUrl}/privacy`,
    },
  };
}

/** The conditions that a person may declare by the link. */
export function ownConditions(result: ResultRecord | undefined, person: Person): readonly ConditionCode[] {
  const tasks = result === undefined ? [] : conditionTasks(result);
  const own = tasks.filter(({ owner }) => may(person, { kind: 'declare', owners: [owner] }));
  return [...new Set(own.map(({ code }) => code))];
}

/** False once a person's part is complete, or no answers are awaited any more. */
export async function isPartAwaited(reading: Reading, person: Person): Promise<boolean> {
  const now = await reading.now();
  if (!awaitsAnswers(now)) return false;
  const { answers, before } = await reading.answers();
  return awaitedFrom(person, now.state, before, answers).length > 0;
}
