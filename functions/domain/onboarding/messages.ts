import type { CalendarDate } from '../calendar-date.ts';
import type { ConditionCode } from '../classification/outcomes.ts';
import type { Checkpoint } from './lifecycle.ts';

/** The mails the system sends; texts are written when they are sent, so an outbox item holds codes only. */
export const mailTemplates = [
  'invitation',
  'own_link',
  'reminder',
  'last_notice',
  'talk_asked',
  'talk_ended',
  'answers_received',
  'preparation',
  'reassessment_reminder',
  'waiting_list',
  'wave_offer',
  'wave_held',
  'wave_confirmed',
  'wave_moved',
  'split',
  'part_closed',
  'place_reminder',
  'correction_received',
  'correction_reminder',
  'place_lost',
  'go_no_go',
  'cutover_failed',
  'closed',
  'condition_reminder',
  'condition_due_moved',
  'person_invitation',
  'person_reminder',
  'identity_code',
  'attestation_asked',
  'no_go_for_condition',
  'erasure_granted',
  'erasure_refused',
  'organisation_accepted',
  'organisation_refused',
  'owner_organisation_asked',
  'owner_condition_due',
  'owner_answered',
  'owner_stuck',
  'owner_talk_asked',
  'owner_booked',
  'owner_cutover_failed',
  'owner_mail_not_delivered',
  'owner_mail_unwanted',
  'review_requested',
  'review_go_no_go_due',
  'review_blocks_go',
  'review_overdue',
  'review_approval_requested',
  'review_erasure_requested',
] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/**
 * Mails that leave in the hours of reminders only. Alarms on the day of a go/no-go have hours of their own; mails that
 * recall a review are also sent for an act or a failed run, so that their hours are those in which they are decided.
 */
export const reminderMails: ReadonlySet<MailTemplate> = new Set([
  'reminder',
  'last_notice',
  'reassessment_reminder',
  'place_reminder',
  'correction_reminder',
  'condition_reminder',
  'person_reminder',
  'owner_condition_due',
]);

/** Customer mails that only inform: they need no personal link, so they carry no secret. */
export const mailsWithoutLink: ReadonlySet<MailTemplate> = new Set([
  'go_no_go',
  'cutover_failed',
  'no_go_for_condition',
  'closed',
  'identity_code',
  'erasure_granted',
  'erasure_refused',
]);

/** Business events that other systems may follow: ids and codes only. */
export const businessEvents = [
  'OnboardingStarted',
  'OnboardingInvited',
  'OnboardingAnswered',
  'OnboardingTiered',
  'OnboardingBooked',
  'OnboardingHandedOver',
  'OnboardingCutoverFailed',
  'OnboardingClosed',
  'OnboardingFailed',
  'OnboardingReviewOverdue',
  'OnboardingNoGoBySilence',
  'OnboardingStuck',
  'ApprovalRequested',
  'ApprovalGiven',
  'ApprovalDeclined',
  'ApprovalLapsed',
] as const;
export type BusinessEvent = (typeof businessEvents)[number];

/** Plain values that a business event may carry. */
export type EventData = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * By whose doing a place is lost: the customer did not answer in time, the platform could not keep it, operators decided
 * no-go, or did not decide; a review was open at the gate, or answers asked for again were awaited there; a blocking
 * condition was open; the answers in force no longer fit the date.
 */
export const lostPlaceCauses = [
  'silence',
  'platform',
  'wave_cancelled',
  'cutover_failed',
  'group_order',
  'operators',
  'no_go',
  'no_decision',
  'review_open',
  'answers_awaited',
  'condition',
  'unsuited',
] as const;

/** The place that a mail says is lost: by then the onboarding has another one, or none. */
export interface LostPlace {
  readonly site: string;
  readonly cutover: string;
  readonly by: (typeof lostPlaceCauses)[number];
}

/** Something to do once a change is stored: written in the change's transaction, carried out by the dispatcher. */
export type Message =
  | { readonly kind: 'start'; readonly run: number; readonly resumeAt: Checkpoint }
  | { readonly kind: 'wake' }
  | {
      readonly kind: 'mail';
      readonly template: MailTemplate;
      readonly to: 'customer' | 'person' | 'owner' | 'operators' | 'on_call';
      /** Id of the person that it is for, when it is for one. */
      readonly person?: string | undefined;
      readonly lost?: LostPlace | undefined;
      /** Day of the cutover that is given up: the customer may have it in its calendar. */
      readonly cancels?: CalendarDate | undefined;
      /** The conditions that it is about, by code. */
      readonly conditions?: readonly ConditionCode[] | undefined;
    }
  | { readonly kind: 'event'; readonly type: BusinessEvent; readonly data: EventData }
  | { readonly kind: 'offer_places' }
  /** A split onboarding or one of its parts has changed: what the one has of the other is brought up to date. */
  | { readonly kind: 'align_parts' }
  /** The date of the onboarding has changed: its place and those of its group members are checked again. */
  | { readonly kind: 'keep_group_order' };
