/**
 * Counts the definitions that executions were begun with. An execution keeps its own to the end, so whoever changes
 * `onboarding.asl.json` raises this number and records the new file in `test/recorded/workflows/` beside the earlier ones.
 */
export const definitionNumber = 1;
