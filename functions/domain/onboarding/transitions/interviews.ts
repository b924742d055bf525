import { BusinessError, InvalidInputError } from '../../errors.ts';
import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import { type Interview, type Interviewed, interviewProblems } from '../interviews.ts';
import type { Snapshot } from '../state.ts';
import { expectAnswers } from './answers.ts';

/** The most interviews of an onboarding. */
export const mostInterviews = 20;

export class TooManyInterviewsError extends BusinessError {
  readonly code = 'too_many_interviews';

  constructor() {
    super({
      fr: `${mostInterviews} entretiens ont déjà été ouverts pour ce dossier ; c’est le maximum. Reprenez l’un des vôtres.`,
      en: `${mostInterviews} interviews were already started for this onboarding, which is the maximum. Go on with one of yours.`,
    });
  }
}

export class InterviewWithoutAnswersError extends BusinessError {
  readonly code = 'interview_without_answers';

  constructor() {
    super({
      fr: 'Aucune réponse n’a été saisie dans cet entretien. Saisissez-en au moins une, puis recommencez.',
      en: 'No answer was entered in this interview. Enter at least one, then try again.',
    });
  }
}

/** An operator who begins an interview. */
export interface Interviewer {
  readonly actor: Actor;
  readonly name: string;
}

/**
 * Begins an interview in which an operator enters answers.
 *
 * @throws InvalidInputError, TooManyInterviewsError
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError: no answers are awaited.
 */
export function startInterview(
  snapshot: Snapshot,
  interviewed: Interviewed,
  { actor, name: operator }: Interviewer,
  at: Date,
): Change {
  expectAnswers(snapshot, at);
  const problems = interviewProblems(interviewed, at);
  if (problems.length > 0) throw new InvalidInputError(problems);
  const { interviews = 0 } = snapshot.state;
  if (interviews >= mostInterviews) throw new TooManyInterviewsError();
  const { name, role, on } = interviewed;
  const interview: Interview = {
    ...{ id: `I${interviews + 1}`, by: actor.id, operator, name, role, on },
    startedAt: at.toISOString(),
  };
  return {
    set: { interviews: interviews + 1 },
    event: { type: 'INTERVIEW_STARTED', actor, data: { interview: interview.id } },
    effects: [{ kind: 'put_interview', interview }],
  };
}

/**
 * Asks the customer to read and attest what was entered; one mail until it is submitted. Undefined when it was asked
 * before.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError: no answers are awaited.
 */
export function askToAttest(
  snapshot: Snapshot,
  { id }: Pick<Interview, 'id'>,
  actor: Actor,
  at: Date,
): Change | undefined {
  expectAnswers(snapshot, at);
  if (snapshot.state.attestationAsked !== undefined) return undefined;
  return {
    set: { attestationAsked: at.toISOString() },
    event: { type: 'ATTESTATION_ASKED', actor, data: { interview: id } },
    messages: [{ kind: 'mail', template: 'attestation_asked', to: 'customer' }],
  };
}
