import { calendarDateOf } from '../domain/calendar-date.ts';
import { listedRank } from '../domain/onboarding/bookings.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import { hasMovedTooOften } from '../domain/onboarding/transitions/group-order.ts';
import { offerPlace } from '../domain/onboarding/transitions/offers.ts';
import { notAfterParent } from '../domain/waves/date-constraints.ts';
import type { Demand } from '../domain/waves/demand.ts';
import { vectorOf } from '../domain/waves/effort.ts';
import { withCustomer } from '../domain/waves/large-customers.ts';
import { type ListedDemand, wavesFor, wavesWithRoom } from '../domain/waves/listed-demand.ts';
import { place } from '../domain/waves/placement.ts';
import type { Wave } from '../domain/waves/wave.ts';
import { eachPage } from '../store/table.ts';
import { unlessUnreadable } from '../store/unreadable.ts';
import { pageSize, type Waiting } from '../store/waiting-list.ts';
import { changeOnboarding } from './change.ts';
import type { ApplicationDependencies } from './dependencies.ts';
import { askedOf, calendarNow, parentCutoverOf, parentsOf } from './read-placing.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock' | 'platform'>;

/** The walk of a request that an operator waits for: the first thousands who wait. */
export const whileWaited = { pages: 5 } as const;

/**
 * Offers free places to the waiting list, in the order of service: whoever is larger than what is free does not block
 * those behind. An offer holds the place: capacity is taken with it. The list is walked once, by its entries, until no
 * wave has room for anyone; an onboarding is read when a wave may take it. Safe to repeat. `pages` bounds the walk of a
 * request that a person waits for; the next call of the schedule walks the rest.
 *
 * @returns how many offers were made.
 */
export async function offerPlaces(
  dependencies: Dependencies,
  { pages = Number.POSITIVE_INFINITY }: { readonly pages?: number } = {},
): Promise<number> {
  const { store } = dependencies;
  const round = new OfferRound(dependencies, await calendarNow(dependencies));
  if (!round.hasRoom) return 0;
  const list = eachPage((page) => store.waitingList.page({ limit: pageSize, ...page }), { most: pages });
  for await (const { items } of list) {
    for (const entry of items) {
      if (!round.hasRoom) return round.offers;
      await round.serve(entry);
    }
  }
  return round.offers;
}

/** What was offered, and to whom. */
interface Offer {
  readonly wave: Wave;
  readonly demand: Demand;
}

/** What is known of the parent of a group. */
interface Parent {
  /** Of its onboardings, one for each scope. */
  readonly references: readonly string[];
  readonly cutover: Demand['parentCutover'];
}

/** One walk along the waiting list, with the calendar as it knows it. */
class OfferRound {
  offers = 0;
  #calendar: readonly Wave[] = [];
  /** The waves that have room for someone. */
  #open: readonly Wave[] = [];
  readonly #parents = new Map<string, Parent>();
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies, calendar: readonly Wave[]) {
    this.#dependencies = dependencies;
    this.#see(calendar);
  }

  get hasRoom(): boolean {
    return this.#open.length > 0;
  }

  async serve(entry: Waiting): Promise<void> {
    if (entry.offeredUntil !== undefined) return;
    if (entry.demand !== undefined && !(await this.#mayBeTaken(entry.demand))) return;
    await unlessUnreadable(() => this.#offer(entry));
  }

  get #context() {
    const { clock, platform } = this.#dependencies;
    return { asOf: calendarDateOf(clock.now()), platform };
  }

  #see(calendar: readonly Wave[]): void {
    this.#calendar = calendar;
    this.#open = wavesWithRoom(calendar, this.#context);
  }

  /** Whether a wave has room for this demand: what an entry says, and the date of the parent. */
  async #mayBeTaken(demand: ListedDemand): Promise<boolean> {
    const waves = wavesFor(demand, this.#open, this.#context);
    if (waves.length === 0 || demand.parentSiren === undefined) return waves.length > 0;
    const { cutover } = await this.#parent(demand.parentSiren);
    return waves.some((wave) => notAfterParent(cutover, wave.cutover) === undefined);
  }

  /** Read once for all members of its group, unless it is offered a place meanwhile. */
  async #parent(siren: string): Promise<Parent> {
    const known = this.#parents.get(siren);
    if (known !== undefined) return known;
    const states = await parentsOf(this.#dependencies.store, { parentSiren: siren });
    const parent = {
      references: states.map(({ reference }) => reference),
      cutover: parentCutoverOf(states),
    };
    this.#parents.set(siren, parent);
    return parent;
  }

  #forgetParent(reference: string): void {
    for (const [siren, parent] of this.#parents) {
      if (parent.references.includes(reference)) this.#parents.delete(siren);
    }
  }

  async #offer({ reference, rank, demand: known }: Waiting): Promise<void> {
    const { store, clock, platform } = this.#dependencies;
    let offered: Offer | undefined;
    let read: { readonly state: OnboardingState; readonly listed: ListedDemand } | undefined;
    let attempts = 0;
    const changed = await changeOnboarding(store, reference, async (snapshot) => {
      const { state, booking } = snapshot;
      [offered, read] = [undefined, undefined];
      // Its rank has changed since the list was read: an entry at the old rank would never be removed.
      if (listedRank(state) !== rank || booking !== undefined) return undefined;
      attempts += 1;
      // Another change may have taken the place meanwhile. One that frees room leads to a round of its own.
      if (attempts > 1) this.#see(await calendarNow(this.#dependencies));
      const at = clock.now();
      const asOf = calendarDateOf(at);
      if (hasMovedTooOften(state, asOf)) return undefined;
      const placing = await askedOf(store, state, asOf);
      const placement = place(placing.demand, this.#calendar, { asOf, platform });
      if (placement.kind !== 'booked') {
        read = { state, listed: placing.listed };
        return undefined;
      }
      offered = { wave: placement.wave, demand: placing.demand };
      return offerPlace(snapshot, { wave: placement.wave, placing, rank }, at);
    });
    if (changed && offered !== undefined) this.#made(reference, offered);
    // The next round need not read it again.
    else if (known === undefined && read !== undefined)
      await store.waitingList.keepDemand(read.state, read.listed);
  }

  #made(reference: string, { wave, demand }: Offer): void {
    this.offers += 1;
    this.#forgetParent(reference);
    this.#see(
      this.#calendar.map((each) => (each.id === wave.id ? withCustomer(each, vectorOf(demand)) : each)),
    );
  }
}
