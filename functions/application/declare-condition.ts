import { questionsToDeclare, readDeclaration, saysTheSame } from '../domain/classification/declarations.ts';
import { InvalidInputError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { answersInForce, type Submission } from '../domain/onboarding/records.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { findOpen } from '../domain/onboarding/transitions/conditions.ts';
import * as transitions from '../domain/onboarding/transitions/declare-condition.ts';
import { siteCodes } from '../domain/platform-configuration.ts';
import type { Answers } from '../domain/questionnaire/answers.ts';
import { changeOnboarding } from './change.ts';
import { assessAgain, type ConditionFile, readConditionFile } from './condition-file.ts';
import type { ApplicationDependencies } from './dependencies.ts';

/** True when the same was declared before: the condition is no longer open, and nothing is to be done. */
function isRepeated(
  { state }: Snapshot,
  code: string,
  given: unknown,
  { file, sites }: { readonly file: ConditionFile; readonly sites: readonly string[] },
): boolean {
  if (file.submission === undefined || findOpen(state, code, file) !== undefined) return false;
  const before = declaredLast(file.submission, code);
  const existing = answersInForce(file.submission);
  return before !== undefined && saysTheSame(before, given, { existing, sites });
}

/** The answers with which a condition was declared last. */
export function declaredLast(submission: Submission | undefined, code: string): Answers | undefined {
  return submission?.declarations?.findLast(({ condition }) => condition === code)?.answers;
}

/**
 * The customer declares that a condition is met, with the answers that clear it. Sent twice, it changes nothing the
 * second time.
 *
 * @throws InvalidInputError naming each answer to correct, as the form does.
 * @throws OnboardingClosedError, NotExpectedNowError after the hand-over.
 * @throws DecisionRefusedError when the condition is not open, or no answer clears it.
 */
export async function declareCondition(
  dependencies: ApplicationDependencies,
  reference: string,
  code: string,
  given: unknown,
  actor: Actor,
): Promise<void> {
  const { store, clock, platform } = dependencies;
  await changeOnboarding(store, reference, async (snapshot) => {
    const file = await readConditionFile(store, reference);
    const sites = siteCodes(platform);
    if (isRepeated(snapshot, code, given, { file, sites })) return undefined;
    const open = transitions.conditionToDeclare(snapshot.state, code, file);
    const { condition, submission, result, existing } = open;
    const read = readDeclaration(condition, given, { existing, sites });
    if ('problems' in read) throw new InvalidInputError(read.problems);
    const declared = { code: condition.code, answers: read.answers };
    const answers = { ...answersInForce(submission), ...read.answers };
    const assessed = assessAgain(dependencies, {
      ...{ intake: file.intake, result, answers },
      cleared: result.cleared,
    });
    return transitions.declareCondition(snapshot, { declared, open, ...assessed }, actor, clock.now());
  });
}

/** What a customer may declare now. @throws what `conditionToDeclare` throws */
export async function declarationOf(
  { store }: Pick<ApplicationDependencies, 'store'>,
  { state }: Snapshot,
  code: string,
) {
  const file = await readConditionFile(store, state.reference);
  const { condition, result, existing } = transitions.conditionToDeclare(state, code, file);
  return { condition, result, existing, ids: questionsToDeclare(condition) };
}
