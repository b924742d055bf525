import { calendarDateOf } from '../domain/calendar-date.ts';
import { DateNotPossibleError, OtherPlaceError } from '../domain/errors.ts';
import type { Actor } from '../domain/onboarding/actor.ts';
import { choosableIn } from '../domain/onboarding/another-date.ts';
import type { Change } from '../domain/onboarding/change.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { checkChoice, chooseDate as choose } from '../domain/onboarding/transitions/choose-date.ts';
import {
  confirmWave,
  type MeantPlace,
  refuseOtherPlace,
} from '../domain/onboarding/transitions/confirmation.ts';
import { acceptOffer } from '../domain/onboarding/transitions/offers.ts';
import { mayGiveSeatBack } from '../domain/waves/preparation.ts';
import { confirmedFacts } from './answer-wave.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { dateOfWave, judgeDates } from './read-dates.ts';

/** The choice of the place that the customer has already: a held one is confirmed, an offered one accepted. */
async function chosenAlready(
  dependencies: ApplicationDependencies,
  snapshot: Snapshot,
  actor: Actor,
): Promise<Change | undefined> {
  const { booking } = snapshot;
  if (booking === undefined || booking.status === 'CONFIRMED') return undefined;
  const at = dependencies.clock.now();
  const facts = await confirmedFacts(dependencies, snapshot, booking, at);
  return booking.status === 'OFFERED'
    ? acceptOffer(snapshot, facts, actor, at)
    : confirmWave(snapshot, facts, actor, at);
}

/** What a customer chooses: the wave, and the place that it believes to give up. */
export interface Choice extends MeantPlace {
  readonly to: string;
  /** Day of the wave, as far as its sender says. */
  readonly cutover?: string | undefined;
}

/**
 * The customer chooses its date: the place that it has and the one that it chooses change in one transaction, and the
 * chosen one is confirmed. A choice that is made again changes nothing.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, HoldExpiredError, WaveNotOpenError
 * @throws DecisionRefusedError when it has changed its date too often, or gives up a cutover that is near.
 * @throws OtherPlaceError when it has another place by now than the one it means, or the chosen wave another day.
 * @throws DateNotPossibleError when the date was taken meanwhile, or a rule excludes it; the place is kept.
 * @throws InvalidInputError when no coming wave has the id.
 */
export async function chooseDate(
  dependencies: ApplicationDependencies,
  reference: string,
  { to, cutover, ...meant }: Choice,
  actor: Actor,
): Promise<void> {
  const { store, clock, platform } = dependencies;
  await changeOnboarding(store, reference, async (snapshot) => {
    const { state, booking } = snapshot;
    if (booking?.wave === to && choosableIn.has(state.stage) && booking.status !== 'TO_MOVE') {
      return chosenAlready(dependencies, snapshot, actor);
    }
    const at = clock.now();
    checkChoice(snapshot, at);
    if (booking !== undefined) refuseOtherPlace(snapshot, booking, meant);
    else if (meant.wave !== undefined) throw new OtherPlaceError();
    const { placing, dates } = await judgeDates(dependencies, snapshot);
    const chosen = dateOfWave(dates, to, 'to');
    // It was put to another day since the customer has read it.
    if (cutover !== undefined && cutover !== chosen.wave.cutover) throw new OtherPlaceError();
    if (!chosen.admissible) throw new DateNotPossibleError(chosen, dates, booking !== undefined);
    const { demand } = placing;
    const givesSeatBack =
      snapshot.preparation !== undefined && mayGiveSeatBack(demand, { asOf: calendarDateOf(at), platform });
    return choose(snapshot, { wave: chosen.wave, demand, givesSeatBack }, actor, at);
  });
}
