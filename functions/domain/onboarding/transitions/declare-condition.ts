import { questionsToDeclare } from '../../classification/declarations.ts';
import type { ConditionCode } from '../../classification/outcomes.ts';
import { DecisionRefusedError, NotExpectedNowError } from '../../errors.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import { isHandedOver, lifecycle } from '../lifecycle.ts';
import { answersInForce } from '../records.ts';
import type { OnboardingState, Snapshot } from '../state.ts';
import { refuseClosed } from '../waits.ts';
import {
  type Assessed,
  type ConditionFile,
  followResult,
  type OpenCondition,
  openCondition,
} from './conditions.ts';

/** The answers that a customer declares for a condition. */
export interface Declared {
  readonly code: ConditionCode;
  readonly answers: Answers;
}

/**
 * Checks that a customer may declare a condition now, and gives what the declaration is laid over.
 *
 * @throws OnboardingClosedError
 * @throws NotExpectedNowError after the hand-over.
 * @throws DecisionRefusedError when it is not open, or no answer clears it.
 */
export function conditionToDeclare(
  state: OnboardingState,
  code: string,
  file: ConditionFile,
): OpenCondition & { readonly existing: Answers } {
  refuseClosed(state);
  if (isHandedOver(state)) {
    throw new NotExpectedNowError(
      { fr: 'Déclarer une condition', en: 'Declaring a condition' },
      lifecycle[state.stage].label,
    );
  }
  const open = openCondition(state, code, file);
  if (questionsToDeclare(open.condition).length === 0) {
    throw new DecisionRefusedError({
      fr: 'Cette condition ne se lève pas par une réponse : l’équipe d’exploitation l’enregistre avec le justificatif.',
      en: 'No answer clears this condition: the operations team records it with the evidence.',
    });
  }
  return { ...open, existing: answersInForce(open.submission) };
}

interface Declaring extends Assessed {
  readonly declared: Declared;
  readonly open: OpenCondition;
}

/**
 * The customer declares a condition: the answers submitted stay, the results are those of the answers now in force, and
 * a place is kept. A result that is worse or undetermined is reviewed first.
 *
 * @throws ConcurrentChangeError when a decision on the place is still being carried out.
 */
export function declareCondition(
  snapshot: Snapshot,
  { declared, open, ...assessed }: Declaring,
  actor: Actor,
  at: Date,
): Change {
  const { code, answers } = declared;
  const { submission, result } = open;
  const { tiers, reviewed, parts, effects } = followResult(
    snapshot,
    { before: result, by: 'declaration', ...assessed },
    at,
  );
  const declarations = [
    ...(submission.declarations ?? []),
    { condition: code, answers, at: at.toISOString() },
  ];
  const left = assessed.assessment.conditions.some((each) => each.code === code && each.cleared !== true);
  return {
    ...parts,
    event: {
      type: 'CONDITION_DECLARED',
      actor,
      data: { condition: code, questions: questionIds(answers), cleared: !left, ...tiers, ...reviewed },
    },
    effects: [{ kind: 'put_declarations', submission: { ...submission, declarations } }, ...effects],
  };
}

function questionIds(answers: Answers): readonly string[] {
  const ids: readonly string[] = Object.keys(answers);
  return ids;
}
