import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { outcomes, reviewKinds, stages, waitKinds } from '../../functions/domain/onboarding/lifecycle.ts';

/** Where an onboarding stands, in facts that every later release has to read from the recording. */
export const factsSchema = z.strictObject({
  /** For the business: of one whose run has failed, the stage it failed in. */
  stage: z.enum(stages),
  failed: z.literal(true).optional(),
  outcome: z.enum(outcomes).optional(),
  because: z.string().optional(),
  reviewKind: z.enum(reviewKinds).optional(),
  run: z.int(),
  wait: z.strictObject({ kind: z.enum(waitKinds), decision: z.string().optional() }).optional(),
  booking: z.strictObject({ wave: z.string(), status: z.string() }).optional(),
});
export type Facts = z.infer<typeof factsSchema>;

const onboardingSchema = z.strictObject({
  /** What is particular to it. */
  is: z.string(),
  reference: z.string(),
  siren: z.string(),
  name: z.string(),
  mail: z.string(),
  owner: z.string(),
  team: z.string(),
  /** Key of the request that started it. */
  request: z.string(),
  events: z.int(),
  /** Generation of its personal link. */
  link: z.int(),
  recorded: factsSchema,
  erasure: z.enum(['asked', 'done', 'checked']).optional(),
  /** Where it stands once a process has taken the folder up and has nothing left to do, unless as recorded. */
  settled: factsSchema.optional(),
  /** Where it stands once a run that has failed was resumed. */
  resumed: factsSchema.optional(),
});
export type RecordedOnboarding = z.infer<typeof onboardingSchema>;

const expectedSchema = z.strictObject({
  clock: z.iso.datetime(),
  onboardings: z.array(onboardingSchema),
  /** What is still to be sent, by template, type or kind. */
  outbox: z.array(
    z.strictObject({ reference: z.string(), messages: z.array(z.string()), sent: z.array(z.int()) }),
  ),
  sessions: z.array(z.strictObject({ kind: z.enum(['customer', 'staff']), secret: z.string() })),
});

/** What the recording holds, as the release that wrote it told. */
export const expected = expectedSchema.parse(
  JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')),
);

/** The onboarding of the recording that is just this. */
export function recordedAs(is: string): RecordedOnboarding {
  const found = expected.onboardings.find((one) => one.is === is);
  if (found === undefined) throw new Error(`The recording holds nobody who is ${is}`);
  return found;
}
