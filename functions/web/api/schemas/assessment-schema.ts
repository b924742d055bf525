import * as z from 'zod/mini';
import { registryStatuses } from '../../../domain/classification/facts.ts';
import { conditionCodes, eligibilities, requirementLevels } from '../../../domain/classification/outcomes.ts';
import { serviceCodes } from '../../../domain/platform-configuration.ts';
import { dimensions } from '../../../domain/questionnaire/dimensions.ts';
import { tiers } from '../../../domain/readiness/tier.ts';
import { answersSchema } from './answers-schema.ts';
import { day } from './plain-values.ts';
import { described, named } from './registry.ts';

const dimensionCode = z.enum(dimensions.map(({ code }) => code));
const dimensionAnswer = z.union([z.literal([0, 1, 2, 3, 4]), z.enum(['na', 'unknown'])]);
const ids = z.array(z.string());
const clarified = 'The questions to clarify; with CLARIFICATION_NEEDED only.';

const condition = named(
  'Condition',
  'Something to respect or to settle. Which data it carries depends on its code.',
  z.strictObject({
    code: described('Code of the condition.', z.enum(conditionCodes)),
    date: z.optional(
      described(
        'DEROGATION_DEADLINE: the last possible day of the cutover; SERVICE_NOT_YET_AVAILABLE: the first.',
        day,
      ),
    ),
    services: z.optional(
      described('SERVICE_NOT_YET_AVAILABLE: the services that are not open.', z.array(z.enum(serviceCodes))),
    ),
    ids: z.optional(described(clarified, ids)),
    cleared: z.optional(described('Settled: it no longer holds the customer back.', z.literal(true))),
  }),
);

const lever = named(
  'Lever',
  'One thing to do to come to a better tier.',
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: described('A dimension to improve.', z.literal('dimension')),
      code: described('The dimension.', dimensionCode),
      from: described('The answer given.', dimensionAnswer),
      to: described('The answer to come to.', z.literal([1, 2, 3, 4])),
      gain: described(
        'Points of score that this adds; 0 for a first answer, which adds coverage.',
        z.number(),
      ),
    }),
    z.strictObject({
      kind: described('A condition to settle.', z.literal('condition')),
      code: described('The condition.', z.enum(conditionCodes)),
      clearedBy: described('Who or what settles it.', z.enum(['customer', 'operator', 'registry', 'date'])),
      ids: z.optional(described(clarified, ids)),
    }),
  ]),
);

const readiness = named(
  'Readiness',
  'How ready the customer is, why, and what would help.',
  z.strictObject({
    tier: described('The readiness tier.', z.enum(tiers)),
    score: described('0 to 100, to one decimal; null when no dimension is answered.', z.nullable(z.number())),
    coverage: described('How much of the weight is answered, in per cent.', z.number()),
    dimensions: described(
      'The nine dimensions with their answers.',
      z.array(
        z.strictObject({
          code: described('Id of its question.', dimensionCode),
          name: described('What the dimension is about.', z.string()),
          weight: described('Its weight in the score.', z.number()),
          answer: described('0 to 4, na or unknown; null when not answered.', z.nullable(dimensionAnswer)),
        }),
      ),
    ),
    levers: described('What to do to come to a better tier, in this order.', z.array(lever)),
    reaches: described('The tier once all levers are pulled.', z.enum(tiers)),
  }),
);

export const assessmentSchema = named(
  'Assessment',
  'The four results with the reason for each effect, under the rule set named.',
  z.strictObject({
    ruleSetVersion: described('The rules applied.', z.string()),
    eligibility: described(
      'Whether the platform may take the customer; NOT_ELIGIBLE holds only once an operator confirms it.',
      z.enum(eligibilities),
    ),
    requirementLevel: described(
      'Whether the law or good practice asks for a qualified cloud.',
      z.enum(requirementLevels),
    ),
    conditions: described('What is to be respected or settled.', z.array(condition)),
    readiness,
    reasons: described(
      'One entry for each rule that holds and each of its effects.',
      z.array(
        z.strictObject({
          rule: described('Id of the rule.', z.string()),
          effect: described('What it leads to.', z.string()),
          legalReference: described('The source of the rule.', z.string()),
        }),
      ),
    ),
  }),
);

const organisation = described(
  'What is known of the organisation.',
  z.strictObject({
    registryStatus: described('What the public register says of it.', z.enum(registryStatuses)),
  }),
);
const asOf = z.optional(described('The day to assess for, in Europe/Paris; today unless given.', day));

/** The answers themselves are read by the questionnaire. */
export const assessmentFrame = z.strictObject({
  organisation,
  answers: z.unknown(),
  asOf,
});

export const assessmentRequest = named(
  'AssessmentRequest',
  'Facts to assess, stored nowhere.',
  z.strictObject({ organisation, answers: answersSchema, asOf }),
);
