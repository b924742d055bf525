import { applyRules } from './classify.ts';
import type { RegistryStatus } from './facts.ts';
import type { Condition, Reason } from './outcomes.ts';
import { ruleSetVersion } from './rule-sets.ts';
import { registryRules } from './rules.ts';

/** The result of the first qualification, before any answer. */
export interface Qualification {
  readonly ruleSetVersion: string;
  /** No refusal is automatic at this point. */
  readonly eligibility: 'ELIGIBLE' | 'MANUAL_REVIEW';
  readonly conditions: readonly Condition[];
  readonly reasons: readonly Reason[];
}

/** First qualification, from the register alone; the identifier itself has been checked at intake. */
export function qualify(known: { readonly registryStatus: RegistryStatus }): Qualification {
  const { eligibility, conditions, reasons } = applyRules(registryRules, known);
  return {
    ruleSetVersion,
    eligibility: eligibility === 'ELIGIBLE' ? 'ELIGIBLE' : 'MANUAL_REVIEW',
    conditions,
    reasons,
  };
}
