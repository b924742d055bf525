import { AsyncLocalStorage } from 'node:async_hooks';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { chooseDate } from '../../functions/application/choose-date.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { BusinessError } from '../../functions/domain/errors.ts';
import { WaveTransitionError } from '../../functions/domain/waves/wave.ts';
import { customer, held, openTaskBench, operator, type TaskBench } from '../tasks/bench.ts';
import { isLinearizable, type Recorded, type Specification } from './linearizable.ts';
import { randomFrom } from './random.ts';

const days = ['2027-03-09', '2027-04-20', '2027-05-04'] as const;
const waves = days.map((day) => `paris-${day}`);
const customersAtOnce = 5;
const mostActors = 6;
/** Places of a wave at first; operators change how many there are. */
const places = 2;
const mayChange = 3;

/** An act of one actor: customers name themselves by their number, waves by their id. */
export type Act =
  | { readonly kind: 'choose' | 'move'; readonly customer: number; readonly to: string }
  | { readonly kind: 'confirm' | 'withdraw'; readonly customer: number }
  | { readonly kind: 'freeze' | 'reopen'; readonly wave: string }
  | { readonly kind: 'enlarge'; readonly wave: string; readonly places: number };

interface Place {
  readonly status: 'HELD' | 'CONFIRMED' | 'gone';
  readonly wave: string | undefined;
  readonly changes: number;
}
interface WaveNow {
  readonly open: boolean;
  readonly places: number;
}
export interface Calendar {
  readonly customers: readonly Place[];
  readonly waves: Readonly<Record<string, WaveNow>>;
}

const done = 'done';

function bookedIn({ customers }: Calendar, id: string): number {
  return customers.filter(({ wave }) => wave === id).length;
}

function isFree(now: Calendar, id: string): boolean {
  const wave = now.waves[id];
  return wave?.open === true && bookedIn(now, id) < wave.places;
}

function withPlace(now: Calendar, number: number, place: Partial<Place>): Calendar {
  return {
    ...now,
    customers: now.customers.map((each, index) => (index === number ? { ...each, ...place } : each)),
  };
}

function withWave(now: Calendar, id: string, wave: Partial<WaveNow>): Calendar {
  const before = now.waves[id] ?? { open: false, places: 0 };
  return { ...now, waves: { ...now.waves, [id]: { ...before, ...wave } } };
}

/** What the acts do one after another: booking as its rules say it, without a store. */
export const booking: Specification<Calendar, Act> = {
  keyOf: (now) => JSON.stringify(now),
  apply: (now, act) => {
    const refused = (outcome: string) => ({ state: now, outcome });
    const becomes = (state: Calendar) => ({ state, outcome: done });
    switch (act.kind) {
      case 'freeze':
      case 'reopen': {
        const open = act.kind === 'reopen';
        if (now.waves[act.wave]?.open === open) return refused('WaveTransitionError');
        return becomes(withWave(now, act.wave, { open }));
      }
      case 'enlarge':
        if (act.places < bookedIn(now, act.wave)) return refused('WaveChangeRefusedError');
        return becomes(withWave(now, act.wave, { places: act.places }));
      default:
    }
    const place = now.customers[act.customer];
    if (place === undefined || place.status === 'gone') return refused('OnboardingClosedError');
    switch (act.kind) {
      case 'withdraw':
        return becomes(withPlace(now, act.customer, { status: 'gone', wave: undefined }));
      case 'confirm':
        if (place.status !== 'HELD') return refused('NotExpectedNowError');
        return becomes(withPlace(now, act.customer, { status: 'CONFIRMED' }));
      case 'move':
        if (place.wave === act.to) return refused('DecisionRefusedError');
        if (!isFree(now, act.to)) return refused('DateNotPossibleError');
        return becomes(withPlace(now, act.customer, { status: 'HELD', wave: act.to }));
      case 'choose':
        if (place.wave === act.to) return becomes(withPlace(now, act.customer, { status: 'CONFIRMED' }));
        if (place.changes >= mayChange) return refused('DecisionRefusedError');
        if (!isFree(now, act.to)) return refused('DateNotPossibleError');
        return becomes(
          withPlace(now, act.customer, {
            ...{ status: 'CONFIRMED', wave: act.to },
            changes: place.changes + 1,
          }),
        );
    }
  },
};

/** What happens to the calls of one actor: how long each is held up, and which one it dies at. */
interface Fate {
  readonly random: () => number;
  readonly diesAt: number | undefined;
  calls: number;
}

class ActorDiedError extends Error {
  override readonly name = 'ActorDiedError';
}

const longestDelay = 6;

/** Plays small histories on the real store, and checks each. */
export interface Histories {
  /** Plays the history of a seed; gives what its faults are, none when it is sound. */
  play(seed: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openHistories(): Promise<Histories> {
  const bench = await openTaskBench();
  const fates = new AsyncLocalStorage<Fate>();
  bench.documents.middlewareStack.add(
    (next) => async (args) => {
      const fate = fates.getStore();
      if (fate === undefined) return next(args);
      for (let turns = Math.floor(fate.random() * longestDelay); turns > 0; turns -= 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      fate.calls += 1;
      // A dead process makes no further call either; half of the deaths come after the answer.
      if (fate.diesAt !== undefined && fate.calls > fate.diesAt) throw new ActorDiedError();
      const result = await next(args);
      if (fate.calls === fate.diesAt) throw new ActorDiedError();
      return result;
    },
    { step: 'initialize', name: 'fate', priority: 'high' },
  );
  for (const day of days)
    await bench.addWave(day, { capacity: { customers: places, points: 900, complex: 9 } });
  return historiesOn(bench, fates);
}

function historiesOn(bench: TaskBench, fates: AsyncLocalStorage<Fate>): Histories {
  const references: string[] = [];

  const changed = (id: string, change: Parameters<typeof changeWave>[3]) =>
    changeWave(bench, 'paris', id, { ...change, reason: 'test' }, operator);

  function carryOut(act: Act): Promise<unknown> {
    const referenceOf = (number: number) => references[number] ?? '';
    switch (act.kind) {
      case 'freeze':
      case 'reopen':
        return changed(act.wave, { transition: act.kind });
      case 'enlarge':
        return changed(act.wave, { capacity: { customers: act.places, points: 900, complex: 9 } });
      case 'choose':
        return chooseDate(bench, referenceOf(act.customer), { to: act.to }, customer);
      case 'move': {
        const move = { wave: act.to, reason: 'test', askedByCustomer: true };
        return movePlace(bench, referenceOf(act.customer), move, operator);
      }
      case 'confirm':
        return answerWave(bench, referenceOf(act.customer), 'confirm', customer);
      case 'withdraw':
        return withdraw(bench, referenceOf(act.customer), 'test', customer);
    }
  }

  async function found(): Promise<Calendar> {
    const customers = await Promise.all(
      references.map(async (reference): Promise<Place> => {
        const { state, booking: place } = await bench.store.onboardings.now(reference);
        const { anotherDates: changes } = state;
        if (state.stage === 'CLOSED' || place === undefined)
          return { status: 'gone', wave: undefined, changes };
        return { status: place.status === 'CONFIRMED' ? 'CONFIRMED' : 'HELD', wave: place.wave, changes };
      }),
    );
    const calendar = await bench.store.waves.calendar(['paris'], { consistent: true });
    const byId = calendar
      .filter(({ kind }) => kind === 'MIGRATION')
      .map(
        ({ id, state, capacity }) => [id, { open: state === 'OPEN', places: capacity.customers }] as const,
      );
    return { customers, waves: Object.fromEntries(byId) };
  }

  /** Opens every wave again, with room for another customer in the first. */
  async function giveRoom(): Promise<void> {
    for (const id of waves) {
      const { state, booked, capacity } = await bench.store.waves.get('paris', id);
      if (state === 'FROZEN') await changed(id, { transition: 'reopen' });
      const enough = Math.max(places, booked.customers + (id === waves[0] ? 1 : 0));
      if (capacity.customers < enough) await changed(id, { capacity: { ...capacity, customers: enough } });
    }
  }

  /** Leaves a customer that has a place and changes left; another takes the part of any other. */
  async function renew(number: number): Promise<void> {
    const reference = references[number];
    if (reference !== undefined) {
      const { state, booking: place } = await bench.store.onboardings.now(reference);
      if (place !== undefined && state.anotherDates < mayChange) return;
      if (state.stage !== 'CLOSED') await withdraw(bench, reference, 'test', customer);
    }
    await giveRoom();
    references[number] = await held(bench);
  }

  async function prepare(): Promise<void> {
    await giveRoom();
    for (let number = 0; number < customersAtOnce; number += 1) await renew(number);
  }

  return {
    play: async (seed) => {
      const random = randomFrom(seed);
      const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)];
      const wave = () => pick(waves) ?? '';
      const number = () => Math.floor(random() * customersAtOnce);
      const acts = [
        (): Act => ({ kind: 'choose', customer: number(), to: wave() }),
        (): Act => ({ kind: 'choose', customer: number(), to: wave() }),
        (): Act => ({ kind: 'move', customer: number(), to: wave() }),
        (): Act => ({ kind: 'confirm', customer: number() }),
        (): Act => ({ kind: 'withdraw', customer: number() }),
        (): Act => ({ kind: pick(['freeze', 'reopen'] as const) ?? 'freeze', wave: wave() }),
        (): Act => ({ kind: 'enlarge', wave: wave(), places: 1 + Math.floor(random() * 3) }),
      ];
      await prepare();
      const first = await found();
      const history: Recorded<Act>[] = [];
      let ticks = 0;
      const tick = () => {
        ticks += 1;
        return ticks;
      };
      const faults: string[] = [];
      async function actor(own: readonly Act[], diesAt: number | undefined): Promise<void> {
        for (const act of own) {
          const began = tick();
          const fate: Fate = { random, diesAt, calls: 0 };
          const outcome = await fates
            .run(fate, () => carryOut(act))
            .then(
              () => done,
              (error: unknown) => {
                if (error instanceof ActorDiedError) return 'unknown';
                if (error instanceof BusinessError || error instanceof WaveTransitionError) return error.name;
                faults.push(`${JSON.stringify(act)} failed: ${String(error)}`);
                return 'unknown';
              },
            );
          // What never came to its act has changed nothing, and its caller tries again.
          if (outcome !== 'ConcurrentChangeError') history.push({ act, began, ended: tick(), outcome });
          if (outcome === 'unknown') return;
        }
      }
      const actors = 2 + Math.floor(random() * (mostActors - 1));
      const last = pick(acts)?.();
      await Promise.all(
        Array.from({ length: actors }, () => {
          // Some do what another does at the same time.
          const one = random() < 0.2 && last !== undefined ? last : pick(acts)?.();
          const own = [one, random() < 0.3 ? pick(acts)?.() : undefined].filter((each) => each !== undefined);
          const diesAt = random() < 0.25 ? 1 + Math.floor(random() * 6) : undefined;
          return actor(own, diesAt);
        }),
      );
      const end = await found();
      for (const id of waves) {
        const { booked, capacity } = await bench.store.waves.get('paris', id);
        if (booked.customers > capacity.customers) faults.push(`${id} is over-booked`);
        const holders = bookedIn(end, id);
        if (booked.customers !== holders) faults.push(`${id} counts ${booked.customers}, ${holders} hold`);
      }
      if (!isLinearizable(booking, { first, last: end, history })) {
        faults.push(`no order explains ${JSON.stringify({ first, history, end })}`);
      }
      return faults;
    },
    close: () => bench.close(),
  };
}
