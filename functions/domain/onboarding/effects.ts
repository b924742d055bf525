import type { CalendarDate } from '../calendar-date.ts';
import type { QuestionId } from '../questionnaire/answers.ts';
import type { CapacityVector } from '../waves/capacity.ts';
import type { ListedDemand } from '../waves/listed-demand.ts';
import type { Wave, WaveState } from '../waves/wave.ts';
import type { ErasureRequest } from './erasure-request.ts';
import type { IdentityCode } from './identity-code.ts';
import type { Interview } from './interviews.ts';
import type { Person } from './people.ts';
import type { CustomerRequest, IntakeRecord, ResultRecord, Submission } from './records.ts';
import type { Approval, Booking, Correction, Preparation } from './state.ts';

/** A wave by its key. */
export type WaveKey = Pick<Wave, 'site' | 'id'>;

/**
 * Writes of a change beside the state, in the same transaction: plain data, carried out by the store. Each effect that
 * can fail contains what it depends on.
 */
/** A draft whose answers are being submitted. */
export interface DraftToSubmit {
  /** Its version when it was read. */
  readonly version: number;
  /** The version that it gets: higher than that of each of its answers. */
  readonly next: number;
  /** The number by which the submission was announced to those who save answers. */
  readonly announced: number;
}

/** Room that is taken in a wave. */
export interface RoomTaken {
  readonly wave: WaveKey & Pick<Wave, 'cutover'>;
  readonly amount: CapacityVector;
  /** What customers that are not large take of the points with it; negative when one becomes large. */
  readonly small: number;
  /** Of the capacity, points that they have to leave to large customers; absent where nothing is kept from it. */
  readonly keeps?: { readonly kept: number; readonly of: number };
}

/** Room that is given back to a wave. */
export interface RoomGivenBack {
  readonly wave: WaveKey;
  readonly amount: CapacityVector;
  /** What customers that are not large leave of the points with it; negative when one is large no more. */
  readonly small: number;
}

export type Effect =
  /** Fails when the wave has not enough room, is not open, or was put to another date since it was chosen. */
  | ({ readonly kind: 'take_room' } & RoomTaken)
  | ({ readonly kind: 'give_room_back' } & RoomGivenBack)
  /** A cutover of the wave did not take place: the customer leaves it, and its exit criteria count it. */
  | { readonly kind: 'count_failed_cutover'; readonly wave: WaveKey }
  /** Fails when the booking is no longer in the wave that it was in `before`. */
  | { readonly kind: 'put_booking'; readonly booking: Booking; readonly before: Booking | undefined }
  | { readonly kind: 'remove_booking'; readonly booking: Booking }
  /** Fails when the seat is no longer in the wave that it was in `before`. */
  | {
      readonly kind: 'put_preparation';
      readonly preparation: Preparation;
      readonly before: Preparation | undefined;
    }
  | { readonly kind: 'remove_preparation'; readonly preparation: Preparation }
  /** Joins the waiting list at a rank, or notes an offer there. Without a demand it is read when a place is free. */
  | {
      readonly kind: 'join_waiting_list';
      readonly rank: string;
      /** Another rank that it had on the list until now, and since when. */
      readonly former?: { readonly rank: string; readonly since: string } | undefined;
      readonly offeredUntil?: string;
      readonly demand?: ListedDemand;
    }
  /** What the entry at this rank says of the demand no longer holds. Fails when it is not on the list there. */
  | { readonly kind: 'forget_listed_demand'; readonly rank: string }
  /** Fails when it is not on the list at this rank. */
  | { readonly kind: 'leave_waiting_list'; readonly rank: string }
  /** Writes nothing; fails when the wave is in none of these states. */
  | { readonly kind: 'require_wave'; readonly wave: WaveKey; readonly states: readonly WaveState[] }
  /** Fails when one of the scopes has an open onboarding of the SIREN. */
  | {
      readonly kind: 'reserve_scopes';
      readonly siren: string;
      readonly parts: readonly { readonly scope: string; readonly reference: string }[];
    }
  /** Another onboarding may be started for the SIREN and scope; this one stays findable by the SIREN. */
  | { readonly kind: 'free_siren'; readonly siren: string; readonly scope?: string | undefined }
  /** The request for a second person, as it was asked for or settled. */
  | { readonly kind: 'put_approval'; readonly approval: Approval }
  | { readonly kind: 'put_intake'; readonly intake: IntakeRecord }
  /** Fails when answers were saved, or others submitted, since the draft was read that it was made of. */
  | {
      readonly kind: 'put_submission';
      readonly submission: Submission;
      readonly draft: DraftToSubmit;
      readonly byMachine: boolean;
      /** The submission before, which stays beside the new one. */
      readonly former?: Submission | undefined;
    }
  /** Drops what was saved since the last submission. Fails when answers were saved since the draft was read. */
  | {
      readonly kind: 'drop_draft';
      readonly draft: DraftToSubmit;
      /** The submission that is left was a machine's. */
      readonly byMachine: boolean;
      readonly questions: readonly QuestionId[];
    }
  | { readonly kind: 'put_correction'; readonly correction: Correction }
  | { readonly kind: 'remove_correction' }
  /** Stores what was declared beside the submitted answers, which stay; drafts are not concerned. */
  | { readonly kind: 'put_declarations'; readonly submission: Submission }
  /**
   * With the day on which one of its conditions asks for something next, if any. With `reminded`, nothing is new in it but
   * which reminders were sent.
   */
  | {
      readonly kind: 'put_result';
      readonly result: ResultRecord;
      readonly lookAgainOn?: CalendarDate;
      readonly reminded?: true;
    }
  /** Submissions that no longer name someone who has had their data erased. */
  | {
      readonly kind: 'redact_submissions';
      readonly last: Submission;
      readonly former: readonly Submission[];
    }
  | { readonly kind: 'put_request'; readonly request: CustomerRequest }
  /** What the customer wants to talk about, until that is over. */
  | { readonly kind: 'put_matter'; readonly matter: string }
  | { readonly kind: 'remove_matter' }
  /** A personal link opens the onboarding from now on; only the hash of its token is stored. */
  | {
      readonly kind: 'put_link';
      readonly token: string;
      readonly generation: number;
      /** Id of the person that it is the link of; the contact's without. */
      readonly person?: string;
    }
  /** An interview in which an operator enters answers. */
  | { readonly kind: 'put_interview'; readonly interview: Interview }
  /** Someone whom the customer has named. */
  | { readonly kind: 'put_person'; readonly person: Person }
  /** The code that was sent to the contact, or to the person with this id, as it was sent or used. */
  | { readonly kind: 'put_identity_code'; readonly code: IdentityCode; readonly person?: string }
  /** What the customer has asked for last, as it was asked for or decided. */
  | { readonly kind: 'put_erasure_request'; readonly request: ErasureRequest }
  /** The operator who follows it finds it, and the one before no longer. */
  | { readonly kind: 'move_assignment'; readonly from?: string | undefined; readonly to?: string | undefined }
  | { readonly kind: 'move_mail_lookup'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove_lookups'; readonly mail: string; readonly name: string };
