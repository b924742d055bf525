import * as z from 'zod/mini';
import { startOnboarding } from '../../../application/start-onboarding.ts';
import { type Intake, parseIntake } from '../../../domain/intake/intake.ts';
import { stages } from '../../../domain/onboarding/lifecycle.ts';
import { onboardingView, summaryView } from '../../shared/onboarding-view.ts';
import { intakeExample, onboardingExample, startedExample, summaryExample } from '../examples/onboarding.ts';
import { onePerPlace, placed, problemsFound } from '../field-errors.ts';
import { type BodyReader, defineOperation, noBody, noQuery } from '../operation.ts';
import { pageQuery, standardLimit } from '../page-query.ts';
import { intakeSchema, intakeTypes, startedSchema } from '../schemas/intake-schemas.ts';
import { onboardingSchema, pageSchema } from '../schemas/onboarding-schemas.ts';
import { described } from '../schemas/registry.ts';
import { searchOnboardings } from '../search.ts';

/**
 * The JSON types are checked here, because files and forms do not have them. The domain reads the texts as it reads those
 * of files and forms, and knows the names of the fields, so its problems come first.
 */
const intakeBody: BodyReader<Intake> = {
  schema: intakeSchema,
  example: intakeExample,
  read: (sent) => {
    const shape = z.safeParse(intakeTypes, sent);
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
 * The canonical form of a request to start, by which earlier releases compared requests.
 */
function meaningOf(intake: Intake): string {
  return JSON.stringify(intake, Object.keys(intake).toSorted());
}

export const startOperation = defineOperation({
  id: 'startOnboarding',
  method: 'POST',
  path: '/onboardings',
  summary:
    'Start an onboarding. Repeating the request with the same key and content returns the same response.',
  scope: 'onboarding/write',
  idempotent: true,
  problems: ['active_onboarding_exists'],
  query: noQuery,
  body: intakeBody,
  success: {
    status: 201,
    description: 'The onboarding was started, by this or an earlier request with the same key.',
    schema: startedSchema,
    example: startedExample,
    location: ({ reference }) => reference,
    again: async (_, { reference = '' }) => ({ reference }),
  },
  formerBody: meaningOf,
  handle: async ({ dependencies, body: intake, who, request }) => {
    const { owner, team } = dependencies.sales;
    if (request === undefined) throw new Error('A start always has a key');
    return { reference: await startOnboarding(dependencies, request, { owner, team, ...intake }, who) };
  },
});

export const searchOperation = defineOperation({
  id: 'searchOnboardings',
  method: 'GET',
  path: '/onboardings',
  summary:
    'Find onboardings by stage, owner, reference, SIREN, email address of the contact or the beginning of a word of the name.',
  scope: 'onboarding/read',
  problems: [],
  query: z.strictObject({
    stage: z.optional(
      described(
        'Filter by stage. FAILED is accepted in this release and returns the same as `run=failed`.',
        z.enum([...stages, 'FAILED']),
      ),
    ),
    run: z.optional(described('Filter by the status of the run.', z.enum(['failed']))),
    owner: z.optional(
      described('Email address of the account owner, case-insensitive.', z.string().check(z.maxLength(200))),
    ),
    q: z.optional(
      described(
        'A reference, a SIREN, an email address, or at least the first three letters of a name.',
        z.string().check(z.maxLength(200)),
      ),
    ),
    ...pageQuery,
  }),
  body: noBody,
  success: {
    status: 200,
    description: 'A page of results.',
    schema: pageSchema,
    example: { items: [summaryExample], cursor: null, unreadable: 0 },
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
      unreadable: (page.unreadable ?? []).length,
    };
  },
});

export const showOperation = defineOperation({
  id: 'showOnboarding',
  method: 'GET',
  path: '/onboardings/{reference}',
  summary: 'Show an onboarding: stage, who must act next, result with reasons, wave, history.',
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
