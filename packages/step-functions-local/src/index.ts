export { executionArn, machineArn } from './arn.ts';
export type { Clock } from './clock.ts';
export type { Edge } from './engine-options.ts';
export { checkJournal, JournalError } from './journal.ts';
export {
  type LocalStepFunctions,
  startStepFunctions,
} from './start-step-functions.ts';
