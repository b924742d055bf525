import * as z from 'zod/mini';
import { mostServices } from '../../../domain/intake/intake.ts';
import { outcomes, parties, reviewKinds, stages } from '../../../domain/onboarding/lifecycle.ts';
import { runStatuses } from '../../../domain/onboarding/state.ts';
import { serviceCodes } from '../../../domain/platform-configuration.ts';
import { bodyTypes, deadlineReasons } from '../../../domain/questionnaire/option-codes.ts';
import { tiers } from '../../../domain/readiness/tier.ts';
import { languages } from '../../../domain/text.ts';
import { assessmentSchema } from './assessment-schema.ts';
import { count, day, instant, mailAddress, name, reference } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();
const decorated = 'Spaces, dots and dashes between the digits do no harm.';

/** Intake as machines send it: what the domain forgives in files and forms is refused, but for how a number is spaced. */
export const intakeSchema = named(
  'Intake',
  'A prospect.',
  z.strictObject({
    siren: described(`SIREN (9 digits) or SIRET (14 digits). ${decorated}`, z.string()),
    legalName: described('Name of the organisation.', name),
    bodyType: described('Kind of body.', z.enum(bodyTypes)),
    contactName: described('The person to invite.', name),
    contactEmail: described('Mail address of the person to invite.', mailAddress),
    language: z.optional(
      described('Language of the mails to the customer; fr unless given.', z.enum(languages)),
    ),
    services: described(
      'Services wanted.',
      z.array(z.enum(serviceCodes)).check(z.minLength(1), z.maxLength(mostServices)),
    ),
    usersInScope: z.optional(described('How many users are to migrate.', count)),
    serversInScope: z.optional(described('How many servers are to migrate.', count)),
    earliestDate: z.optional(described('Earliest day of the cutover, in Europe/Paris.', day)),
    latestDate: z.optional(
      described('Latest day of the cutover, in Europe/Paris; neither past nor before earliestDate.', day),
    ),
    deadlineReason: z.optional(
      described(
        'Why there is a latest date: required with one. Without one only none, which with one makes it a wish.',
        z.enum(deadlineReasons),
      ),
    ),
    owner: z.optional(
      described(
        'Mail address of the sales person, kept in lower case; the sales desk unless given.',
        mailAddress,
      ),
    ),
    team: z.optional(
      described(
        'Team of the sales person; the sales desk unless given.',
        z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/)),
      ),
    ),
    group: z.optional(described('Name of the group of organisations it migrates with.', name)),
    parentSiren: z.optional(
      described(`SIREN or SIRET of the organisation this one migrates after. ${decorated}`, z.string()),
    ),
  }),
);

export const startedSchema = named(
  'Started',
  'The onboarding that was started.',
  z.strictObject({ reference }),
);

const standing = {
  reference,
  stage: described('The stage it is in.', z.enum(stages)),
  stageLabel: described('The stage in the language of the answer.', text),
  ball: described('Who has to act next.', z.enum(parties)),
  since: described('Since when it is in this stage.', instant),
  run: described(
    'The run of the workflow that carries it; its health says nothing about the stage.',
    z.strictObject({
      number: described('1 for the first run.', z.int()),
      startedAt: described('When it began.', instant),
      status: described('A failed run waits for an operator to resume it.', z.enum(runStatuses)),
      failedAt: described('When it failed.', z.nullable(instant)),
      error: described('Name of the error it failed with.', z.nullable(text)),
      redriveCount: described('How many times this run was redriven after a failure.', z.int()),
    }),
  ),
};

export const standingSchema = named(
  'Standing',
  'Where an onboarding stands once the request is recorded; the workflow goes on by itself.',
  z.strictObject(standing),
);

const who = z.strictObject({
  kind: described('As what they acted.', z.enum(['customer', 'sales', 'operator', 'machine', 'system'])),
  id: described('Their id at the identity provider, or that of the part of the system.', text),
});

const happening = named(
  'Happening',
  'One entry of the history: what changed, who did it, why.',
  z.strictObject({
    number: described('1 for the first entry.', z.int()),
    at: described('When it happened.', instant),
    type: described('What happened: STARTED, REVIEW_DECIDED...', text),
    who: described('Who did it.', who),
    why: described('The reason given, if any.', z.nullable(text)),
    before: described('The stage before; FAILED in entries of the first release whose run had failed.', text),
    after: described('The stage after.', text),
    data: described('Ids and codes of what happened.', z.record(z.string(), z.unknown())),
  }),
);

const summary = {
  ...standing,
  siren: described('SIREN of the organisation, nine digits.', text),
  legalName: described('Name of the organisation.', text),
  language: described('Language of the mails to the customer.', z.enum(languages)),
  owner: described('Mail address of the sales person.', text),
  team: described('Team of the sales person.', text),
  requestedAt: described('When it was started.', instant),
  tier: described('The readiness tier; null before the first assessment.', z.nullable(z.enum(tiers))),
  cutover: described('Day of the cutover booked; null without a booking.', z.nullable(day)),
  outcome: described('How it ended; null while it goes on.', z.nullable(z.enum(outcomes))),
};

export const summarySchema = named('OnboardingSummary', 'One line of a list.', z.strictObject(summary));

export const pageSchema = named(
  'OnboardingPage',
  'A page of a list.',
  z.strictObject({
    items: described('The lines; a page may hold fewer than asked for.', z.array(summarySchema)),
    cursor: described('To ask for the next page with; null on the last one.', z.nullable(text)),
  }),
);

export const onboardingSchema = named(
  'Onboarding',
  'An onboarding with its result, its wave and its whole history.',
  z.strictObject({
    ...summary,
    until: described(
      'By when whoever has the ball must act; in WAVE_CONFIRMED, when the go/no-go opens. Null when nothing runs out.',
      z.nullable(instant),
    ),
    because: described(
      'Why there is no wave, or why it ended.',
      z.nullable(
        z.strictObject({
          code: described('The reason, for machines.', text),
          text: described('The reason in the language of the answer.', text),
        }),
      ),
    ),
    contact: described(
      'Whom the platform writes to.',
      z.strictObject({
        name: described('How the person is called.', text),
        email: described('Mail address of the person.', text),
        mailBounced: described('The last mail did not arrive: the address is to be mended.', z.boolean()),
        linkRevoked: described(
          'True from the revocation of the personal link until a mail carries another: send the invitation again.',
          z.boolean(),
        ),
      }),
    ),
    review: described(
      'The review that waits for an operator, with its possible decisions.',
      z.nullable(
        z.strictObject({
          kind: described('Kind of the review.', z.enum(reviewKinds)),
          decisions: described('What may be decided.', z.array(text)),
        }),
      ),
    ),
    result: described('The present assessment; null before the first.', z.nullable(assessmentSchema)),
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
          holdUntil: described('When the place is given up unless confirmed.', z.nullable(instant)),
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
    waitingListRank: described(
      'Place on the waiting list, 1 for the first; null when not on it or far down.',
      z.nullable(z.int()),
    ),
    hypercareEnd: described('Last day of hypercare; null before the cutover.', z.nullable(day)),
    timeline: described('Everything that happened, the oldest first.', z.array(happening)),
  }),
);

export const contactChangeSchema = named(
  'ContactChange',
  'At least one of the two. The old link is replaced and a new one is mailed.',
  z.strictObject({
    contactName: z.optional(described('The person to invite.', name)),
    contactEmail: z.optional(described('Mail address of the person to invite.', mailAddress)),
  }),
);
