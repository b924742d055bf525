import {
  DecisionRefusedError,
  HoldExpiredError,
  NotExpectedNowError,
  WaveNotOpenError,
} from '../domain/errors.ts';
import { lifecycle } from '../domain/onboarding/lifecycle.ts';
import { takesConfirmations } from '../domain/waves/wave.ts';
import { dateGone, decidedWait, holdIsOver, leaveList, refuseClosed } from '../store/decisions.ts';
import type { Booking, Now } from '../store/onboarding-state.ts';
import { type Actor, system, type Transition } from '../store/onboardings.ts';
import type { Store } from '../store/store.ts';
import type { Write } from '../store/table.ts';
import { joinWaitingList } from '../store/waiting-list.ts';
import { whileConfirmable } from '../store/waves.ts';
import type { CommandDependencies } from './dependencies.ts';
import { bookingWrite, leaveWave } from './placing.ts';

/** How many times a customer may ask for another date. */
const anotherDatesAllowed = 3;

export const waveDecisions = ['confirm', 'another_date', 'decline'] as const;
export type WaveDecision = (typeof waveDecisions)[number];

function heldBooking(now: Now, at: Date): Booking {
  const { state, booking } = now;
  if (booking?.status !== 'HELD') {
    throw new NotExpectedNowError(
      { fr: 'Confirmer une vague', en: 'Confirming a wave' },
      lifecycle[state.stage].label,
    );
  }
  if (holdIsOver(booking, at)) throw new HoldExpiredError();
  return booking;
}

/** The booking without an end to its hold. */
function confirmed(booking: Booking): Booking {
  const { holdUntil: _, ...rest } = booking;
  return { ...rest, status: 'CONFIRMED' };
}

/**
 * The writes that make a place firm.
 *
 * @throws WaveNotOpenError when its wave has begun, ended or been cancelled: no go/no-go would open for it.
 */
async function confirming({ waves }: Store, reference: string, booking: Booking): Promise<readonly Write[]> {
  const wave = { site: booking.site, id: booking.wave };
  if (!takesConfirmations(await waves.get(wave.site, wave.id))) throw new WaveNotOpenError();
  return [bookingWrite(reference, confirmed(booking), booking), whileConfirmable(wave)];
}

/**
 * The customer's answer about the wave held for it.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError
 * @throws HoldExpiredError when the place is no longer held.
 * @throws WaveNotOpenError when it is confirmed too late for its wave.
 * @throws DecisionRefusedError when another date was asked for too often.
 */
export async function answerWave(
  { store, clock }: CommandDependencies,
  reference: string,
  decision: WaveDecision,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async (now) => {
    const at = clock.now();
    const outcomes = { confirm: 'CONFIRMED', another_date: 'ANOTHER_DATE', decline: 'DECLINED' } as const;
    const wait = decidedWait(
      now,
      ['confirmation'],
      { fr: 'Répondre pour cette vague', en: 'Answering for this wave' },
      outcomes[decision],
      at,
    );
    const booking = heldBooking(now, at);
    const { state } = now;
    const data = { wave: booking.wave };
    const common = { wait, messages: [{ kind: 'wake' }] } as const;
    const transitions: Record<WaveDecision, () => Transition | Promise<Transition>> = {
      confirm: async () => ({
        ...common,
        to: 'WAVE_CONFIRMED',
        happening: { type: 'WAVE_CONFIRMED', who, data },
        messages: [
          { kind: 'mail', template: 'wave_confirmed', to: 'customer' },
          { kind: 'mail', template: 'owner_booked', to: 'owner' },
          { kind: 'wake' },
        ],
        writes: await confirming(store, reference, booking),
      }),
      another_date: () => {
        if (state.anotherDates >= anotherDatesAllowed) {
          throw new DecisionRefusedError({
            fr: `Une autre date a déjà été demandée ${anotherDatesAllowed} fois. Confirmez cette date, ou renoncez.`,
            en: `Another date has already been requested ${anotherDatesAllowed} times. Confirm this date, or decline.`,
          });
        }
        return {
          ...common,
          set: {
            anotherDates: state.anotherDates + 1,
            avoidDates: [...(state.avoidDates ?? []), booking.cutover],
          },
          happening: { type: 'ANOTHER_DATE_ASKED', who, data },
          writes: [bookingWrite(reference, { ...booking, status: 'TO_MOVE', mayStay: true }, booking)],
        };
      },
      decline: () => ({
        ...common,
        set: { because: 'DECLINED_WAVE' },
        happening: { type: 'WAVE_DECLINED', who, data },
      }),
    };
    return { result: undefined, transition: await transitions[decision]() };
  });
}

export const offerDecisions = ['accept', 'refuse'] as const;
export type OfferDecision = (typeof offerDecisions)[number];

/** Ways to lose an offer by one's own doing: why the onboarding waits has changed with it. */
const turnsDown: readonly string[] = ['OFFER_REFUSED', 'OFFER_EXPIRED'];

/** Takes an offer back: its place goes to the next one, the onboarding keeps its rank. */
export function withoutOffer(now: Now, type: string, who: Actor): Transition {
  const { state, booking } = now;
  return {
    set: {
      wave: undefined,
      cutover: undefined,
      avoid: [...(state.avoid ?? []), ...(booking === undefined ? [] : [booking.wave])],
      ...(turnsDown.includes(type) ? { because: 'ALREADY_OFFERED' } : {}),
    },
    happening: { type, who, ...(booking === undefined ? {} : { data: { wave: booking.wave } }) },
    messages: dateGone,
    writes: [
      ...leaveWave(now),
      ...(state.waitingRank === undefined
        ? []
        : [joinWaitingList({ rank: state.waitingRank, reference: state.reference })]),
    ],
  };
}

/**
 * The customer's answer to a place offered from the waiting list; an accepted offer is a confirmed place.
 *
 * @throws OnboardingClosedError, NotExpectedNowError, AlreadyDecidedError, HoldExpiredError, WaveNotOpenError
 */
export async function answerOffer(
  { store, clock }: CommandDependencies,
  reference: string,
  decision: OfferDecision,
  who: Actor,
): Promise<void> {
  await store.onboardings.change<void>(reference, async (now) => {
    const at = clock.now();
    const { state, booking } = now;
    refuseClosed(state);
    if (booking?.status !== 'OFFERED') {
      throw new NotExpectedNowError(
        { fr: 'Répondre à une offre', en: 'Answering an offer' },
        lifecycle[state.stage].label,
      );
    }
    if (holdIsOver(booking, at)) throw new HoldExpiredError();
    if (decision === 'refuse')
      return { result: undefined, transition: withoutOffer(now, 'OFFER_REFUSED', who) };
    const transition: Transition = {
      to: 'WAVE_CONFIRMED',
      set: { because: undefined, priority: undefined },
      wait: decidedWait(
        now,
        ['slot'],
        { fr: 'Accepter une offre', en: 'Accepting an offer' },
        'ACCEPTED',
        at,
      ),
      happening: { type: 'OFFER_ACCEPTED', who, data: { wave: booking.wave } },
      messages: [
        { kind: 'mail', template: 'wave_confirmed', to: 'customer' },
        { kind: 'mail', template: 'owner_booked', to: 'owner' },
        { kind: 'wake' },
      ],
      writes: [...(await confirming(store, reference, booking)), ...leaveList(now)],
    };
    return { result: undefined, transition };
  });
}

/** Takes an offer back whose time has passed; does nothing when it was answered meanwhile. */
export async function expireOffer(
  { store, clock }: CommandDependencies,
  reference: string,
): Promise<boolean> {
  return store.onboardings.change<boolean>(reference, async (now) => {
    const { booking } = now;
    if (booking?.status !== 'OFFERED' || !holdIsOver(booking, clock.now())) return { result: false };
    return { result: true, transition: withoutOffer(now, 'OFFER_EXPIRED', system) };
  });
}
