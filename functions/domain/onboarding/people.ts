import type { ConditionOwner } from '../classification/conditions.ts';
import { ownerLabels } from '../classification/owner-labels.ts';
import type { Question, SectionId } from '../questionnaire/question.ts';
import type { Text } from '../text.ts';

/** What a person was named for; the *respondent* is the contact of the onboarding and is no person of this list. */
export const personRoles = ['deputy', 'invitee', 'integrator'] as const;
export type PersonRole = (typeof personRoles)[number];

/** The functions in an organisation that own questions of the form. */
export const offices = ['ciso', 'dpo', 'cio'] as const;
export type Office = (typeof offices)[number];

/** Why an operator revokes the access of someone: codes, because what people type about it tends to name the person. */
export const revocationReasons = ['wrong_person', 'left', 'link_disclosed', 'asked_by_organisation'] as const;
export type RevocationReason = (typeof revocationReasons)[number];

/** What decides the rights of whoever acts for a customer. */
export interface Acting {
  readonly role: 'respondent' | PersonRole;
  /** An invitee answers the questions that its office owns, in any section. */
  readonly office?: Office | undefined;
  /** Sections that an invitee answers whole. */
  readonly sections?: readonly SectionId[] | undefined;
  /** While submitted answers are corrected: the only sections in which someone who was named for a part may answer. */
  readonly reopened?: readonly SectionId[] | undefined;
}

/** Someone whom the customer has named, with a personal link of their own. */
export interface Person extends Acting {
  /** `P1`, `P2`...: also the id of the actor in answers and events. */
  readonly id: string;
  readonly role: PersonRole;
  readonly sections: readonly SectionId[];
  readonly name: string;
  readonly email: string;
  /** Generation of the personal link: another address or name is another generation. */
  readonly generation: number;
  /** Instant, ISO 8601, as all below. */
  readonly invitedAt: string;
  /** Id of the deputy who has named them; absent when the contact has. */
  readonly namedBy?: string | undefined;
  /** When the link was opened first. */
  readonly openedAt?: string | undefined;
  readonly revokedAt?: string | undefined;
  /** Why an operator has revoked it; absent when the customer has. */
  readonly revokedFor?: RevocationReason | undefined;
  /** The last mail with the link did not arrive. */
  readonly mailBounced?: true | undefined;
  /** When everything held on them was erased, at their request. */
  readonly erasedAt?: string | undefined;
  /** When the link was mailed on request, in the day up to the last time: how often it may be is limited. */
  readonly linkMails: readonly string[];
  /** Calendar day of the last reminder of anything: once a day is enough. */
  readonly remindedOn?: string | undefined;
  /** The reminders of their part: how many so far, and the calendar day of the last. */
  readonly partReminders?: { readonly times: number; readonly on: string } | undefined;
  /** Calendar day on which it is next looked at whether to remind them; absent until the first look. */
  readonly lookAgainOn?: string | undefined;
}

export const respondent: Acting = { role: 'respondent' };

/** The sections that an integrator helps with: services, sizes and maturity, never what is sensitive. */
const ofIntegrator: readonly SectionId[] = ['C', 'D'];

/** What someone may do with an onboarding, or see of it. */
export type Act =
  /** Its stage and its dates. */
  | { readonly kind: 'see_state' }
  /** To see and to save the answer to a question. */
  | { readonly kind: 'answer'; readonly question: Pick<Question, 'id' | 'owner' | 'section'> }
  | { readonly kind: 'declare'; readonly owners: readonly ConditionOwner[] }
  /** The result with its reasons, and the history. */
  | { readonly kind: 'see_result' }
  /** Everything that binds the organisation: submission, date, end, all answers, what is held of it. */
  | { readonly kind: 'decide' }
  /** To name, to correct and to revoke someone. */
  | { readonly kind: 'name'; readonly role: PersonRole };

/**
 * The rights of a role, in one place: what is not admitted here is refused everywhere. A deputy does everything but name
 * deputies; an invitee answers and declares what is its own; an integrator answers sections C and D and sees the dates.
 */
export function may({ role, office, sections = [], reopened }: Acting, act: Act): boolean {
  if (role === 'respondent') return true;
  if (role === 'deputy') return !(act.kind === 'name' && act.role === 'deputy');
  switch (act.kind) {
    case 'see_state':
      return true;
    case 'answer': {
      const { id, owner, section } = act.question;
      // The attestation is of whoever submits.
      if (id === 'E6') return false;
      if (reopened?.includes(section) === false) return false;
      if (role === 'integrator') return ofIntegrator.includes(section);
      return owner === office || sections.includes(section);
    }
    case 'declare':
      return role === 'invitee' && office !== undefined && act.owners.includes(office);
    default:
      return false;
  }
}

/** True for whoever speaks for the organisation as a whole. */
export function speaksForAll(acting: Acting): boolean {
  return may(acting, { kind: 'decide' });
}

export function isActive({ revokedAt }: Pick<Person, 'revokedAt'>): boolean {
  return revokedAt === undefined;
}

export const roleLabels: Readonly<Record<PersonRole, Text>> = {
  deputy: { fr: 'Suppléant du contact principal', en: 'Deputy of the main contact' },
  invitee: { fr: 'Collègue invité', en: 'Invited colleague' },
  integrator: { fr: 'Intégrateur', en: 'Integrator' },
};

/** Who did something, once nothing is held on them any more. */
export const erasedPerson: Text = {
  fr: 'une personne dont les données ont été effacées',
  en: 'a person who has had their data erased',
};

/** The role of a person in words: an office is better known than an invitation. */
export function roleText({ role, office }: Pick<Person, 'role' | 'office'>): Text {
  return role === 'invitee' && office !== undefined ? ownerLabels[office] : roleLabels[role];
}
