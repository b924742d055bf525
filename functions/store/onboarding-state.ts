import * as z from 'zod/mini';
import { cutoverResults, outcomes, reviewKinds, stages, waitKinds } from '../domain/onboarding/lifecycle.ts';
import { languages } from '../domain/text.ts';

/** Why personal data is erased: codes, because what people type about an erasure tends to name the person. */
export const erasureReasons = ['asked_by_person', 'retention_over', 'entered_by_mistake'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

const count = z.int().check(z.nonnegative());
const instant = z.iso.datetime();

/** The item that says where an onboarding stands; every change writes it with a condition on its version. */
export const onboardingState = z.object({
  reference: z.string(),
  siren: z.string(),
  name: z.string(),
  language: z.enum(languages),
  owner: z.string(),
  team: z.string(),
  stage: z.enum(stages),
  stageSince: instant,
  /** The stage in which the workflow failed, while the stage is FAILED. */
  failedFrom: z.optional(z.enum(stages)),
  outcome: z.optional(z.enum(outcomes)),
  /** Grows by one with every change; also the number of the last event. */
  version: count,
  /** Hash of the last event: the next one carries it. */
  eventHash: z.string(),
  /** Version at which the present stage was entered; names the wait that belongs to it. */
  episode: count,
  run: count,
  runStartedAt: instant,
  /** Version with which this run began: with its age, a bound on the length of its history. */
  runVersion: count,
  requestedAt: instant,
  /** Generation of the personal link; 0 before the first invitation. */
  link: count,
  /** The link was revoked, and no mail with the one that takes its place was sent yet. */
  linkRevoked: z.optional(z.boolean()),
  /** How many times answers were submitted. */
  submission: count,
  /** How many reviews were decided. */
  reviews: count,
  reviewKind: z.optional(z.enum(reviewKinds)),
  /** Rules whose review an operator has settled; they are not asked about twice. */
  settledRules: z.array(z.string()),
  /** A tier set by an operator, for the submission it was set for. */
  tierSet: z.optional(z.object({ tier: z.enum(['READY', 'CONDITIONAL', 'NOT_READY']), submission: count })),
  /** Sections an operator has asked the customer to complete. */
  sectionsAsked: z.optional(z.array(z.string())),
  eligibility: z.optional(z.string()),
  requirementLevel: z.optional(z.string()),
  tier: z.optional(z.string()),
  score: z.optional(z.nullable(z.number())),
  conditions: z.optional(z.array(z.string())),
  wave: z.optional(z.string()),
  cutover: z.optional(z.string()),
  /** Sort key of its entry on the waiting list. */
  waitingRank: z.optional(z.string()),
  /** Waves the customer cannot or does not want to take. */
  avoid: z.optional(z.array(z.string())),
  /** Days instead of which the customer asked for another date. */
  avoidDates: z.optional(z.array(z.string())),
  anotherDates: count,
  confirmationTimeouts: count,
  /** Placed before others because the platform, not the customer, said no. */
  priority: z.optional(z.boolean()),
  /** Why no wave is booked, or why the onboarding ended: a code. */
  because: z.optional(z.string()),
  mailBounced: z.optional(z.boolean()),
  /** The erasure of its personal data: asked for, done, and looked at once more. */
  erasure: z.optional(
    z.object({
      askedAt: instant,
      reason: z.enum(erasureReasons),
      doneAt: z.optional(instant),
      checkedAt: z.optional(instant),
    }),
  ),
  /** How the cutover went, once it is recorded. */
  cutoverResult: z.optional(z.enum(cutoverResults)),
  /** Last day of hypercare, once the cutover is done. */
  hypercareEnd: z.optional(z.string()),
});
export type OnboardingState = z.infer<typeof onboardingState>;

/** The wait that is open, or the last one that was. */
export const waitItem = z.object({
  id: z.string(),
  kind: z.enum(waitKinds),
  openedAt: instant,
  /** Last sign of life of whoever is waited for: an accepted page. */
  activeAt: instant,
  until: instant,
  /** Present once the wait task has run: a decision may come first. */
  token: z.optional(z.string()),
  /**
   * The token that was there before, if its turn was not over: two calls of the wait task may overlap, and either may be
   * the one that Step Functions still knows.
   */
  otherToken: z.optional(z.string()),
  /** Reminders sent during this wait. */
  reminders: count,
  /** What was decided: the outcome that the workflow is woken with. */
  decision: z.optional(z.string()),
  /** The wait before this one, when this one was decided before the workflow came to it: it is still to be woken. */
  unwoken: z.optional(
    z.object({ kind: z.enum(waitKinds), decision: z.string(), token: z.optional(z.string()) }),
  ),
});
export type Wait = z.infer<typeof waitItem>;

export const bookingItem = z.object({
  wave: z.string(),
  site: z.string(),
  cutover: z.string(),
  /** TO_MOVE keeps the place until the next one is taken in the same transaction. */
  status: z.enum(['OFFERED', 'HELD', 'CONFIRMED', 'TO_MOVE']),
  points: count,
  complex: count,
  /** With TO_MOVE: keep this place when no other is found, because the customer only asked for another date. */
  mayStay: z.optional(z.boolean()),
  bookedAt: instant,
  /** Until when the place is held; absent once confirmed. */
  holdUntil: z.optional(instant),
});
export type Booking = z.infer<typeof bookingItem>;

export const preparationItem = z.object({
  wave: z.string(),
  site: z.string(),
  starts: z.string(),
  bookedAt: instant,
});
export type Preparation = z.infer<typeof preparationItem>;

/** What an onboarding is doing now, read in one query. */
export interface Now {
  readonly state: OnboardingState;
  readonly wait?: Wait;
  readonly booking?: Booking;
  readonly preparation?: Preparation;
}
