import { expectAnswers } from '../domain/onboarding/transitions/answers.ts';
import type { SectionId } from '../domain/questionnaire/question.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/**
 * Notes that a section is completed, or that its sender will come back to it. It decides nothing: it tells colleagues
 * where each other are, and the submission asks for the answers alone.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 */
export async function completeSection(
  { store, clock }: Pick<ApplicationDependencies, 'store' | 'clock'>,
  reference: string,
  section: SectionId,
  isCompleted: boolean,
  by: string,
): Promise<void> {
  const at = clock.now();
  expectAnswers(await store.onboardings.now(reference), at);
  const saved = { at: at.toISOString(), by };
  await store.dossiers.markSection(reference, section, isCompleted ? saved : undefined);
}
