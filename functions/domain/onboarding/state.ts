import type { SectionId } from '../questionnaire/question.ts';
import type { Language } from '../text.ts';
import type { Actor } from './actor.ts';
import type { ErasureRequest } from './erasure-request.ts';
import type { CutoverResult, Outcome, ReviewKind, Stage, WaitKind } from './lifecycle.ts';
import type { LostPlace } from './messages.ts';
import type { PartOfWhole, Split } from './part.ts';
import type { Remediated } from './remediation-tasks.ts';

/** Instants are ISO 8601 strings in UTC; calendar days are `YYYY-MM-DD`. */
type Instant = string;

/** Why personal data is erased: codes, because what people type about an erasure tends to name the person. */
export const erasureReasons = ['asked_by_person', 'retention_over', 'entered_by_mistake'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

export const runStatuses = ['running', 'failed', 'ended'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** The execution of the workflow that carries an onboarding. Its health is independent of the customer's stage. */
export interface Run {
  /** Counts the runs of this onboarding, from 1. */
  readonly number: number;
  readonly startedAt: Instant;
  /** Version with which this run began: with its age, a bound on the length of its history. */
  readonly startedAtVersion: number;
  /** Number of the workflow definition that this run began with and keeps to its end. */
  readonly definition: number;
  readonly status: RunStatus;
  /** When it failed; absent while it has not. */
  readonly failedAt?: Instant | undefined;
  /** Name of the error it failed with; absent while it has not. */
  readonly error?: string | undefined;
  /** How many times this run was redriven after a failure. */
  readonly redriveCount: number;
}

/** Why a *go* recorded in advance no longer holds. */
export const goLapses = ['condition', 'contract', 'place', 'review', 'parent'] as const;
export type GoLapse = (typeof goLapses)[number];

/** A *go* that an operator has recorded before its gate opens, which applies it. Why is in the history. */
export interface GoInAdvance {
  readonly wave: string;
  readonly cutover: string;
  readonly by: Actor;
  readonly at: Instant;
  /** Open blocking conditions that two people have agreed to go against. */
  readonly conditions: readonly string[];
  /** Two people have agreed to go without a recorded contract. */
  readonly contractMissing?: true | undefined;
  /** Present once it no longer holds. */
  readonly lapsed?: GoLapse | undefined;
}

/**
 * The signed contract, which includes an agreement on data processing; the paper itself is kept elsewhere. Who keeps it may
 * be the name of a person.
 */
export interface Contract {
  readonly reference: string;
  /** Calendar day. */
  readonly signedOn: string;
  readonly keptBy: string;
  readonly recordedAt: Instant;
}

/** A customer that wants to talk before it answers, or before it goes on answering: its time to answer is paused. */
export interface Talk {
  readonly at: Instant;
  /** When the pause ends by itself. */
  readonly until: Instant;
  /** When sales have talked with the customer, who takes more time. */
  readonly heldAt?: Instant | undefined;
}

/** The operator who follows an onboarding. */
export interface Assigned {
  /** The identity provider's name for the person. */
  readonly to: string;
  /** Name and team of the person when it was assigned. */
  readonly name: string;
  readonly team?: string | undefined;
  readonly at: Instant;
}

/**
 * An organisation that someone has presented with ProConnect, and that the account owner is asked to accept: agencies
 * of a ministry have numbers of their own.
 */
export interface AskedOrganisation {
  readonly siren: string;
  /** Who has presented it: the contact, or the person with this id. */
  readonly person?: string | undefined;
  readonly askedAt: Instant;
}

/** An organisation that the account owner has refused; the reason is in the history. */
export interface RefusedOrganisation {
  readonly siren: string;
  /** Who had asked: the contact, or the person with this id. */
  readonly person?: string | undefined;
  readonly refusedAt: Instant;
}

/** The state of an onboarding; every change writes it with a condition on its version. */
export interface OnboardingState {
  readonly reference: string;
  readonly siren: string;
  readonly name: string;
  /** The part of the organisation that is onboarded; absent for the whole of it. */
  readonly scope?: string | undefined;
  /** Present when it was split: its parts go on in runs of their own. */
  readonly split?: Split | undefined;
  /** Present on a part of a split onboarding. */
  readonly part?: PartOfWhole | undefined;
  readonly language: Language;
  readonly owner: string;
  readonly team: string;
  /** Absent while no operator follows it, and once it is closed. */
  readonly assigned?: Assigned | undefined;
  /** Code of the overseas territory that the register has the organisation in; absent elsewhere, and before it answers. */
  readonly territory?: string | undefined;
  readonly stage: Stage;
  readonly stageSince: Instant;
  readonly run: Run;
  readonly outcome?: Outcome | undefined;
  /** Grows by one with every event, so with every change; also the number of the last event. */
  readonly version: number;
  /** Hash of the last event: the next one carries it. */
  readonly eventHash: string;
  /** Version at which the present stage was entered; names the wait that belongs to it. */
  readonly episode: number;
  readonly requestedAt: Instant;
  /** Generation of the personal link; 0 before the first invitation. */
  readonly link: number;
  /** The link was revoked, and no mail with its successor was sent yet. */
  readonly linkRevoked?: boolean | undefined;
  /** When people had the link mailed in the 24 hours up to the last time, oldest first: how often they may is limited. */
  readonly linkMails?: readonly Instant[] | undefined;
  /** Organisations beside its own and its group's whose people may answer. */
  readonly acceptedSirens?: readonly string[] | undefined;
  /** Organisations that the account owner is asked to accept; absent when there is none. */
  readonly organisationsAsked?: readonly AskedOrganisation[] | undefined;
  /** Those refused, until they are asked for again or accepted; absent when there is none. */
  readonly organisationsRefused?: readonly RefusedOrganisation[] | undefined;
  /** How many persons were ever named to answer with the contact; absent before the first. */
  readonly persons?: number | undefined;
  /** How many interviews with operators were begun; absent before the first. */
  readonly interviews?: number | undefined;
  /** When the customer was asked to attest what was entered in an interview; absent once it is submitted. */
  readonly attestationAsked?: Instant | undefined;
  /** How many times answers were submitted. */
  readonly submission: number;
  /** How many reviews were decided. */
  readonly reviews: number;
  readonly reviewKind?: ReviewKind | undefined;
  /** Rules whose review an operator has settled; no later review asks about them again. */
  readonly settledRules: readonly string[];
  /** A tier set by an operator, for the submission it was set for. */
  readonly tierSet?:
    | { readonly tier: 'READY' | 'CONDITIONAL' | 'NOT_READY'; readonly submission: number }
    | undefined;
  /** Questions an operator has asked the customer to answer again; still there while a review of the silence is open. */
  readonly questionsAsked?: readonly string[] | undefined;
  /** Sections an operator has asked the customer to complete, as in the release before. */
  readonly sectionsAsked?: readonly string[] | undefined;
  /** Present while the customer talks first; what about has an item of its own. */
  readonly talk?: Talk | undefined;
  /** How many times the customer has asked to talk first. */
  readonly talks?: number | undefined;
  readonly eligibility?: string | undefined;
  readonly requirementLevel?: string | undefined;
  readonly tier?: string | undefined;
  readonly score?: number | null | undefined;
  readonly conditions?: readonly string[] | undefined;
  /** The first day on which an open condition is due: of all, and of those that block. */
  readonly conditionsDue?: string | undefined;
  readonly blockingDue?: string | undefined;
  /** The wave in which an operator keeps it although a blocking condition is overdue. */
  readonly keptDespite?: string | undefined;
  readonly wave?: string | undefined;
  readonly cutover?: string | undefined;
  /** Sort key of its entry on the waiting list. */
  readonly waitingRank?: string | undefined;
  /** Waves the customer cannot or does not want to take. */
  readonly avoid?: readonly string[] | undefined;
  /** Days instead of which the customer asked for another date. */
  readonly avoidDates?: readonly string[] | undefined;
  readonly anotherDates: number;
  readonly confirmationTimeouts: number;
  /** How often its date was changed on a day because the parent of its group moved. */
  readonly groupMoves?: { readonly day: string; readonly count: number } | undefined;
  /** Placed ahead of others because the platform, not the customer, refused. */
  readonly priority?: boolean | undefined;
  /** Who was reminded last of the go/no-go of a cutover. */
  readonly goNoGoReminded?: { readonly cutover: string; readonly of: 'operators' | 'on_call' } | undefined;
  /** A *go* recorded before its gate; kept as lapsed until another decision or another place. */
  readonly goInAdvance?: GoInAdvance | undefined;
  /** How often a *go* was recorded in advance or taken back: a form shown before the last time decides nothing. */
  readonly goChanges?: number | undefined;
  /** The remediation tasks that are done; absent before the first. */
  readonly remediated?: Remediated | undefined;
  /** The contract recorded last; absent before, and once the data is erased. */
  readonly contract?: Contract | undefined;
  /** Day of the cutover that was given up at its gate, because a review was open or answers were awaited. */
  readonly missedGate?: string | undefined;
  /** Why no wave is booked, or why the onboarding ended: a code. */
  readonly cause?: string | undefined;
  /** Day of the cutover whose offer the customer let pass last. */
  readonly letPass?: string | undefined;
  readonly mailBounced?: boolean | undefined;
  /** Day on which the customer's contact was reminded last, of whatever: once a day is enough. */
  readonly remindedOn?: string | undefined;
  /** The account owner's address takes no mail: answers of the customer go to the operators. */
  readonly ownerUnreachable?: boolean | undefined;
  /** The erasure of its personal data: requested, done, and checked once more. */
  readonly erasure?:
    | {
        readonly askedAt: Instant;
        readonly reason: ErasureReason;
        readonly doneAt?: Instant | undefined;
        readonly checkedAt?: Instant | undefined;
      }
    | undefined;
  /** How the cutover went, once it is recorded. */
  readonly cutoverResult?: CutoverResult | undefined;
  /** Last day of hypercare, once the cutover is done. */
  readonly hypercareEnd?: string | undefined;
}

/** The open wait, or else the last one. */
export interface Wait {
  readonly id: string;
  readonly kind: WaitKind;
  readonly openedAt: Instant;
  /** The last sign of life of the party that must act: an accepted page. */
  readonly activeAt: Instant;
  readonly until: Instant;
  /** Present once the wait task has run: a decision may come first. */
  readonly token?: string | undefined;
  /**
   * The token that was there before, if its renewal was not due yet: two calls of the wait task may overlap, and either
   * may be the one that Step Functions still knows.
   */
  readonly otherToken?: string | undefined;
  /** Reminders given during this wait, those included that another mail of the day named. */
  readonly reminders: number;
  /** When the last of them was given; absent before the first, and for one that an earlier release gave. */
  readonly remindedAt?: Instant | undefined;
  /** What was decided: the outcome with which the token is completed. */
  readonly decision?: string | undefined;
  /** The wait before this one, when this one was decided before the workflow came to it: its token is to be completed too. */
  readonly pendingCompletion?:
    | { readonly kind: WaitKind; readonly decision: string; readonly token?: string | undefined }
    | undefined;
}

/** The place that a customer had before the one it has, and why it was given another. */
export interface MovedFrom {
  readonly site: string;
  readonly cutover: string;
  /** What the customer reads of operators who have moved it. */
  readonly reason?: string | undefined;
  /** Why the place was given up, if no operator has moved the customer. */
  readonly by?: LostPlace['by'] | undefined;
  /** The customer has asked for it. */
  readonly asked?: boolean | undefined;
}

/** A place in a wave. */
export interface Booking {
  readonly wave: string;
  readonly site: string;
  readonly cutover: string;
  /** TO_MOVE keeps the place until the next one is taken in the same transaction. */
  readonly status: 'OFFERED' | 'HELD' | 'CONFIRMED' | 'TO_MOVE';
  readonly points: number;
  readonly complex: number;
  /** With TO_MOVE: keep this place when no other is found, because the customer only asked for another date. */
  readonly mayStay?: boolean | undefined;
  /** With TO_MOVE: why this place is given up, unless the customer has asked for another date. */
  readonly leftFor?: LostPlace['by'] | undefined;
  readonly bookedAt: Instant;
  /** The place that the customer had before this one, until it answers. */
  readonly movedFrom?: MovedFrom | undefined;
  /** Until when the place is held; absent once confirmed. */
  readonly holdUntil?: Instant | undefined;
  /** The customer was reminded that the hold is about to end. */
  readonly reminded?: boolean | undefined;
  /** The end of the hold was passed on to the workflow. */
  readonly lapseNoted?: boolean | undefined;
}

/** The decisions that take two people. */
export type ApprovalKind = 'go' | 'override' | 'reject' | 'move';

/** Why a member of a group is to be moved: one that it follows has another date, or is to have one. */
export interface GroupMove {
  /** Id of the moves that are decided together: see `moveSetId`. */
  readonly set: string;
  /** The date that the member has to come after. */
  readonly after: string;
  /** It is a part, and follows the part before it. */
  readonly part?: true | undefined;
}

/** A decision that one person has asked for and a second one agrees to, or not: the last one asked for. */
export interface Approval {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly review: ReviewKind;
  readonly decision: string;
  /** Open blocking conditions that the decision goes against. */
  readonly conditions: readonly string[];
  /** No contract was recorded when a *go* was asked for. */
  readonly contractMissing?: true | undefined;
  /** The wave to move to, of a move. */
  readonly wave?: string | undefined;
  /** Day of the cutover of that wave. */
  readonly cutover?: string | undefined;
  /** The platform proposes the move, to keep a group in order. */
  readonly group?: GroupMove | undefined;
  /** Who asked: never the one who agrees. */
  readonly by: Actor;
  /** Why the first person decides so; in the history alone once the request is settled. */
  readonly reason?: string | undefined;
  readonly askedAt: Instant;
  readonly until: Instant;
  /** Digest of the facts that it was asked for on: other facts make it void. */
  readonly facts: string;
  readonly status: 'waiting' | 'given' | 'declined' | 'lapsed';
}

/** Answers that the customer corrects after they were submitted, beside the submission, which stays until then. */
export interface Correction {
  /** `lapsed`: its time ran out, and what was saved is dropped. */
  readonly status: 'open' | 'lapsed';
  /** Number of the submission that it corrects. */
  readonly submission: number;
  readonly openedAt: Instant;
  /** Until when it may be submitted. */
  readonly until: Instant;
  /** Sections in which those who were named for a part may answer again; the contact and its deputies may in all. */
  readonly sections: readonly SectionId[];
  /** The customer was reminded that its time is about to end. */
  readonly reminded?: boolean | undefined;
}

/** A seat in a preparation wave. */
export interface Preparation {
  readonly wave: string;
  readonly site: string;
  readonly starts: string;
  readonly bookedAt: Instant;
}

/** The present state of an onboarding with its wait and places, read in one query. */
export interface Snapshot {
  readonly state: OnboardingState;
  readonly wait?: Wait | undefined;
  readonly booking?: Booking | undefined;
  readonly preparation?: Preparation | undefined;
  readonly approval?: Approval | undefined;
  readonly correction?: Correction | undefined;
  readonly erasureRequest?: ErasureRequest | undefined;
}
