import { NotExpectedNowError } from '../../errors.ts';
import type { Text } from '../../text.ts';
import { type Actor, system } from '../actor.ts';
import type { Change } from '../change.ts';
import { lifecycle } from '../lifecycle.ts';
import { countLinkMail, countLinkSentAgain } from '../link-mails.ts';
import type { Message } from '../messages.ts';
import type { IntakeRecord } from '../records.ts';
import type { OnboardingState } from '../state.ts';
import { refuseClosed } from '../waits.ts';
import type { PersonalLink } from './answers.ts';

/** The mail with the link: the invitation while answers are expected, later the link to the status page. */
function mailWithLink({ stage }: OnboardingState): Message {
  const answering = lifecycle[stage].wait === 'answers';
  return { kind: 'mail', template: answering ? 'invitation' : 'own_link', to: 'customer' };
}

/** @throws OnboardingClosedError, NotExpectedNowError before the first invitation. */
function refuseWithoutLink(state: OnboardingState, asked: Text): void {
  refuseClosed(state);
  if (state.link === 0) throw new NotExpectedNowError(asked, lifecycle[state.stage].label);
}

/** A contact or an address to write to from now on. */
export interface ContactChange {
  readonly contactName?: string;
  readonly contactEmail?: string;
}

interface ContactFacts {
  readonly intake: IntakeRecord;
  /** The link that replaces the present one, if there is one. */
  readonly link: PersonalLink | undefined;
  readonly at: Date;
}

/**
 * Changes whom the system writes to. The old link is replaced, if there is one: it can no longer be used. A mistyped
 * address may be corrected at once, but each correction sends a mail: they are counted.
 *
 * @throws OnboardingClosedError, LinkMailedTooOftenError
 */
export function changeContact(
  state: OnboardingState,
  change: ContactChange,
  { intake, link, at }: ContactFacts,
  actor: Actor,
): Change {
  refuseClosed(state);
  const changed = { ...intake, ...change };
  return {
    set: {
      ...(link === undefined ? {} : { link: link.generation, linkMails: countLinkMail(state.linkMails, at) }),
      mailBounced: undefined,
      // What the former contact was reminded of today, the new one was not.
      remindedOn: undefined,
    },
    event: { type: 'CONTACT_CHANGED', actor, data: { fields: Object.keys(change) } },
    messages: link === undefined ? [] : [mailWithLink(state)],
    effects: [
      { kind: 'put_intake', intake: changed },
      { kind: 'move_mail_lookup', from: intake.contactEmail, to: changed.contactEmail },
      ...(link === undefined ? [] : [{ kind: 'put_link', ...link } as const]),
    ],
  };
}

/**
 * Sends the link again: with the invitation, or after the questionnaire with the mail that leads to the status page.
 *
 * @throws OnboardingClosedError, LinkMailedTooOftenError, NotExpectedNowError before the first invitation.
 */
export function resendInvitation(state: OnboardingState, reason: string, actor: Actor, at: Date): Change {
  refuseWithoutLink(state, { fr: 'Renvoyer le lien', en: 'Resending the link' });
  return {
    set: { linkMails: countLinkSentAgain(state.linkMails, at) },
    event: { type: 'INVITATION_SENT_AGAIN', actor, reason },
    messages: [mailWithLink(state)],
  };
}

/**
 * Revokes the personal link and every session opened with it at once. Nothing is sent: the next mail to the
 * contact, the link sent again or a reminder, carries the link that replaces it.
 *
 * @throws OnboardingClosedError, NotExpectedNowError before the first invitation.
 */
export function revokeLink(state: OnboardingState, link: PersonalLink, reason: string, actor: Actor): Change {
  refuseWithoutLink(state, { fr: 'Révoquer le lien', en: 'Revoking the link' });
  return {
    set: { link: link.generation, linkRevoked: true },
    event: { type: 'LINK_REVOKED', actor, reason },
    effects: [{ kind: 'put_link', ...link }],
  };
}

/** A mail that did not reach the customer, or was not wanted. */
export interface UndeliveredMail {
  readonly mail: string;
  readonly why: 'bounce' | 'complaint' | 'reject';
  readonly bounceType?: 'Permanent' | 'Transient' | 'Undetermined';
}

/**
 * Records that the account owner's address refuses mail for good: from now on the customer's answers go to the
 * operators. Undefined for a mail that may arrive another time, and when it is on record.
 */
export function recordOwnerUnreachable(
  { ownerUnreachable }: OnboardingState,
  { mail, bounceType }: UndeliveredMail,
): Change | undefined {
  if (ownerUnreachable === true || bounceType !== 'Permanent') return undefined;
  return {
    set: { ownerUnreachable: true },
    event: { type: 'OWNER_MAIL_NOT_DELIVERED', actor: system, data: { mail } },
  };
}

/** Records that mail does not reach the customer's contact: sales must act until the contact is changed. */
export function recordUndeliveredMail(undelivered: UndeliveredMail): Change {
  return {
    set: { mailBounced: true },
    event: { type: 'MAIL_NOT_DELIVERED', actor: system, data: undelivered },
    messages: [
      {
        kind: 'mail',
        template: undelivered.why === 'complaint' ? 'owner_mail_unwanted' : 'owner_mail_not_delivered',
        to: 'owner',
      },
    ],
  };
}
