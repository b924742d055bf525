import * as z from 'zod/mini';
import { registryStatuses } from '../../../domain/classification/facts.ts';
import { conditionCodes, eligibilities, requirementLevels } from '../../../domain/classification/outcomes.ts';
import { serviceCodes } from '../../../domain/platform-configuration.ts';
import { dimensions } from '../../../domain/readiness/dimensions.ts';
import { tiers } from '../../../domain/readiness/tier.ts';
import { answersSchema } from './answers-schema.ts';
import { day } from './plain-values.ts';
import { described, named } from './registry.ts';

const dimensionCode = z.enum(dimensions.map(({ code }) => code));
const dimensionAnswer = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.enum(['na', 'unknown']),
]);
const ids = z.array(z.string());

const condition = named(
  'Condition',
  'Something to respect or to settle. Which data it carries depends on its code.',
  z.strictObject({
    code: z.enum(conditionCodes),
    date: z.optional(day),
    services: z.optional(z.array(z.enum(serviceCodes))),
    ids: z.optional(ids),
    cleared: z.optional(described('Settled: it no longer holds the customer back.', z.literal(true))),
  }),
);

const lever = named(
  'Lever',
  'One thing to do to come to a better tier.',
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('dimension'),
      code: dimensionCode,
      from: dimensionAnswer,
      to: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
      gain: z.number(),
    }),
    z.strictObject({
      kind: z.literal('condition'),
      code: z.enum(conditionCodes),
      clearedBy: z.enum(['customer', 'operator', 'registry', 'date']),
      ids: z.optional(ids),
    }),
  ]),
);

const readiness = named(
  'Readiness',
  'How ready the customer is, why, and what would help.',
  z.strictObject({
    tier: z.enum(tiers),
    score: z.nullable(z.number()),
    coverage: z.number(),
    dimensions: z.array(
      z.strictObject({
        code: dimensionCode,
        name: z.string(),
        weight: z.number(),
        answer: z.nullable(dimensionAnswer),
      }),
    ),
    levers: z.array(lever),
    reaches: z.enum(tiers),
  }),
);

export const assessmentSchema = named(
  'Assessment',
  'The four results with the reason for each effect, under the rule set named.',
  z.strictObject({
    ruleSetVersion: z.string(),
    eligibility: z.enum(eligibilities),
    requirementLevel: z.enum(requirementLevels),
    conditions: z.array(condition),
    readiness,
    reasons: z.array(z.strictObject({ rule: z.string(), effect: z.string(), legalReference: z.string() })),
  }),
);

export const organisationSchema = z.strictObject({ registryStatus: z.enum(registryStatuses) });

/** The answers themselves are read by the questionnaire. */
export const assessmentFrame = z.strictObject({
  organisation: organisationSchema,
  answers: z.unknown(),
  asOf: z.optional(day),
});

export const assessmentRequest = named(
  'AssessmentRequest',
  'Facts to assess, stored nowhere. `asOf` is today unless given.',
  z.strictObject({ organisation: organisationSchema, answers: answersSchema, asOf: z.optional(day) }),
);
