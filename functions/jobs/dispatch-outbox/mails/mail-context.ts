import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { Outcome, ReviewKind } from '../../../domain/onboarding/lifecycle.ts';
import type { MailTemplate } from '../../../domain/onboarding/messages.ts';
import type { Language } from '../../../domain/text.ts';

/** What a mail may say. Never an answer of the questionnaire; names in the mail's language. */
export interface MailContext {
  readonly language: Language;
  readonly platform: string;
  readonly organisation: string;
  readonly reference: string;
  /** For customers' mails only. */
  readonly contactName?: string;
  /** The personal link. It holds a secret, so it stands in mails that ask the customer to act, and nowhere else. */
  readonly link?: string;
  /** The status page, without a secret. */
  readonly statusUrl?: string;
  /** The onboarding's page for staff, without a secret. */
  readonly staffUrl?: string;
  /** Name or address of the sales person in charge: whom the customer may ask. */
  readonly salesOwner?: string;
  /** The stage the onboarding is in, as people call it. */
  readonly stage?: string;
  /** Last day to answer; without one the mail asks for an answer soon. */
  readonly answerBy?: CalendarDate;
  /** `vague du 9 mars 2027 (Paris)`, in the mail’s language. */
  readonly wave?: string;
  /** A technical fault has stopped the processing. */
  readonly failed?: true;
  readonly reviewKind?: ReviewKind;
  /** The go/no-go once it is taken. */
  readonly goNoGo?: 'go' | 'no_go';
  readonly outcome?: Outcome;
  /** Why, in a sentence of the mail's language that is fit for its reader. */
  readonly reason?: string;
}

export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
}

/** What is particular to one mail; what every mail says is added around it. */
export interface Wording {
  readonly subject: string;
  /** Paragraphs; those that do not apply are undefined. */
  readonly body: readonly (string | undefined)[];
}

export type StaffTemplate = Extract<MailTemplate, `owner_${string}` | `review_${string}`>;
export type CustomerTemplate = Exclude<MailTemplate, StaffTemplate>;

/** One mail in both languages. */
export type MailWording = Readonly<Record<Language, (context: MailContext) => Wording>>;
