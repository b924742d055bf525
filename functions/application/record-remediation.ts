import type { Actor } from '../domain/onboarding/actor.ts';
import { answersInForce } from '../domain/onboarding/records.ts';
import * as remediation from '../domain/onboarding/transitions/remediation.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * An operator records that a remediation task of a customer is done, or that it is open again. The same again has no
 * effect.
 *
 * @throws OnboardingClosedError, DecisionRefusedError
 */
export async function recordRemediation(
  { store }: ApplicationDependencies,
  reference: string,
  recorded: remediation.RecordedRemediation,
  actor: Actor,
): Promise<void> {
  await changeOnboarding(store, reference, async (snapshot) => {
    const submission = await store.dossiers.submission(reference);
    const answers = submission === undefined ? {} : answersInForce(submission);
    return remediation.recordRemediation(snapshot, answers, recorded, actor);
  });
}
