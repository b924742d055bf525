/**
 * The nine dimensions of readiness, in the order in which ties are broken. Weights sum to 100.
 * Policy of the operator, part of the rule set.
 */
export const dimensions = [
  { code: 'D1', name: 'strategy', weight: 10 },
  { code: 'D2', name: 'classification_compliance', weight: 20 },
  { code: 'D3', name: 'inventory', weight: 15 },
  { code: 'D4', name: 'identity', weight: 15 },
  { code: 'D5', name: 'network', weight: 10 },
  { code: 'D6', name: 'security_operations', weight: 10 },
  { code: 'D7', name: 'skills', weight: 10 },
  { code: 'D8', name: 'budget_contract', weight: 5 },
  { code: 'D9', name: 'change_management', weight: 5 },
] as const;

export type Dimension = (typeof dimensions)[number];
export type DimensionCode = Dimension['code'];
