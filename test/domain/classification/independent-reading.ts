import type { Answers, QuestionId } from '../../../functions/domain/questionnaire/answers.ts';
import type { AssessmentFacts } from '../../../functions/domain/readiness/assessment.ts';

/**
 * A second reading of the rules, the score and the tier, written from their specification. It shares nothing with
 * the code that it is compared with: table beside table, a difference is a fault of one of the two.
 */
export interface Reading {
  readonly eligibility: string;
  readonly requirementLevel: string;
  /** Codes with their data, in alphabetical order. */
  readonly conditions: readonly string[];
  readonly score: number | null;
  readonly coverage: number;
  readonly tier: string;
}

type RuleSet = '2026-11' | '2026-12';

const levelsUpwards = ['NOT_REQUIRED', 'RECOMMENDED', 'UNDETERMINED', 'MANDATORY'];
const weights = { D1: 10, D2: 20, D3: 15, D4: 15, D5: 10, D6: 10, D7: 10, D8: 5, D9: 5 } as const;
const dimensionIds = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9'] as const;
const blockingCodes = [
  'SENSITIVITY_ANALYSIS_MISSING',
  'DPIA_MISSING',
  'EXIT_PLAN_REQUIRED',
  'DR_PATH',
  'SERVICE_NOT_YET_AVAILABLE',
  'REGISTRY_UNVERIFIED',
];

/** What the rules have found so far. */
class Findings {
  refused = false;
  review = false;
  level = 0;
  readonly conditions = new Map<string, string>();

  atLeast(level: string): void {
    this.level = Math.max(this.level, levelsUpwards.indexOf(level));
  }

  add(code: string, data = ''): void {
    this.conditions.set(code, `${code}${data}`);
  }

  undetermined(): void {
    this.atLeast('UNDETERMINED');
    this.review = true;
  }
}

function holds(chosen: readonly string[] | undefined, ...codes: readonly string[]): boolean {
  return (chosen ?? []).some((code) => codes.includes(code));
}

/** Any option that says something: neither none nor unknown. */
function isConcrete(chosen: readonly string[] | undefined): boolean {
  return (chosen ?? []).some((code) => code !== 'none' && code !== 'unknown');
}

function readDoor(found: Findings, { answers, organisation }: AssessmentFacts): void {
  const { registryStatus } = organisation;
  if (answers.B1 === 'yes') found.refused = true;
  if (answers.B1 === 'unknown') found.review = true;
  if (registryStatus === 'not_found' || registryStatus === 'ceased') found.review = true;
  if (registryStatus === 'unavailable') found.add('REGISTRY_UNVERIFIED');
}

function readProtection(found: Findings, { A4, B2, B3 }: Answers): void {
  if (B2 === 'yes') {
    found.add('DR_PATH');
    found.atLeast('RECOMMENDED');
  }
  if (B2 === 'yes' || B2 === 'unknown' || B2 === 'discuss_offline') found.review = true;
  const vital = B3 === 'yes' || B3 === 'discuss_offline' || B3 === 'unknown';
  if (vital || A4 === 'discuss_offline' || A4 === 'unknown') {
    found.review = true;
    found.atLeast('RECOMMENDED');
  }
}

/** What a breach could harm, for the State's own data of a protected category. */
function readHarm(found: Findings, { B6, B7 }: Answers): void {
  if (isConcrete(B6)) found.atLeast('MANDATORY');
  if (holds(B6, 'unknown')) {
    found.undetermined();
    found.add('SENSITIVITY_ANALYSIS_MISSING');
  }
  if (!holds(B6, 'none')) return;
  found.atLeast('RECOMMENDED');
  if (B7?.answer !== 'yes') found.add('SENSITIVITY_ANALYSIS_MISSING');
}

function readState(found: Findings, answers: Answers): void {
  const { A3, A3b, B4, B5 } = answers;
  const state = A3 === 'state_administration' || A3 === 'state_operator' || (A3 === 'gip' && A3b === 'yes');
  const perhapsState = A3 === 'gip' && A3b === 'unknown';
  const category = isConcrete(B4) || B5 === 'yes';
  if (state && category) readHarm(found, answers);
  const open = holds(B4, 'unknown') || B5 === 'unknown';
  if ((state || perhapsState) && !category && open) found.undetermined();
  if (perhapsState && category) found.undetermined();
}

/** After every rule that raises the level: one of its rules asks for it. */
function readDerogation(found: Findings, { B8 }: Answers): void {
  if (B8?.answer === 'yes_with_derogation') {
    const dated = B8.expiry !== undefined && B8.expiry !== 'unknown';
    found.add('DEROGATION_DEADLINE', dated ? ` ${B8.expiry}` : '');
  }
  if (B8?.answer === 'yes_without_derogation' && levelsUpwards[found.level] === 'MANDATORY') {
    found.review = true;
    found.add('DEROGATION_MISSING');
  }
}

function readHealth(found: Findings, { answers, platform }: AssessmentFacts, rules: RuleSet): void {
  const bound = rules === '2026-11' ? ['yes_for_third_parties'] : ['yes_for_third_parties', 'yes_own'];
  if (answers.B10 === undefined || !bound.includes(answers.B10)) return;
  found.add('HDS_REQUIRED');
  const certified = platform.services.filter((service) => service.hdsCertified).map(({ code }) => code);
  if ((answers.C1 ?? []).some((code) => !certified.includes(code))) found.review = true;
}

function readRecommendations(found: Findings, answers: Answers): void {
  const { A3, A4, A5, B4, B9, B9b, B12 } = answers;
  const particular = holds(B9, 'art9', 'art10', 'minors');
  const recommended = [
    A3 === 'health_body',
    A3 === 'local_authority' && (particular || holds(B4, 'privacy', 'medical_secrecy')),
    A4 === 'ose' || A4 === 'oiv' || A5 === 'essential',
    A5 === 'important' || holds(B9, 'minors') || (holds(B9, 'art9', 'art10') && B9b === 'over_100k'),
    A3 === 'company' && holds(B12, 'trade_secrets', 'research'),
  ];
  if (recommended.includes(true)) found.atLeast('RECOMMENDED');
}

function readContract(found: Findings, { answers, asOf, platform }: AssessmentFacts): void {
  const { A6, A6b, A7, B9, B11, B12, C1 = [] } = answers;
  if (A6 === 'yes') {
    found.add('DORA_ANNEX');
    if (A6b === 'yes' || A6b === 'unknown') found.add('EXIT_PLAN_REQUIRED');
  }
  if (A7 === 'yes' || holds(B12, 'export_controlled')) found.review = true;
  if (holds(B9, 'art9', 'art10', 'minors') && (B11 === 'not_done' || B11 === 'unknown')) {
    found.add('DPIA_MISSING');
  }
  const closed = platform.services.filter(({ code, opens }) => C1.includes(code) && opens > asOf);
  const last = closed
    .map(({ opens }) => opens)
    .toSorted()
    .at(-1);
  const codes = closed.map(({ code }) => code).toSorted();
  if (last !== undefined) found.add('SERVICE_NOT_YET_AVAILABLE', ` ${codes.join()} ${last}`);
}

function readDoubts(found: Findings, answers: Answers, rules: RuleSet): void {
  const { A5, A6, A7, B8, B9, B10, B12, C1 = [], C2, C3, C4, C6 } = answers;
  const unknownFigure = (group: object | undefined, ...besides: readonly string[]) =>
    Object.entries(group ?? {}).some(([key, value]) => !besides.includes(key) && value === 'unknown');
  const said: Partial<Record<QuestionId, boolean>> = {
    A5: A5 === 'unknown',
    A6: A6 === 'unknown',
    A7: A7 === 'unknown',
    B8: B8?.answer === 'unknown' || (rules === '2026-12' && B8?.expiry === 'unknown'),
    B9: holds(B9, 'unknown'),
    B10: B10 === 'unknown',
    B12: holds(B12, 'unknown'),
  };
  const numbers: Partial<Record<QuestionId, boolean>> = {
    C2: unknownFigure(C2),
    C3: C1.includes('exchange') && unknownFigure(C3),
    C4: unknownFigure(C4),
    C6: C1.some((code) => code.startsWith('azure_')) && unknownFigure(C6, 'dependencies'),
  };
  const asked = Object.entries(rules === '2026-12' ? { ...said, ...numbers } : said);
  const ids = asked.filter(([, open]) => open).map(([id]) => id);
  if (ids.length > 0) found.add('CLARIFICATION_NEEDED', ` ${ids.toSorted().join()}`);
}

function oneDecimal(dividend: number, divisor: number): number {
  return Math.floor((dividend * 10) / divisor + 0.5) / 10;
}

function readReadiness(found: Findings, answers: Answers, rules: RuleSet) {
  const given = dimensionIds.flatMap((id) => {
    const answer = answers[id];
    return typeof answer === 'number' ? [{ id, answer, weight: weights[id] }] : [];
  });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const answered = sum(given.map(({ weight }) => weight));
  const applicable = sum(dimensionIds.filter((id) => answers[id] !== 'na').map((id) => weights[id]));
  const points = sum(given.map(({ weight, answer }) => weight * answer));
  const score = answered === 0 ? null : oneDecimal(100 * points, 4 * answered);
  const coverage = answered === 0 ? 0 : oneDecimal(100 * answered, applicable);
  const tier = () => {
    if (score === null || coverage < 70 || levelsUpwards[found.level] === 'UNDETERMINED') return 'UNKNOWN';
    if (score < 60 || answers.D1 === 0 || answers.D2 === 0 || answers.D4 === 0) return 'NOT_READY';
    const blocking = rules === '2026-11' ? [...blockingCodes, 'DEROGATION_MISSING'] : blockingCodes;
    const blocked = blocking.some((code) => found.conditions.has(code));
    return score >= 80 && given.every(({ answer }) => answer >= 2) && !blocked ? 'READY' : 'CONDITIONAL';
  };
  return { score, coverage, tier: tier() };
}

/** Reads the four results out of the facts. */
export function readIndependently(facts: AssessmentFacts, rules: RuleSet): Reading {
  const found = new Findings();
  readDoor(found, facts);
  readProtection(found, facts.answers);
  readState(found, facts.answers);
  readHealth(found, facts, rules);
  readRecommendations(found, facts.answers);
  readContract(found, facts);
  readDoubts(found, facts.answers, rules);
  readDerogation(found, facts.answers);
  const eligibility = found.refused ? 'NOT_ELIGIBLE' : found.review ? 'MANUAL_REVIEW' : 'ELIGIBLE';
  return {
    eligibility,
    requirementLevel: levelsUpwards[found.level] ?? '',
    conditions: [...found.conditions.values()].toSorted(),
    ...readReadiness(found, facts.answers, rules),
  };
}
