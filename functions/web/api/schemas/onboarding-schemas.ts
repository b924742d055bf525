import * as z from 'zod/mini';
import { outcomes, parties, reviewKinds, stages } from '../../../domain/lifecycle.ts';
import { serviceCodes } from '../../../domain/platform-configuration.ts';
import { bodyTypes, deadlineReasons } from '../../../domain/questionnaire/option-codes.ts';
import { tiers } from '../../../domain/readiness/tier.ts';
import { languages } from '../../../domain/text.ts';
import { assessmentSchema } from './assessment-schema.ts';
import { count, day, instant, reference } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();
const name = z.string().check(z.minLength(1), z.maxLength(200));

/** Intake as it is documented; the domain reads it and forgives spaces, decorated numbers and empty texts. */
export const intakeSchema = named(
  'Intake',
  'A prospect. Numbers pasted with spaces and empty texts for absent fields are forgiven.',
  z.strictObject({
    siren: described('SIREN (9 digits) or SIRET (14 digits).', z.string()),
    legalName: name,
    bodyType: z.enum(bodyTypes),
    contactName: name,
    contactEmail: name,
    language: z.optional(described('fr unless given.', z.enum(languages))),
    services: z.array(z.enum(serviceCodes)).check(z.minLength(1)),
    usersInScope: z.optional(count),
    serversInScope: z.optional(count),
    earliestDate: z.optional(day),
    latestDate: z.optional(day),
    deadlineReason: z.optional(
      described('Required with latestDate; none makes it a wish.', z.enum(deadlineReasons)),
    ),
    owner: z.optional(described('Mail address of the sales person; the sales desk unless given.', name)),
    team: z.optional(z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/i))),
    group: z.optional(name),
    parentSiren: z.optional(described('SIREN of the organisation this one migrates after.', z.string())),
  }),
);

export const startedSchema = named(
  'Started',
  'The onboarding that was started.',
  z.strictObject({ reference }),
);

const standing = {
  reference,
  stage: z.enum(stages),
  stageLabel: described('The stage in the language of the answer.', text),
  ball: described('Who has to act next.', z.enum(parties)),
  since: described('Since when it is in this stage.', instant),
};

export const standingSchema = named(
  'Standing',
  'Where an onboarding stands once the request is recorded; the workflow goes on by itself.',
  z.strictObject(standing),
);

const who = z.strictObject({
  kind: z.enum(['customer', 'sales', 'operator', 'machine', 'system']),
  id: text,
});

const happening = named(
  'Happening',
  'One entry of the history: what changed, who did it, why.',
  z.strictObject({
    number: z.int(),
    at: instant,
    type: text,
    who,
    why: z.nullable(text),
    before: text,
    after: text,
    data: described('Ids and codes.', z.record(z.string(), z.unknown())),
  }),
);

const summary = {
  ...standing,
  siren: text,
  legalName: text,
  language: z.enum(languages),
  owner: text,
  team: text,
  requestedAt: instant,
  tier: z.nullable(z.enum(tiers)),
  cutover: described('Day of the cutover booked.', z.nullable(day)),
  outcome: described('How it ended.', z.nullable(z.enum(outcomes))),
};

export const summarySchema = named('OnboardingSummary', 'One line of a list.', z.strictObject(summary));

export const pageSchema = named(
  'OnboardingPage',
  'A page; `cursor` is null on the last one. A page may hold fewer lines than asked for.',
  z.strictObject({ items: z.array(summarySchema), cursor: z.nullable(text) }),
);

export const onboardingSchema = named(
  'Onboarding',
  'An onboarding with its result, its wave and its whole history.',
  z.strictObject({
    ...summary,
    until: described('When the present wait ends or the hold expires.', z.nullable(instant)),
    because: described(
      'Why there is no wave, or why it ended.',
      z.nullable(z.strictObject({ code: text, text })),
    ),
    contact: z.strictObject({ name: text, email: text, mailBounced: z.boolean() }),
    review: described(
      'The review that waits for an operator, with its possible decisions.',
      z.nullable(z.strictObject({ kind: z.enum(reviewKinds), decisions: z.array(text) })),
    ),
    result: z.nullable(assessmentSchema),
    wave: z.nullable(
      z.strictObject({
        id: text,
        site: text,
        cutover: day,
        status: z.enum(['OFFERED', 'HELD', 'CONFIRMED', 'TO_MOVE']),
        holdUntil: z.nullable(instant),
      }),
    ),
    preparation: z.nullable(z.strictObject({ id: text, site: text, starts: day })),
    waitingListRank: described(
      'Place on the waiting list, 1 for the first; null when not on it or far down.',
      z.nullable(z.int()),
    ),
    hypercareEnd: z.nullable(day),
    timeline: z.array(happening),
  }),
);

export const contactChangeSchema = named(
  'ContactChange',
  'At least one of the two. The old link is replaced and a new one is mailed.',
  z.strictObject({ contactName: z.optional(name), contactEmail: z.optional(name) }),
);
