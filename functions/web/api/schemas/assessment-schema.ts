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
const clarified = 'CLARIFICATION_NEEDED: the questions to clarify.';

const condition = named(
  'Condition',
  'A condition to respect or to clear. Its data depends on its code.',
  z.strictObject({
    code: described('Code of the condition.', z.enum(conditionCodes)),
    date: z.optional(
      described(
        'DEROGATION_DEADLINE: the last possible day of the cutover; SERVICE_NOT_YET_AVAILABLE: the first possible day.',
        day,
      ),
    ),
    services: z.optional(
      described('SERVICE_NOT_YET_AVAILABLE: the services not yet available.', z.array(z.enum(serviceCodes))),
    ),
    ids: z.optional(described(clarified, ids)),
    cleared: z.optional(described('True once the condition is cleared.', z.literal(true))),
  }),
);

const lever = named(
  'Lever',
  'An action that improves the tier.',
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: described('A dimension to improve.', z.literal('dimension')),
      code: described('The dimension.', dimensionCode),
      from: described('The current answer.', dimensionAnswer),
      to: described('The answer to reach.', z.literal([1, 2, 3, 4])),
      gain: described('Points added to the score; 0 for a first answer, which adds coverage.', z.number()),
    }),
    z.strictObject({
      kind: described('A condition to clear.', z.literal('condition')),
      code: described('The condition.', z.enum(conditionCodes)),
      clearedBy: described('Who or what clears it.', z.enum(['customer', 'operator', 'registry', 'date'])),
      ids: z.optional(described(clarified, ids)),
    }),
  ]),
);

const readiness = named(
  'Readiness',
  'The readiness of the customer, with its reasons and possible improvements.',
  z.strictObject({
    tier: described('The readiness tier.', z.enum(tiers)),
    score: described('0 to 100, to one decimal; null when no dimension is answered.', z.nullable(z.number())),
    coverage: described(
      'Share of the weight of the readiness dimensions that apply and are answered 0 to 4, in per cent; it says nothing about other questions.',
      z.number(),
    ),
    dimensions: described(
      'The nine dimensions with their answers.',
      z.array(
        z.strictObject({
          code: described('Id of its question.', dimensionCode),
          name: described('Name of the dimension.', z.string()),
          weight: described('Its weight in the score.', z.number()),
          answer: described('0 to 4, na or unknown; null when not answered.', z.nullable(dimensionAnswer)),
        }),
      ),
    ),
    levers: described('Actions that improve the tier, in this order.', z.array(lever)),
    reaches: described('The tier after all these actions.', z.enum(tiers)),
  }),
);

export const assessmentSchema = named(
  'Assessment',
  'The four results with the reason for each effect.',
  z.strictObject({
    ruleSetVersion: described('Version of the rules applied.', z.string()),
    eligibility: described(
      'Whether the platform may accept the customer; NOT_ELIGIBLE takes effect only once an operator confirms it.',
      z.enum(eligibilities),
    ),
    requirementLevel: described(
      'Whether the law or good practice requires a qualified cloud.',
      z.enum(requirementLevels),
    ),
    conditions: described('Conditions to respect or to clear.', z.array(condition)),
    readiness,
    reasons: described(
      'One entry for each effect of each rule that applies.',
      z.array(
        z.strictObject({
          rule: described('Id of the rule.', z.string()),
          effect: described('Effect of the rule.', z.string()),
          legalReference: described('The source of the rule.', z.string()),
        }),
      ),
    ),
  }),
);

const organisation = described(
  'Known facts about the organisation.',
  z.strictObject({
    registryStatus: described('Status in the public register.', z.enum(registryStatuses)),
  }),
);
const asOf = z.optional(described('The day of the assessment, in Europe/Paris; default today.', day));

/** The answers themselves are validated by the questionnaire. */
export const assessmentFrame = z.strictObject({
  organisation,
  answers: z.unknown(),
  asOf,
});

export const assessmentRequest = named(
  'AssessmentRequest',
  'Facts to assess; they are not stored.',
  z.strictObject({ organisation, answers: answersSchema, asOf }),
);
