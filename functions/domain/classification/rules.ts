import type { QuestionId } from '../questionnaire/answers.ts';
import type { LegalReference } from '../questionnaire/legal-references.ts';
import {
  type Facts,
  hasConcreteImpact,
  holdsAny,
  holdsDelicatePersonalData,
  isGipOfUnknownStanding,
  isOfCategory,
  isStateScope,
  unclearNumbers,
  unclearQuestions,
  unopenedServices,
  wantedServices,
} from './facts.ts';
import type { Effect, Eligibility, PlainConditionCode, RequirementLevel } from './outcomes.ts';
import type { RuleId } from './rule-texts.ts';

/** The result of the rules above. */
export interface SoFar {
  readonly requirementLevel: RequirementLevel;
}

/** A row of the rule set. Two rows may share an id: one rule with two branches. */
export interface Rule<Known = Facts> {
  readonly id: RuleId;
  readonly legalReference: LegalReference;
  readonly when: (facts: Known, soFar: SoFar) => boolean;
  readonly effects: (facts: Known) => readonly Effect[];
}

const eligibility = (value: Eligibility): Effect => ({ kind: 'eligibility', value });
const atLeast = (value: RequirementLevel): Effect => ({ kind: 'requirementLevel', value });
const condition = (code: PlainConditionCode): Effect => ({ kind: 'condition', value: { code } });

const review = eligibility('MANUAL_REVIEW');
const recommended = atLeast('RECOMMENDED');
const undetermined = atLeast('UNDETERMINED');

const stateCloudDoctrine = 'SREN law art. 31; doctrine "cloud au centre" R9';

/** Health data of others: whoever hosts it needs the certificate, and so does each requested service [2026-11]. */
const hostsHealthData = (answers: Facts['answers']): boolean => answers.B10 === 'yes_for_third_parties';

/** Health data of one's own binds its host too: the law speaks of those on whose behalf it hosts [2026-12]. */
const hasHealthDataHosted = (answers: Facts['answers']): boolean =>
  holdsAny(answers.B10, ['yes_own', 'yes_for_third_parties']);

function healthDataRule(applies: (answers: Facts['answers']) => boolean): Rule {
  return {
    id: 'R11',
    legalReference: 'CSP L.1111-8',
    when: ({ answers }) => applies(answers),
    effects: (facts) => [
      condition('HDS_REQUIRED'),
      ...(wantedServices(facts).some(({ hdsCertified }) => !hdsCertified) ? [review] : []),
    ],
  };
}

/** The questions that R23 names: clearing them is a task, and nothing waits for it. */
function clarificationRule(unclear: (answers: Facts['answers']) => readonly QuestionId[]): Rule {
  return {
    id: 'R23',
    legalReference: 'operator policy',
    when: ({ answers }) => unclear(answers).length > 0,
    effects: ({ answers }) => [
      { kind: 'condition', value: { code: 'CLARIFICATION_NEEDED', ids: unclear(answers) } },
    ],
  };
}

/** The rules that need only the register, which is all that the first qualification has. */
export const registryRules: readonly Rule<Pick<Facts, 'registryStatus'>>[] = [
  {
    id: 'R02',
    legalReference: 'registry',
    when: ({ registryStatus }) => registryStatus === 'not_found' || registryStatus === 'ceased',
    effects: () => [review],
  },
  {
    id: 'R02b',
    legalReference: 'registry',
    when: ({ registryStatus }) => registryStatus === 'unavailable',
    effects: () => [condition('REGISTRY_UNVERIFIED')],
  },
];

/**
 * The rules of 2026-11, in the order in which reasons are listed. Unknown is never counted as no, and no rule holds on an
 * absent answer. R10b reads the requirement level, so it comes after R06, the only rule that imposes it.
 */
export const rulesOf202611: readonly Rule[] = [
  {
    id: 'R01',
    legalReference: 'IGI 1300',
    when: ({ answers }) => answers.B1 === 'yes',
    effects: () => [eligibility('NOT_ELIGIBLE')],
  },
  {
    id: 'R01',
    legalReference: 'IGI 1300',
    when: ({ answers }) => answers.B1 === 'unknown',
    effects: () => [review],
  },
  ...registryRules,
  {
    id: 'R04',
    legalReference: 'II 901',
    when: ({ answers }) => answers.B2 === 'yes',
    effects: () => [review, condition('DR_PATH'), recommended],
  },
  {
    id: 'R04',
    legalReference: 'II 901',
    when: ({ answers }) => holdsAny(answers.B2, ['unknown', 'discuss_offline']),
    effects: () => [review],
  },
  {
    id: 'R05',
    legalReference: 'CSP / ANSSI',
    when: ({ answers }) =>
      holdsAny(answers.B3, ['yes', 'discuss_offline', 'unknown']) ||
      holdsAny(answers.A4, ['discuss_offline', 'unknown']),
    effects: () => [review, recommended],
  },
  {
    id: 'R06',
    legalReference: stateCloudDoctrine,
    when: ({ answers }) => isStateScope(answers) && isOfCategory(answers) && hasConcreteImpact(answers),
    effects: () => [atLeast('MANDATORY')],
  },
  {
    id: 'R07',
    legalReference: stateCloudDoctrine,
    when: ({ answers }) =>
      isStateScope(answers) && isOfCategory(answers) && holdsAny(answers.B6, ['unknown']),
    effects: () => [undetermined, review, condition('SENSITIVITY_ANALYSIS_MISSING')],
  },
  {
    id: 'R07b',
    legalReference: stateCloudDoctrine,
    when: ({ answers }) =>
      (isStateScope(answers) || isGipOfUnknownStanding(answers)) &&
      !isOfCategory(answers) &&
      (holdsAny(answers.B4, ['unknown']) || answers.B5 === 'unknown'),
    effects: () => [undetermined, review],
  },
  {
    id: 'R07c',
    legalReference: stateCloudDoctrine,
    when: ({ answers }) => isGipOfUnknownStanding(answers) && isOfCategory(answers),
    effects: () => [undetermined, review],
  },
  {
    id: 'R08',
    legalReference: stateCloudDoctrine,
    when: ({ answers }) => isStateScope(answers) && isOfCategory(answers) && holdsAny(answers.B6, ['none']),
    effects: ({ answers }) => [
      recommended,
      ...(holdsAny(answers.B7?.answer, ['no', 'unknown']) ? [condition('SENSITIVITY_ANALYSIS_MISSING')] : []),
    ],
  },
  {
    id: 'R10',
    legalReference: 'decree 2026-272',
    when: ({ answers }) => answers.B8?.answer === 'yes_with_derogation' && answers.B8.expiry !== undefined,
    effects: ({ answers: { B8 } }) => [
      {
        kind: 'condition',
        value: {
          code: 'DEROGATION_DEADLINE',
          ...(B8?.expiry === undefined || B8.expiry === 'unknown' ? {} : { date: B8.expiry }),
        },
      },
    ],
  },
  {
    id: 'R10b',
    legalReference: 'decree 2026-272',
    when: ({ answers }, { requirementLevel }) =>
      answers.B8?.answer === 'yes_without_derogation' && requirementLevel === 'MANDATORY',
    effects: () => [review, condition('DEROGATION_MISSING')],
  },
  healthDataRule(hostsHealthData),
  {
    id: 'R12',
    legalReference: 'ANSSI',
    when: ({ answers }) => answers.A3 === 'health_body',
    effects: () => [recommended],
  },
  {
    id: 'R13',
    legalReference: 'CNIL',
    when: ({ answers }) =>
      answers.A3 === 'local_authority' &&
      (holdsDelicatePersonalData(answers) || holdsAny(answers.B4, ['privacy', 'medical_secrecy'])),
    effects: () => [recommended],
  },
  {
    id: 'R14',
    legalReference: 'ANSSI, NIS2',
    when: ({ answers }) => holdsAny(answers.A4, ['ose', 'oiv']) || answers.A5 === 'essential',
    effects: () => [recommended],
  },
  {
    id: 'R15',
    legalReference: 'NIS2, CNIL',
    when: ({ answers }) =>
      answers.A5 === 'important' ||
      holdsAny(answers.B9, ['minors']) ||
      (holdsAny(answers.B9, ['art9', 'art10']) && answers.B9b === 'over_100k'),
    effects: () => [recommended],
  },
  {
    id: 'R16',
    legalReference: 'DORA art. 28-30',
    when: ({ answers }) => answers.A6 === 'yes',
    effects: ({ answers }) => [
      condition('DORA_ANNEX'),
      ...(holdsAny(answers.A6b, ['yes', 'unknown']) ? [condition('EXIT_PLAN_REQUIRED')] : []),
    ],
  },
  {
    id: 'R17',
    legalReference: 'operator policy',
    when: ({ answers }) => answers.A3 === 'company' && holdsAny(answers.B12, ['trade_secrets', 'research']),
    effects: () => [recommended],
  },
  {
    id: 'R17b',
    legalReference: 'export control',
    when: ({ answers }) => holdsAny(answers.B12, ['export_controlled']),
    effects: () => [review],
  },
  {
    id: 'R18',
    legalReference: 'catalogue',
    when: (facts) => unopenedServices(facts).length > 0,
    effects: (facts) => {
      const unopened = unopenedServices(facts);
      const date =
        unopened
          .map(({ opens }) => opens)
          .toSorted()
          .at(-1) ?? facts.asOf;
      const services = unopened.map(({ code }) => code);
      return [{ kind: 'condition', value: { code: 'SERVICE_NOT_YET_AVAILABLE', services, date } }];
    },
  },
  {
    id: 'R21',
    legalReference: 'GDPR art. 35',
    when: ({ answers }) =>
      holdsDelicatePersonalData(answers) && holdsAny(answers.B11, ['not_done', 'unknown']),
    effects: () => [condition('DPIA_MISSING')],
  },
  {
    id: 'R22',
    legalReference: 'SecNumCloud 3.2 ch. 19.6',
    when: ({ answers }) => answers.A7 === 'yes',
    effects: () => [review],
  },
  clarificationRule(unclearQuestions),
];

const changedIn202612: readonly Rule[] = [
  healthDataRule(hasHealthDataHosted),
  clarificationRule((answers) => [...unclearQuestions(answers), ...unclearNumbers(answers)]),
];

/** The rules of 2026-12: those of 2026-11 with another R11, and with an R23 that names numbers, too. */
export const rulesOf202612: readonly Rule[] = rulesOf202611.map(
  (rule) => changedIn202612.find(({ id }) => id === rule.id) ?? rule,
);
