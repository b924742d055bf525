import type { Facts } from './facts.ts';
import {
  type Condition,
  type Effect,
  type Eligibility,
  eligibilities,
  type Reason,
  type RequirementLevel,
  requirementLevels,
  stronger,
} from './outcomes.ts';
import { ruleSetOf, ruleSetVersion } from './rule-sets.ts';
import type { Rule } from './rules.ts';

export interface Classification {
  readonly eligibility: Eligibility;
  readonly requirementLevel: RequirementLevel;
  readonly conditions: readonly Condition[];
  readonly reasons: readonly Reason[];
}

const nothingHolds: Classification = {
  eligibility: 'ELIGIBLE',
  requirementLevel: 'NOT_REQUIRED',
  conditions: [],
  reasons: [],
};

/**
 * Applies rules in order: the strongest effect decides, and every effect of every rule that holds becomes a reason.
 * All results are computed whatever the eligibility.
 */
export function applyRules<Known>(applied: readonly Rule<Known>[], facts: Known): Classification {
  return applied.reduce(
    (soFar, rule) =>
      rule.when(facts, soFar)
        ? rule.effects(facts).reduce((result, effect) => withEffect(result, rule, effect), soFar)
        : soFar,
    nothingHolds,
  );
}

/**
 * Classifies an organisation by a whole rule set: the one in force, unless another version is asked for.
 *
 * @throws UnknownRuleSetError
 */
export function classify(facts: Facts, version: string = ruleSetVersion): Classification {
  return applyRules(ruleSetOf(version).rules, facts);
}

function withEffect(
  result: Classification,
  rule: Pick<Rule, 'id' | 'legalReference'>,
  effect: Effect,
): Classification {
  const code = effect.kind === 'condition' ? effect.value.code : effect.value;
  const reasons = [...result.reasons, { rule: rule.id, effect: code, legalReference: rule.legalReference }];
  switch (effect.kind) {
    case 'eligibility':
      return { ...result, reasons, eligibility: stronger(eligibilities, result.eligibility, effect.value) };
    case 'requirementLevel': {
      const requirementLevel = stronger(requirementLevels, result.requirementLevel, effect.value);
      return { ...result, reasons, requirementLevel };
    }
    case 'condition': {
      const conditions = [...result.conditions, effect.value];
      return { ...result, reasons, conditions };
    }
  }
}
