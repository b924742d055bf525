import * as z from 'zod/mini';
import { startOnboarding } from '../../../application/start-onboarding.ts';
import { type Intake, parseIntake } from '../../../domain/intake/intake.ts';
import { stages } from '../../../domain/onboarding/lifecycle.ts';
import { onboardingView, summaryView } from '../../shared/onboarding-view.ts';
import { intakeExample, onboardingExample, startedExample, summaryExample } from '../examples.ts';
import { onePerPlace, placed, problemsFound } from '../field-errors.ts';
import { type BodyReader, defineOperation, noBody, noQuery } from '../operation.ts';
import { intakeSchema, onboardingSchema, pageSchema, startedSchema } from '../schemas/onboarding-schemas.ts';
import { described } from '../schemas/registry.ts';
import { searchOnboardings } from '../search.ts';

const standardLimit = 25;
const largestLimit = 100;

/**
 * The schema holds a prospect to the types of JSON, which files and forms cannot have; the domain says what the fields
 * mean and knows their names, so its words come first.
 */
const intakeBody: BodyReader<Intake> = {
  schema: intakeSchema,
  example: intakeExample,
  read: (sent) => {
    const shape = z.safeParse(intakeSchema, sent);
    const parsed = parseIntake(sent);
    if ('intake' in parsed && shape.success) return { value: parsed.intake };
    return {
      problems: onePerPlace([
        ...('problems' in parsed ? placed(parsed.problems, sent) : []),
        ...(shape.success ? [] : problemsFound(shape.error.issues, sent)),
      ]),
    };
  },
};

/**
 * What a request to start means, in one form: requests are compared by it, so that a repeat that writes its fields in
 * another order or spaces its SIREN otherwise is still the same request.
 */
function meaningOf(intake: Intake): string {
  return JSON.stringify(intake, Object.keys(intake).toSorted());
}

export const startOperation = defineOperation({
  id: 'startOnboarding',
  method: 'POST',
  path: '/onboardings',
  summary: 'Start an onboarding. A repeat with the same key and the same content has the same answer.',
  scope: 'onboarding/write',
  idempotent: true,
  problems: ['active_onboarding_exists', 'idempotency_key_reused'],
  query: noQuery,
  body: intakeBody,
  success: {
    status: 201,
    description: 'Started, now or by an earlier request with this key.',
    schema: startedSchema,
    example: startedExample,
    location: ({ reference }) => reference,
  },
  handle: async ({ dependencies, body: intake, who, idempotencyKey }) => {
    const { owner, team } = dependencies.sales;
    // The client is part of the key: two clients that happen to use the same one never meet.
    const request = { scope: `api:${who.id}`, key: idempotencyKey, body: meaningOf(intake) };
    return { reference: await startOnboarding(dependencies, request, { owner, team, ...intake }, who) };
  },
});

export const searchOperation = defineOperation({
  id: 'searchOnboardings',
  method: 'GET',
  path: '/onboardings',
  summary:
    'Find onboardings by stage, owner, reference, SIREN, mail address of the contact or start of the name.',
  scope: 'onboarding/read',
  problems: [],
  query: z.strictObject({
    stage: z.optional(
      described(
        'Only those in this stage. FAILED is accepted for this release and answers as `run=failed`.',
        z.enum([...stages, 'FAILED']),
      ),
    ),
    run: z.optional(described('Only those whose run has failed.', z.enum(['failed']))),
    owner: z.optional(
      described(
        'Mail address of the sales person; capitals make no difference.',
        z.string().check(z.maxLength(200)),
      ),
    ),
    q: z.optional(
      described(
        'A reference, a SIREN, a mail address, or the first three letters or more of a name.',
        z.string().check(z.maxLength(200)),
      ),
    ),
    cursor: z.optional(described('From the page before.', z.string().check(z.maxLength(4_000)))),
    limit: z.optional(
      described(
        `Most lines of a page; ${standardLimit} unless given.`,
        z.int().check(z.minimum(1), z.maximum(largestLimit)),
      ),
    ),
  }),
  body: noBody,
  success: {
    status: 200,
    description: 'A page of what was found.',
    schema: pageSchema,
    example: { items: [summaryExample], cursor: null },
  },
  handle: async ({ dependencies, query, language }) => {
    const { limit = standardLimit, stage, run, ...rest } = query;
    const search = {
      ...rest,
      ...(stage === 'FAILED' ? { failed: true } : { stage, failed: run === 'failed' }),
      // Owners are kept in lower case.
      owner: rest.owner?.toLowerCase(),
      limit,
    };
    const page = await searchOnboardings(dependencies.store, search);
    return {
      items: page.items.map((state) => summaryView(state, undefined, language)),
      cursor: page.cursor ?? null,
    };
  },
});

export const showOperation = defineOperation({
  id: 'showOnboarding',
  method: 'GET',
  path: '/onboardings/{reference}',
  summary: 'Where an onboarding stands, who has the ball, its result with reasons, its wave, its history.',
  scope: 'onboarding/read',
  problems: [],
  query: noQuery,
  body: noBody,
  success: {
    status: 200,
    description: 'The onboarding.',
    schema: onboardingSchema,
    example: onboardingExample,
  },
  handle: async ({ dependencies, parameter, language }) =>
    onboardingView(dependencies, parameter('reference'), language),
});
