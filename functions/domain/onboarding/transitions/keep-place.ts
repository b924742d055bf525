import type { CalendarDate } from '../../calendar-date.ts';
import { DecisionRefusedError } from '../../errors.ts';
import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import { isBlockedInWave } from '../overdue-conditions.ts';
import type { OnboardingState } from '../state.ts';
import { refuseClosed } from '../waits.ts';

/**
 * An operator keeps a customer in its wave although a blocking condition is overdue. Undefined when it is kept there
 * already.
 *
 * @throws OnboardingClosedError
 * @throws DecisionRefusedError when no blocking condition is overdue, or there is no place.
 */
export function keepDespiteCondition(
  state: OnboardingState,
  reason: string,
  actor: Actor,
  today: CalendarDate,
): Change | undefined {
  refuseClosed(state);
  const { wave } = state;
  if (wave !== undefined && state.keptDespite === wave) return undefined;
  if (wave === undefined || !isBlockedInWave(state, today)) {
    throw new DecisionRefusedError({
      fr: 'Rien à décider : aucune condition bloquante de ce dossier n’est en retard, ou il n’a pas de place.',
      en: 'Nothing to decide: no blocking condition of this onboarding is overdue, or it has no place.',
    });
  }
  return {
    set: { keptDespite: wave },
    event: { type: 'PLACE_KEPT_DESPITE_CONDITION', actor, reason, data: { wave } },
  };
}
