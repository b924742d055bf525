import type { Actor } from '../domain/onboarding/actor.ts';
import { noDraft } from '../domain/onboarding/draft.ts';
import { contactsWithout, rolesInContacts } from '../domain/onboarding/named-contacts.ts';
import { isActive, type Person } from '../domain/onboarding/people.ts';
import * as transitions from '../domain/onboarding/transitions/own-person.ts';
import type { QuestionId } from '../domain/questionnaire/answers.ts';
import type { ContactRole } from '../domain/questionnaire/option-codes.ts';
import type { Links } from '../platform/links.ts';
import type { Store } from '../store/store.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** An answer that someone saved last. */
interface OwnAnswer {
  readonly question: QuestionId;
  /** Instant, ISO 8601. */
  readonly at: string;
}

/** What is held on someone who was named. */
export interface PersonData {
  readonly person: Person;
  /** Who has named them. */
  readonly namedBy: 'contact' | 'deputy';
  /** As what the organisation names them in its answers. */
  readonly contacts: readonly ContactRole[];
  readonly answers: readonly OwnAnswer[];
}

export async function personData(
  { store }: { readonly store: Store },
  reference: string,
  person: Person,
): Promise<PersonData> {
  const [draft = noDraft, submission] = await Promise.all([
    store.dossiers.draft(reference),
    store.dossiers.submission(reference),
  ]);
  const saved = draft.saved.get('E5');
  const contacts = [saved?.value ?? saved?.unfinished, submission?.answers.E5].flatMap((each) =>
    rolesInContacts(each, person),
  );
  return {
    person,
    namedBy: person.namedBy === undefined ? 'contact' : 'deputy',
    contacts: [...new Set(contacts)],
    answers: [...draft.saved].flatMap(([question, { by, at }]) =>
      by === person.id ? [{ question, at }] : [],
    ),
  };
}

/**
 * Someone who was named corrects their own name or address.
 *
 * @throws what `changeOwnDetails` of the transitions throws
 */
export async function changeOwnDetails(
  { store, clock, links }: ApplicationDependencies & { readonly links: Links },
  reference: string,
  by: Person,
  changed: Pick<Person, 'name' | 'email'>,
): Promise<void> {
  const { id } = by;
  await changeOnboarding(store, reference, async ({ state }) => {
    const [people, { contactEmail }] = await Promise.all([
      store.people.of(reference),
      store.dossiers.intake(reference),
    ]);
    const facts = { people, contact: contactEmail, by, at: clock.now() };
    const tokenOf = (generation: number) => links.token(reference, generation, id);
    return transitions.changeOwnDetails(state, id, changed, tokenOf, facts, { kind: 'customer', id });
  });
}

/** Takes a person out of the contacts that the draft names. */
async function forgetInDraft({ dossiers }: Store, reference: string, person: Person): Promise<void> {
  for (;;) {
    const draft = await dossiers.draft(reference);
    const saved = draft?.saved.get('E5');
    const left = saved === undefined ? undefined : contactsWithout(saved, person);
    if (draft === undefined || left === undefined) return;
    // Answers were saved or submitted meanwhile: they are read again.
    if (await dossiers.saveAnswers(reference, draft, new Map([['E5', left]]))) return;
  }
}

/**
 * Erases what is held on someone who was named, at their own request; repeating it finishes one that was interrupted. The
 * person comes last: until then their link opens the page that asks for it.
 */
export async function erasePerson(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
  id: string,
): Promise<void> {
  const actor: Actor = { kind: 'customer', id };
  const known = await store.people.get(reference, id);
  if (known === undefined || !isActive(known)) return;
  await forgetInDraft(store, reference, known);
  await store.pendingPages.removeAll({ reference, person: id });
  await changeOnboarding(store, reference, async () => {
    const [person, submissions] = await Promise.all([
      store.people.get(reference, id),
      store.dossiers.submissions(reference),
    ]);
    return transitions.erasePerson(person, submissions, actor, clock.now());
  });
}
