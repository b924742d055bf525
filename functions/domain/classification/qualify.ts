import { applyRules } from './classify.ts';
import type { RegistryStatus } from './facts.ts';
import type { Condition, Reason } from './outcomes.ts';
import { registryRules, ruleSetVersion } from './rules.ts';

/** What is known of an organisation before it has answered anything. */
export interface Qualification {
  readonly ruleSetVersion: string;
  /** The machine never refuses at this point. */
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
