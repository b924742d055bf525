import { BusinessError } from '../../errors.ts';
import { day, minute } from '../../time.ts';
import { MailedTooOftenError, secondsUntil } from '../../too-often.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import { type Acting, isActive, may, type Person, type RevocationReason } from '../people.ts';
import type { OnboardingState } from '../state.ts';
import { refuseClosed } from '../waits.ts';

/** The most persons who have a link of an onboarding at the same time. */
export const mostPersons = 20;
/** The most mails with a link that the persons of an onboarding are sent on request in 24 hours. */
export const personMailsADay = 30;

/** Someone to be named, as the form says it. */
export type NewPerson = Pick<Person, 'role' | 'office' | 'sections' | 'name' | 'email'>;

/** Who asks for it, and what is stored of the others: read after the state, whose version guards all of them. */
export interface PeopleFacts {
  readonly people: readonly Person[];
  /** Address of the contact, who needs no second link. */
  readonly contact: string;
  readonly by: Acting;
  readonly at: Date;
}

export class PersonNotFoundError extends BusinessError {
  readonly code = 'person_not_found';

  constructor() {
    super({
      fr: 'Cette personne n’a pas, ou n’a plus, accès à votre dossier. Rien n’a changé.',
      en: 'This person does not have access to your onboarding, or no longer has. Nothing was changed.',
    });
  }
}

export class NotForThisRoleError extends BusinessError {
  readonly code = 'not_for_this_role';

  constructor() {
    super({
      fr: 'Seul le contact principal nomme un suppléant, corrige ses coordonnées ou lui retire son accès. Rien n’a changé.',
      en: 'Only the main contact names a deputy, corrects their details or revokes their access. Nothing was changed.',
    });
  }
}

export class AlreadyNamedError extends BusinessError {
  readonly code = 'already_named';

  constructor(name: string | undefined) {
    super(
      name === undefined
        ? {
            fr: 'Cette adresse est celle de votre contact principal, qui a déjà accès à tout le dossier. Indiquez celle d’une autre personne.',
            en: 'This is the address of your main contact, who has access to the whole onboarding already. Enter another person’s address.',
          }
        : {
            fr: `${name} a déjà un accès à cette adresse. Renvoyez-lui son lien, ou retirez-lui son accès avant de lui en donner un autre.`,
            en: `${name} already has access at this address. Send the link again, or revoke the access before you give another one.`,
          },
    );
  }
}

export class TooManyPersonsError extends BusinessError {
  readonly code = 'too_many_persons';

  constructor() {
    super({
      fr: `${mostPersons} personnes ont déjà accès à votre dossier ; c’est le maximum. Retirez l’accès d’une personne qui n’en a plus besoin, puis recommencez.`,
      en: `${mostPersons} people have access to your onboarding, which is the maximum. Revoke the access of someone who no longer needs it, then try again.`,
    });
  }
}

export class PersonMailedTooOftenError extends MailedTooOftenError {
  constructor(due: number, at: Date) {
    const retryAfter = secondsUntil(due, at);
    const hours = Math.ceil(retryAfter / 3_600);
    super(
      retryAfter,
      retryAfter <= 60
        ? {
            fr: `Un lien vient d’être envoyé à cette personne. Attendez ${retryAfter} s, puis recommencez.`,
            en: `A link has just been sent to this person. Wait ${retryAfter} s, then try again.`,
          }
        : {
            fr: `${personMailsADay} liens ont déjà été envoyés en 24 heures ; c’est le maximum. Recommencez dans ${hours} h.`,
            en: `${personMailsADay} links have already been sent in 24 hours, which is the maximum. Try again in ${hours} h.`,
          },
    );
  }
}

function lastDay(instants: readonly string[], at: Date): readonly string[] {
  return instants.filter((instant) => Date.parse(instant) > at.getTime() - day);
}

/** @throws PersonMailedTooOftenError for one mail too many to all of them in a day. */
function refuseTooManyMails({ people, at }: PeopleFacts): void {
  const sent = lastDay(
    people.flatMap(({ linkMails }) => linkMails),
    at,
  ).toSorted();
  const [oldest] = sent.slice(-personMailsADay);
  if (sent.length < personMailsADay || oldest === undefined) return;
  throw new PersonMailedTooOftenError(Date.parse(oldest) + day, at);
}

/** @throws AlreadyNamedError for the address of someone else who has a link. */
export function refuseTwice({ people, contact }: PeopleFacts, email: string, id?: string): void {
  const same = (other: string) => other.toLowerCase() === email.toLowerCase();
  if (same(contact)) throw new AlreadyNamedError(undefined);
  const other = people.find((person) => isActive(person) && person.id !== id && same(person.email));
  if (other !== undefined) throw new AlreadyNamedError(other.name);
}

/** @throws PersonNotFoundError, NotForThisRoleError */
function personToChange({ people, by }: Pick<PeopleFacts, 'people' | 'by'>, id: string): Person {
  const person = people.find((each) => each.id === id);
  if (person === undefined || !isActive(person)) throw new PersonNotFoundError();
  if (!may(by, { kind: 'name', role: person.role })) throw new NotForThisRoleError();
  return person;
}

/** The id of the next person: those who were revoked keep theirs. */
export function nextPersonId({ persons = 0 }: Pick<OnboardingState, 'persons'>): string {
  return `P${persons + 1}`;
}

/**
 * Names someone: the person and the mail with the link are stored together.
 *
 * @param token the secret part of the link of {@link nextPersonId}, generation 1
 * @throws OnboardingClosedError, NotForThisRoleError, AlreadyNamedError, TooManyPersonsError, PersonMailedTooOftenError
 */
export function invitePerson(
  state: OnboardingState,
  named: NewPerson,
  token: string,
  facts: PeopleFacts,
  actor: Actor,
): Change {
  refuseClosed(state);
  if (!may(facts.by, { kind: 'name', role: named.role })) throw new NotForThisRoleError();
  refuseTwice(facts, named.email);
  if (facts.people.filter(isActive).length >= mostPersons) throw new TooManyPersonsError();
  refuseTooManyMails(facts);
  const at = facts.at.toISOString();
  const id = nextPersonId(state);
  const person: Person = {
    ...{ ...named, id, generation: 1, invitedAt: at, linkMails: [at] },
    ...(facts.by.role === 'deputy' ? { namedBy: actor.id } : {}),
  };
  return {
    set: { persons: (state.persons ?? 0) + 1 },
    event: { type: 'PERSON_INVITED', actor, data: { person: id, role: person.role } },
    messages: [{ kind: 'mail', template: 'person_invitation', to: 'person', person: id }],
    effects: [
      { kind: 'put_person', person },
      { kind: 'put_link', token, generation: 1, person: id },
    ],
  };
}

/**
 * The next link of a person, with the mail that brings it. The old one and its sessions end.
 *
 * @throws PersonMailedTooOftenError
 */
export async function withNewLink(
  person: Person,
  tokenOf: (generation: number) => Promise<string>,
  facts: PeopleFacts,
): Promise<Pick<Change, 'effects' | 'messages'>> {
  refuseTooManyMails(facts);
  const { openedAt: _, mailBounced: __, id, ...same } = person;
  const generation = person.generation + 1;
  const linkMails = [...lastDay(person.linkMails, facts.at), facts.at.toISOString()];
  return {
    messages: [{ kind: 'mail', template: 'person_invitation', to: 'person', person: id }],
    effects: [
      { kind: 'put_person', person: { ...same, id, generation, linkMails } },
      { kind: 'put_link', token: await tokenOf(generation), generation, person: id },
    ],
  };
}

/**
 * Corrects the name or the address of a person: the old link and its sessions end, a new link is mailed. Undefined when
 * nothing is different.
 *
 * @param tokenOf the secret part of the person's link by its generation
 * @throws OnboardingClosedError, PersonNotFoundError, NotForThisRoleError, AlreadyNamedError, PersonMailedTooOftenError
 */
export async function changePerson(
  state: OnboardingState,
  id: string,
  changed: Pick<Person, 'name' | 'email'>,
  tokenOf: (generation: number) => Promise<string>,
  facts: PeopleFacts,
  actor: Actor,
): Promise<Change | undefined> {
  refuseClosed(state);
  const person = personToChange(facts, id);
  const fields = (['name', 'email'] as const).filter((field) => changed[field] !== person[field]);
  if (fields.length === 0) return undefined;
  refuseTwice(facts, changed.email, id);
  const event = { type: 'PERSON_CHANGED', actor, data: { person: id, role: person.role, fields } } as const;
  return { event, ...(await withNewLink({ ...person, ...changed }, tokenOf, facts)) };
}

/**
 * Sends a person the link again.
 *
 * @throws OnboardingClosedError, PersonNotFoundError, NotForThisRoleError, PersonMailedTooOftenError
 */
export function resendPersonLink(
  state: OnboardingState,
  id: string,
  facts: PeopleFacts,
  actor: Actor,
): Change {
  refuseClosed(state);
  const person = personToChange(facts, id);
  const last = person.linkMails.at(-1);
  if (last !== undefined && Date.parse(last) > facts.at.getTime() - minute) {
    throw new PersonMailedTooOftenError(Date.parse(last) + minute, facts.at);
  }
  refuseTooManyMails(facts);
  const linkMails = [...lastDay(person.linkMails, facts.at), facts.at.toISOString()];
  const { mailBounced: _, ...same } = person;
  return {
    event: { type: 'PERSON_LINK_SENT_AGAIN', actor, data: { person: id, role: person.role } },
    messages: [{ kind: 'mail', template: 'person_invitation', to: 'person', person: id }],
    effects: [{ kind: 'put_person', person: { ...same, linkMails } }],
  };
}

/**
 * Ends the link of a person and every session opened with it, at once. What the person has answered stays. Undefined when
 * that was done before.
 *
 * @throws OnboardingClosedError, PersonNotFoundError, NotForThisRoleError
 */
export function revokePerson(
  state: OnboardingState,
  id: string,
  facts: Pick<PeopleFacts, 'people' | 'by' | 'at'>,
  actor: Actor,
): Change | undefined {
  refuseClosed(state);
  if (facts.people.some((person) => person.id === id && !isActive(person))) return undefined;
  const person = personToChange(facts, id);
  return {
    event: { type: 'PERSON_REVOKED', actor, data: { person: id, role: person.role } },
    effects: [{ kind: 'put_person', person: { ...person, revokedAt: facts.at.toISOString() } }],
  };
}

/**
 * An operator ends the link of a person and every session opened with it, at once; what the person has answered stays.
 * Undefined when that was done before.
 *
 * @throws OnboardingClosedError, PersonNotFoundError
 */
export function revokePersonAsOperator(
  state: OnboardingState,
  id: string,
  reason: RevocationReason,
  { people, at }: Pick<PeopleFacts, 'people' | 'at'>,
  actor: Actor,
): Change | undefined {
  refuseClosed(state);
  const person = people.find((each) => each.id === id);
  if (person === undefined) throw new PersonNotFoundError();
  if (!isActive(person)) return undefined;
  return {
    event: { type: 'PERSON_REVOKED', actor, data: { person: id, role: person.role, reason } },
    effects: [{ kind: 'put_person', person: { ...person, revokedAt: at.toISOString(), revokedFor: reason } }],
  };
}

/**
 * Records that mail does not reach someone who was named: whoever named them sees it, and corrects the address. Undefined
 * when it is on record, or the person has no access any more.
 */
export function recordPersonUnreachable(person: Person, mail: string): Change | undefined {
  if (!isActive(person) || person.mailBounced === true) return undefined;
  return {
    event: {
      type: 'PERSON_MAIL_NOT_DELIVERED',
      actor: system,
      data: { person: person.id, role: person.role, mail },
    },
    effects: [{ kind: 'put_person', person: { ...person, mailBounced: true } }],
  };
}

/** Records that a person's link was opened for the first time; undefined for every other time. */
export function openPersonLink(
  { stage }: OnboardingState,
  person: Person | undefined,
  generation: number,
  actor: Actor,
  at: Date,
): Change | undefined {
  if (stage === 'CLOSED' || person === undefined) return undefined;
  if (!isActive(person) || person.generation !== generation) return undefined;
  if (person.openedAt !== undefined) return undefined;
  return {
    event: { type: 'PERSON_LINK_OPENED', actor, data: { person: person.id, role: person.role } },
    effects: [{ kind: 'put_person', person: { ...person, openedAt: at.toISOString() } }],
  };
}
