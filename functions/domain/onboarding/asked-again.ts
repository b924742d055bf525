import { lifecycle } from './lifecycle.ts';
import type { OnboardingState } from './state.ts';

type Asked = Pick<OnboardingState, 'questionsAsked' | 'sectionsAsked'>;

/** True from an operator's request for new answers until they are sent, or an operator decides without them. */
export function isAskedAgain({ questionsAsked, sectionsAsked }: Asked): boolean {
  return questionsAsked !== undefined || sectionsAsked !== undefined;
}

/** True while a customer is expected to answer what an operator has asked again. */
export function awaitsNewAnswers(state: Asked & Pick<OnboardingState, 'stage'>): boolean {
  return lifecycle[state.stage].wait === 'answers' && isAskedAgain(state);
}

/** Nothing is asked any more. */
export const nothingAsked = { questionsAsked: undefined, sectionsAsked: undefined } as const;
