import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import { submissionWithout } from '../named-contacts.ts';
import { isActive, type Person } from '../people.ts';
import type { Submission } from '../records.ts';
import type { OnboardingState } from '../state.ts';
import { refuseClosed } from '../waits.ts';
import { erasedText } from './erasure.ts';
import { type PeopleFacts, PersonNotFoundError, refuseTwice, withNewLink } from './people.ts';

/**
 * Someone who was named corrects their own details. Another address gets a link of its own, and the old one ends with its
 * sessions; another name alone changes nothing else. Undefined when nothing is different.
 *
 * @param tokenOf the secret part of the person's link by its generation
 * @throws OnboardingClosedError, PersonNotFoundError, AlreadyNamedError, PersonMailedTooOftenError
 */
export async function changeOwnDetails(
  state: OnboardingState,
  id: string,
  changed: Pick<Person, 'name' | 'email'>,
  tokenOf: (generation: number) => Promise<string>,
  facts: PeopleFacts,
  actor: Actor,
): Promise<Change | undefined> {
  refuseClosed(state);
  const person = facts.people.find((each) => each.id === id);
  if (person === undefined || !isActive(person)) throw new PersonNotFoundError();
  const fields = (['name', 'email'] as const).filter((field) => changed[field] !== person[field]);
  if (fields.length === 0) return undefined;
  const event = { type: 'PERSON_CHANGED', actor, data: { person: id, role: person.role, fields } } as const;
  if (!fields.includes('email'))
    return { event, effects: [{ kind: 'put_person', person: { ...person, ...changed } }] };
  refuseTwice(facts, changed.email, id);
  return { event, ...(await withNewLink({ ...person, ...changed }, tokenOf, facts)) };
}

/** What is left of a person: that there was one, what they were asked for, and when. */
function withoutData(person: Person, at: string): Person {
  const { id, role, office, sections, generation, invitedAt, revokedAt = at } = person;
  return {
    ...{ id, role, sections, generation, invitedAt, revokedAt },
    ...(office === undefined ? {} : { office }),
    ...{ erasedAt: at, name: erasedText, email: erasedText, linkMails: [] },
  };
}

/**
 * Erases what is held on someone who was named, when they ask for it: the link ends with its sessions, mails on their way
 * are dropped, and no submission names them any more. Their answers stay: they are the organisation's. Undefined when it
 * was done before.
 */
export function erasePerson(
  person: Person | undefined,
  submissions: readonly Submission[],
  actor: Actor,
  at: Date,
): Change | undefined {
  if (person === undefined || person.erasedAt !== undefined) return undefined;
  const [last, ...former] = submissions.map((submission) => submissionWithout(submission, person));
  return {
    onClosed: true,
    event: { type: 'PERSON_ERASED', actor, data: { person: person.id, role: person.role } },
    effects: [
      { kind: 'put_person', person: withoutData(person, at.toISOString()) },
      ...(last === undefined ? [] : [{ kind: 'redact_submissions', last, former } as const]),
    ],
  };
}
