import { DecisionRefusedError } from '../../errors.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import { extentOf } from '../remediation.ts';
import type { RemediationTask } from '../remediation-tasks.ts';
import type { Snapshot } from '../state.ts';
import { refuseClosed } from '../waits.ts';

/** What an operator records of a remediation task. */
export interface RecordedRemediation {
  readonly task: RemediationTask;
  /** False opens again what was recorded as done. */
  readonly done: boolean;
  /** How much there was to do when it was looked at; undefined where that is not said. */
  readonly extent?: string | undefined;
  /** What shows that it is done, or why it is open again. */
  readonly reason: string;
}

/**
 * Records that a remediation task is done for what the answers say now, or that it is open again. Undefined when that is
 * recorded already.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when the answers ask for nothing of the kind, or for another extent than was seen.
 */
export function recordRemediation(
  { state }: Snapshot,
  answers: Answers,
  { task, done, reason, extent: seen }: RecordedRemediation,
  actor: Actor,
): Change | undefined {
  refuseClosed(state);
  const extent = extentOf(task, answers, state);
  if (extent === undefined) {
    throw new DecisionRefusedError({
      fr: 'Les réponses du client ne demandent rien de tel : il n’y a rien à enregistrer.',
      en: 'The answers of the customer ask for nothing of the kind: there is nothing to record.',
    });
  }
  if (seen !== undefined && seen !== extent) {
    throw new DecisionRefusedError({
      fr: 'Le client a changé sa réponse entre-temps : voyez ce qu’il reste à faire, puis enregistrez de nouveau.',
      en: 'The customer has changed its answer meanwhile: see what is left to do, then record again.',
    });
  }
  const { [task]: before, ...others } = state.remediated ?? {};
  if (done ? before === extent : before === undefined) return undefined;
  return {
    set: { remediated: done ? { ...others, [task]: extent } : others },
    event: {
      type: done ? 'REMEDIATION_DONE' : 'REMEDIATION_REOPENED',
      actor,
      reason,
      data: { task },
    },
  };
}
