import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { Outcome, ReviewKind } from '../../../domain/onboarding/lifecycle.ts';
import type { LostPlace, MailTemplate } from '../../../domain/onboarding/messages.ts';
import type { PersonRole } from '../../../domain/onboarding/people.ts';
import type { SilenceEnd } from '../../../domain/onboarding/silence.ts';
import type { Language, Text } from '../../../domain/text.ts';

/** A condition to clear, in the mail's language. */
export interface MailCondition {
  readonly label: string;
  readonly owners: readonly string[];
  /** Calendar day. */
  readonly due: string;
  /** While it is open, the go/no-go is normally a no-go. */
  readonly againstGo?: true;
  /** Its date before an operator has moved it, and why. */
  readonly moved?: { readonly from: string; readonly reason: string };
}

/**
 * What keeps an onboarding from going on as planned: the customer's answers, its silence while it prepares, a decision
 * of operators, or a place that it no longer has.
 */
export type Standstill = 'answers' | 'preparation' | 'decision' | 'place';

/** The facts a mail may state: never an answer of the questionnaire. Names are in the mail's language. */
export interface MailContext {
  readonly language: Language;
  readonly platform: string;
  /** The day on which it is written: what is left until a due date counts from it. */
  readonly today?: CalendarDate;
  readonly organisation: string;
  readonly reference: string;
  /** Code of the overseas territory that the organisation is in: its hours are said as well. */
  readonly territory?: string;
  /** For customers' mails only. */
  readonly contactName?: string;
  /** What the attached files do to the customer's calendar. */
  readonly calendar?: 'REQUEST' | 'CANCEL';
  /** The personal link. It holds a secret, so only mails that ask the customer to act contain it. */
  readonly link?: string;
  /** Six digits that show who its reader is. */
  readonly code?: string;
  /** The person that it is for, whom the contact has named; absent in mails to the contact. */
  readonly person?: {
    readonly role: PersonRole;
    readonly name: string;
    /** The role in words, in the mail's language. */
    readonly label: string;
    /** Name of the deputy who has named them; absent when the contact has. */
    readonly namedBy?: string;
    /** Sections that the person answers whole. */
    readonly sections?: string;
  };
  /** The privacy notice; in mails to persons. */
  readonly privacyUrl?: string;
  /** The status page, without a secret. */
  readonly statusUrl?: string;
  /** The public trust record of the platform. */
  readonly trustUrl?: string;
  /** The public page for mail administrators; in mails to staff. */
  readonly mailSetupUrl?: string;
  /** The onboarding's page for staff, without a secret. */
  readonly staffUrl?: string;
  /** The address that an answer to the mail reaches, for the customer's questions. */
  readonly contact?: string;
  /** Label of the current stage. */
  readonly stage?: string;
  /** Limit to answer, a calendar date or an instant; without one the mail asks for an answer soon. */
  readonly answerBy?: string;
  /** The customer may ask for no other date than the one that is held. */
  readonly noOtherDate?: true;
  /** The wave before the present one, and why it changed. */
  readonly movedFrom?: {
    readonly wave: string;
    /** What operators have written, if they have moved the customer. */
    readonly reason: string | undefined;
    /** Why it was given up otherwise, in mid-sentence. */
    readonly cause: string | undefined;
    readonly asked: boolean;
    /** Only the site has changed. */
    readonly sameDay: boolean;
  };
  /** What an operator has asked the customer to answer again: questions or sections in the mail's language. */
  readonly asked?: readonly string[];
  /** What the customer is to do now, besides its conditions. */
  /** Until when a correction that the customer has begun may be submitted. */
  readonly correctUntil?: string;
  readonly awaited?: 'place' | 'answers' | 'reassessment';
  /** While the customer talks first: the day until which its time to answer is paused. */
  readonly pausedUntil?: CalendarDate;
  /** What follows when the place is given back for want of an answer. */
  readonly silenceEnd?: SilenceEnd;
  /** The place that was lost, and by whose doing. */
  readonly lost?: { readonly wave: string; readonly by: LostPlace['by'] };
  /** What the customer has in place of the one that was lost. */
  readonly instead?: 'held' | 'listed' | 'reviewed';
  /** The part of a split onboarding that it is about. */
  readonly part?: {
    readonly number: number;
    readonly of: number;
    readonly scope: string;
    readonly users: string;
  };
  /** The parts that the onboarding was split into. */
  readonly parts?: readonly { readonly scope: string; readonly users: string }[];
  /** `vague du 9 mars 2027 (Paris)`, in the mail’s language. */
  readonly wave?: string;
  /** No contract is recorded, and the go/no-go is normally a no-go without one. */
  readonly contractMissing?: true;
  /** The day on which the go/no-go of the booked cutover is decided. */
  readonly goNoGoDay?: CalendarDate;
  /** What keeps the onboarding from going on as planned. */
  readonly standstill?: Standstill;
  /** A technical fault has stopped the processing. */
  readonly failed?: true;
  /** What kind of fault it is, and what operators do about it. */
  readonly failure?: string;
  /** What follows a lost place once the fault is repaired. */
  readonly afterIncident?: Text;
  readonly reviewKind?: ReviewKind;
  /** The move of a promised place that a second person is asked to agree to: of one customer, or to keep a group in order. */
  readonly moveAsked?: 'one' | 'group';
  /** That the date may change for the order of its group, as the customer reads it. */
  readonly mayMove?: string;
  /** A place is kept during the review, until the gate of its cutover. */
  readonly placeKept?: true;
  /** The go/no-go once it is taken. */
  readonly goNoGo?: 'go' | 'no_go';
  readonly outcome?: Outcome;
  /** An operator has confirmed the refusal that a rule suggested. */
  readonly confirmedRefusal?: true;
  /** The conditions that it is about, those still open when it is written. */
  readonly conditions?: readonly MailCondition[];
  /** The reason, a sentence in the mail's language that is fit for its reader. */
  readonly reason?: string;
}

export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
}

/** The text of one mail, without the parts that every mail has. */
export interface Wording {
  readonly subject: string;
  /** Paragraphs; those that do not apply are undefined. */
  readonly body: readonly (string | undefined)[];
}

export type StaffTemplate = Extract<MailTemplate, `owner_${string}` | `review_${string}`>;
export type CustomerTemplate = Exclude<MailTemplate, StaffTemplate>;

/** One mail in both languages. */
export type MailWording = Readonly<Record<Language, (context: MailContext) => Wording>>;
