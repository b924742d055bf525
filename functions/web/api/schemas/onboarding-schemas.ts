import * as z from 'zod/mini';
import { conditionOwners } from '../../../domain/classification/conditions.ts';
import { conditionCodes } from '../../../domain/classification/outcomes.ts';
import { dateStatuses } from '../../../domain/onboarding/date-outlook.ts';
import { stepStates } from '../../../domain/onboarding/journey.ts';
import { outcomes, reviewKinds, stages } from '../../../domain/onboarding/lifecycle.ts';
import { goLapses } from '../../../domain/onboarding/state.ts';
import { tiers } from '../../../domain/readiness/tier.ts';
import { languages } from '../../../domain/text.ts';
import { assessmentSchema } from './assessment-schema.ts';
import { count, day, instant } from './plain-values.ts';
import { described, named } from './registry.ts';
import { reviewFactsSchema } from './review-facts-schema.ts';
import { approvalSchema, standing, who } from './standing-schemas.ts';

const text = z.string();

const happening = named(
  'Happening',
  'An entry of the history: what changed, by whom and why.',
  z.strictObject({
    number: described('1 for the first entry.', z.int()),
    at: described('When it happened.', instant),
    type: described('Type of the event: STARTED, REVIEW_DECIDED, ….', text),
    who: described('The actor.', who),
    why: described('The reason given, if any.', z.nullable(text)),
    before: described(
      'Stage before the event; FAILED in events of the first release whose run had failed.',
      text,
    ),
    after: described('Stage after the event.', text),
    data: described('Ids and codes of the event.', z.record(z.string(), z.unknown())),
  }),
);

const summary = {
  ...standing,
  siren: described('SIREN of the organisation, nine digits.', text),
  legalName: described('Name of the organisation.', text),
  scope: described(
    'The part of the organisation that is onboarded; null for the whole organisation.',
    z.nullable(text),
  ),
  language: described('Language of the emails to the customer.', z.enum(languages)),
  owner: described('Email address of the account owner.', text),
  team: described('Team of the account owner.', text),
  requestedAt: described('When it was started.', instant),
  tier: described('The readiness tier; null before the first assessment.', z.nullable(z.enum(tiers))),
  cutover: described('Day of the booked cutover; null without a booking.', z.nullable(day)),
  outcome: described('The outcome; null while the onboarding is open.', z.nullable(z.enum(outcomes))),
};

const partSize = {
  users: described('Users of the part.', count),
  mailboxesOver50: described('Its mailboxes over 50 GB.', count),
  servers: described('Its servers.', count),
};

export const summarySchema = named('OnboardingSummary', 'An item of a list.', z.strictObject(summary));

export const pageSchema = named(
  'OnboardingPage',
  'A page of a list.',
  z.strictObject({
    items: described('The items; a page may hold fewer than requested.', z.array(summarySchema)),
    unreadable: described(
      'How many onboardings were left out of this page because another release of the service has saved them.',
      count,
    ),
    cursor: described('Cursor of the next page; null on the last page.', z.nullable(text)),
  }),
);

export const onboardingSchema = named(
  'Onboarding',
  'An onboarding with its result, wave and complete history.',
  z.strictObject({
    ...summary,
    until: described(
      'When the party that must act next has to act; in WAVE_CONFIRMED, when the go/no-go opens. Null without a due date.',
      z.nullable(instant),
    ),
    because: described(
      'Reason why there is no wave, or why the onboarding ended.',
      z.nullable(
        z.strictObject({
          code: described('Code of the reason.', text),
          text: described('The reason in the language of the response.', text),
        }),
      ),
    ),
    contact: described(
      'The contact that receives the emails.',
      z.strictObject({
        name: described('Name of the person.', text),
        email: described('Email address of the person.', text),
        mailBounced: described('True if the last email was not delivered: correct the address.', z.boolean()),
        linkRevoked: described(
          'True from the revocation of the personal link until an email with a new one is sent: resend the invitation.',
          z.boolean(),
        ),
      }),
    ),
    review: described(
      'The review awaiting an operator, with its possible decisions.',
      z.nullable(
        z.strictObject({
          kind: described('Kind of the review.', z.enum(reviewKinds)),
          decisions: described('The possible decisions.', z.array(text)),
          forTwo: described('Those of them that need a second person.', z.array(text)),
          facts: described(
            'What a placement review or a go/no-go is about; null for the other reviews, which the result explains.',
            z.nullable(reviewFactsSchema),
          ),
        }),
      ),
    ),
    correction: described(
      'The correction of submitted answers that is open: nothing changes before it is submitted; null when none is.',
      z.nullable(
        z.strictObject({
          submission: described('Number of the submission that it corrects.', z.int()),
          openedAt: described('When it was opened.', instant),
          until: described('Until when it may be submitted.', instant),
        }),
      ),
    ),
    asked: described(
      'What an operator has asked the customer to answer again; null when nothing is asked. Answer it with answers and confirmed.',
      z.nullable(
        z.strictObject({
          questions: described('Ids of the questions, each to be answered anew or confirmed.', z.array(text)),
          sections: described('Ids of whole sections, from requests without questions.', z.array(text)),
          message: described('What the operator wrote to the customer, if anything.', z.nullable(text)),
          until: described(
            'By when; a page saved meanwhile puts it off. Null once answers are not awaited: an operator decides without them.',
            z.nullable(instant),
          ),
        }),
      ),
    ),
    talk: described(
      'The customer wants to talk before it answers: its time to answer is paused. Null otherwise. What it wants to talk about is on the pages for staff only.',
      z.nullable(
        z.strictObject({
          askedAt: described('When it asked.', instant),
          pausedUntil: described('When the pause ends by itself.', instant),
          heldAt: described('When sales recorded that it takes more time; null before.', z.nullable(instant)),
        }),
      ),
    ),
    goInAdvance: described(
      'The go recorded before its decision opens, which applies it; null without one.',
      z.nullable(
        z.strictObject({
          cutover: described('Day of the cutover.', day),
          by: described('Who recorded it.', who),
          at: described('When it was recorded.', instant),
          conditions: described('Open conditions that two people agreed to go against.', z.array(text)),
          contractMissing: described(
            'True when two people agreed to go without a recorded contract.',
            z.boolean(),
          ),
          lapsed: described(
            'Why it no longer holds; null while it does: a condition, a missing contract, the place, a review or the parent of the group.',
            z.nullable(z.enum(goLapses)),
          ),
        }),
      ),
    ),
    contract: described(
      'The contract that sales recorded; null without one, and once the data is erased.',
      z.nullable(
        z.strictObject({
          reference: described('Its reference in the register of contracts.', text),
          signedOn: described('The day on which it was signed.', day),
          dataProcessingAgreement: described(
            'The agreement on data processing is signed with it.',
            z.literal(true),
          ),
          keptBy: described('Who keeps the paper.', text),
          recordedAt: described('When it was recorded last.', instant),
        }),
      ),
    ),
    approval: described(
      'The request that waits for a second person; null without one.',
      z.nullable(approvalSchema),
    ),
    result: described('The current assessment; null before the first.', z.nullable(assessmentSchema)),
    tasks: described(
      'The conditions still to be cleared, one entry for each owner.',
      z.array(
        z.strictObject({
          code: described('Code of the condition.', z.enum(conditionCodes)),
          owner: described(
            'The role that clears it; platform when it clears itself.',
            z.enum(conditionOwners),
          ),
          due: described('Its due date.', day),
          overdue: described('True from the day after the due date.', z.boolean()),
          ids: z.optional(described('CLARIFICATION_NEEDED: the questions of this owner.', z.array(text))),
          moved: described(
            'The last move of the due date by an operator; null if it was not moved.',
            z.nullable(
              z.strictObject({
                from: described('The due date before.', day),
                to: described('The due date since.', day),
                reason: described('The reason, which the customer reads too.', text),
                on: described('The day of the move.', day),
              }),
            ),
          ),
        }),
      ),
    ),
    wave: described(
      'The place in a wave; null without one.',
      z.nullable(
        z.strictObject({
          id: described('Id of the wave.', text),
          site: described('Site of the wave.', text),
          cutover: described('Day of the cutover.', day),
          status: described(
            'OFFERED from the waiting list, HELD until confirmed, CONFIRMED, or TO_MOVE to another wave.',
            z.enum(['OFFERED', 'HELD', 'CONFIRMED', 'TO_MOVE']),
          ),
          holdUntil: described('When the place is released unless confirmed.', z.nullable(instant)),
        }),
      ),
    ),
    preparation: described(
      'The preparation wave; null without one.',
      z.nullable(
        z.strictObject({
          id: described('Id of the wave.', text),
          site: described('Site of the wave.', text),
          starts: described('Its first day.', day),
        }),
      ),
    ),
    part: described(
      'What it takes of the split onboarding that it is a part of; null for one that is no part.',
      z.nullable(
        z.strictObject({
          whole: described(
            'Reference of the whole: its answers, conditions, contact and link are those of its parts.',
            text,
          ),
          number: described('Its number, from 1.', z.int()),
          of: described('How many parts the whole has.', z.int()),
          ...partSize,
        }),
      ),
    ),
    parts: described(
      'The parts that it was split into, in order; empty otherwise.',
      z.array(
        z.strictObject({
          reference: described('Reference of the part.', text),
          scope: described('What of the organisation it is.', text),
          ...partSize,
          stage: described('The stage of the part.', z.enum(stages)),
          cutover: described('Day of its booked cutover; null without a booking.', z.nullable(day)),
          outcome: described('Its outcome; null while the part is open.', z.nullable(z.enum(outcomes))),
        }),
      ),
    ),
    waitingListRank: described(
      'Position on the waiting list, starting at 1; null when not on it or far down.',
      z.nullable(z.int()),
    ),
    hypercareEnd: described('Last day of hypercare; null before the cutover.', z.nullable(day)),
    outlook: described(
      'The date of the cutover, or the reason why there is none: as the customer reads it.',
      z.strictObject({
        cutover: described('Day of the cutover; null without a date.', z.nullable(day)),
        status: described(
          'offered or held until it is answered, kept while something is decided, confirmed, or done; null without a date.',
          z.nullable(z.enum(dateStatuses)),
        ),
        until: described(
          'By when the customer has to answer; null when no answer is awaited.',
          z.nullable(instant),
        ),
        reason: described('Why there is no date; null with one.', z.nullable(text)),
      }),
    ),
    journey: described(
      'The steps of the onboarding, in order: as the customer reads them.',
      z.array(
        z.strictObject({
          code: described('Code of the step or of the gate.', text),
          label: described('The step in the language of the response.', text),
          state: described('Done, current or to come.', z.enum(stepStates)),
          date: described('When it was done or is planned; null without a day.', z.nullable(day)),
          offset: described(
            'Days from the cutover, for the gates of a wave; null for other steps.',
            z.nullable(z.int()),
          ),
        }),
      ),
    ),
    timeline: described('The complete history, oldest first.', z.array(happening)),
  }),
);
