import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { Answers, QuestionId } from '../questionnaire/answers.ts';
import type { QuestionOwner } from '../questionnaire/question.ts';
import type { Text } from '../text.ts';
import { conditionLabels } from './condition-texts.ts';
import { type Condition, type ConditionCode, conditionCodes } from './outcomes.ts';
import { ruleSetOf, ruleSetVersion } from './rule-sets.ts';

/** The party or event that clears a condition; an operator may clear any other with evidence, too. */
export type ClearedBy = 'customer' | 'operator' | 'registry' | 'date';
export const conditionOwners = [
  'sponsor',
  'projectManager',
  'platform',
  'sales',
  'respondent',
  'ciso',
  'dpo',
  'cio',
] as const;
export type ConditionOwner = (typeof conditionOwners)[number];

export interface Life {
  /** Caps the readiness tier at CONDITIONAL while it is open. */
  readonly blocking: boolean;
  /** Absent for a condition that only informs. */
  readonly clearedBy?: ClearedBy;
  /** Days to clear it, from the day it was raised. */
  readonly dueDays?: number;
  readonly owner?: ConditionOwner;
  /** The question whose answer clears it, and the answers that do. */
  readonly declaredAs?: { readonly question: 'B7' | 'B8' | 'B11'; readonly answers: readonly string[] };
  /** A cutover that is done clears it by itself: the project then has moved to the qualified cloud. */
  readonly clearedAtCutover?: true;
}

export interface ConditionLife extends Life {
  readonly label: Text;
}

const lives: Readonly<Record<ConditionCode, Life>> = {
  SENSITIVITY_ANALYSIS_MISSING: {
    blocking: true,
    clearedBy: 'customer',
    dueDays: 60,
    owner: 'ciso',
    declaredAs: { question: 'B7', answers: ['yes'] },
  },
  DPIA_MISSING: {
    blocking: true,
    clearedBy: 'customer',
    dueDays: 60,
    owner: 'dpo',
    declaredAs: { question: 'B11', answers: ['done'] },
  },
  EXIT_PLAN_REQUIRED: {
    blocking: true,
    clearedBy: 'operator',
    dueDays: 90,
    owner: 'projectManager',
  },
  DEROGATION_MISSING: {
    blocking: true,
    clearedBy: 'customer',
    dueDays: 60,
    owner: 'sponsor',
    declaredAs: { question: 'B8', answers: ['no', 'yes_with_derogation'] },
    clearedAtCutover: true,
  },
  DR_PATH: { blocking: true, clearedBy: 'operator', dueDays: 90, owner: 'ciso' },
  SERVICE_NOT_YET_AVAILABLE: { blocking: true, clearedBy: 'date', owner: 'platform' },
  REGISTRY_UNVERIFIED: {
    blocking: true,
    clearedBy: 'registry',
    dueDays: 10,
    owner: 'sales',
  },
  CLARIFICATION_NEEDED: { blocking: false, clearedBy: 'customer', dueDays: 30 },
  DEROGATION_DEADLINE: { blocking: false },
  DORA_ANNEX: { blocking: false },
  HDS_REQUIRED: { blocking: false },
};

/** The life of a condition without its words: functions that show none need not load them. */
export function lifeOf(code: ConditionCode): Life {
  return lives[code];
}

/** The life of a condition: its name, whether it blocks, who clears it, in how many days, and who owns the task. */
export function conditionLife(code: ConditionCode): ConditionLife {
  return { ...lives[code], label: conditionLabels[code] };
}

/** True once the customer's answers clear a condition: a sensitivity analysis counts with its date. */
function isDeclared({ declaredAs }: Life, answers: Answers): boolean {
  if (declaredAs === undefined) return false;
  const given = answers[declaredAs.question];
  const said = typeof given === 'object' ? given.answer : given;
  const isDated = declaredAs.question !== 'B7' || answers.B7?.date !== undefined;
  return said !== undefined && declaredAs.answers.includes(said) && isDated;
}

/** The one of these conditions that a cutover that is done clears by itself; undefined when there is none. */
export function clearedAtCutover(codes: readonly string[]): ConditionCode | undefined {
  return conditionCodes.find((code) => lives[code].clearedAtCutover === true && codes.includes(code));
}

/** The conditions with `cleared` set on those that an operator, the register or the answers have settled. */
export function withCleared(
  conditions: readonly Condition[],
  cleared: readonly ConditionCode[],
  answers: Answers,
): readonly Condition[] {
  return conditions.map((condition) => {
    const life = lives[condition.code];
    const settled = life.clearedBy && (cleared.includes(condition.code) || isDeclared(life, answers));
    return settled ? { ...condition, cleared: true } : condition;
  });
}

/**
 * The conditions that are still to be cleared on a day. Conditions that only inform are never
 * open. A service counts as open on its opening day.
 */
export function openConditions(
  conditions: readonly Condition[],
  cleared: readonly ConditionCode[],
  asOf: CalendarDate,
): readonly Condition[] {
  return conditions.filter((condition) => {
    if (lives[condition.code].clearedBy === undefined) return false;
    if (condition.cleared || cleared.includes(condition.code)) return false;
    return condition.code !== 'SERVICE_NOT_YET_AVAILABLE' || condition.date > asOf;
  });
}

/** Those of {@link openConditions} that cap the readiness tier at CONDITIONAL under a version of the rules. */
export function blockingConditions(
  conditions: readonly Condition[],
  cleared: readonly ConditionCode[],
  asOf: CalendarDate,
  version: string = ruleSetVersion,
): readonly Condition[] {
  const { notBlocking } = ruleSetOf(version);
  return openConditions(conditions, cleared, asOf).filter(
    ({ code }) => lives[code].blocking && !notBlocking.includes(code),
  );
}

/** True for a condition that may stand against a *go*; a missing derogation never does: moving is its cure [policy]. */
export function bearsOnGo(code: ConditionCode): boolean {
  return lives[code].blocking && code !== 'DEROGATION_MISSING';
}

/**
 * The blocking conditions for which *go* is refused at a cutover. A service that opens on or before the cutover is no
 * obstacle.
 */
export function conditionsAgainstGo(
  conditions: readonly Condition[],
  cleared: readonly ConditionCode[],
  cutover: CalendarDate,
): readonly Condition[] {
  return blockingConditions(conditions, cleared, cutover).filter(({ code }) => bearsOnGo(code));
}

/**
 * Those of {@link conditionsAgainstGo} that the customer's side clears, by an answer or by evidence that an operator
 * records. The other ones are for the platform: the register answers, or a service opens.
 */
export function leftToCustomer(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(({ code, cleared }) => {
    const { clearedBy } = lives[code];
    const theirs = clearedBy === 'customer' || clearedBy === 'operator';
    return bearsOnGo(code) && theirs && cleared !== true;
  });
}

/** True for a condition that bears on the go/no-go and is for sales to clear. */
export function isLeftToSales(code: ConditionCode): boolean {
  return bearsOnGo(code) && lives[code].owner === 'sales';
}

/** A condition as a task with an owner and a date. */
export interface DueCondition {
  readonly code: ConditionCode;
  readonly owner: ConditionOwner;
  readonly due: CalendarDate;
  /** The questions to clarify; only for CLARIFICATION_NEEDED. */
  readonly ids?: readonly QuestionId[];
}

/**
 * By when, and by whom, each condition is to be cleared; conditions that only inform have no date. Clarifications
 * are one task for each owner of the questions concerned.
 */
export function dueDates(conditions: readonly Condition[], raisedOn: CalendarDate): readonly DueCondition[] {
  return conditions.flatMap((condition): readonly DueCondition[] => {
    const { code } = condition;
    const { owner, dueDays } = lives[code];
    if (code === 'SERVICE_NOT_YET_AVAILABLE') return [{ code, owner: 'platform', due: condition.date }];
    if (dueDays === undefined) return [];
    const due = addDays(raisedOn, dueDays);
    if (code === 'CLARIFICATION_NEEDED') {
      return byOwner(condition.ids).map(([asked, ids]) => ({ code, owner: asked, due, ids }));
    }
    return owner === undefined ? [] : [{ code, owner, due }];
  });
}

/**
 * The owners of the questions that may have to be clarified. The questionnaire holds them too; this copy spares
 * functions that only need dates from loading every text of the form.
 */
const clarificationOwners: Readonly<Partial<Record<QuestionId, QuestionOwner>>> = {
  B8: 'ciso',
  B9: 'dpo',
  B10: 'dpo',
  B12: 'ciso',
  C2: 'cio',
  C3: 'cio',
  C4: 'cio',
  C6: 'cio',
};

function byOwner(ids: readonly QuestionId[]): readonly (readonly [QuestionOwner, readonly QuestionId[]])[] {
  return [...Map.groupBy(ids, (id): QuestionOwner => clarificationOwners[id] ?? 'respondent')];
}
