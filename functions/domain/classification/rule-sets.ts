import type { ConditionCode } from './outcomes.ts';
import { type Rule, rulesOf202611, rulesOf202612 } from './rules.ts';

/** The rules of one version, and what differs with them. */
export interface RuleSet {
  readonly version: string;
  readonly rules: readonly Rule[];
  /** Conditions that block in general, but not under this version. */
  readonly notBlocking: readonly ConditionCode[];
}

/** Changes with any rule, weight or threshold; results are stored with the version that produced them. */
export const ruleSetVersion = '2026-12';

/** All versions, oldest first. */
const ruleSets: readonly RuleSet[] = [
  { version: '2026-11', rules: rulesOf202611, notBlocking: [] },
  {
    version: '2026-12',
    rules: rulesOf202612,
    // Moving is the cure of a missing derogation.
    notBlocking: ['DEROGATION_MISSING'],
  },
];

/** The rules that answers given in a version of the questionnaire are judged by: those in force when they were submitted. */
export function ruleSetFor(questionnaireVersion: number): string {
  return questionnaireVersion < 2 ? '2026-11' : ruleSetVersion;
}

/** A result names a rule set that this release does not have. */
export class UnknownRuleSetError extends Error {
  override readonly name = 'UnknownRuleSetError';

  constructor(version: string) {
    super(`There is no rule set ${version}`);
  }
}

/** @throws UnknownRuleSetError */
export function ruleSetOf(version: string): RuleSet {
  const found = ruleSets.find((set) => set.version === version);
  if (found === undefined) throw new UnknownRuleSetError(version);
  return found;
}
