import { AsyncLocalStorage } from 'node:async_hooks';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { chooseDate } from '../../functions/application/choose-date.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { BusinessError } from '../../functions/domain/errors.ts';
import { WaveTransitionError } from '../../functions/domain/waves/wave.ts';
import { customer, newToken, openTaskBench, operator, placed, type TaskBench } from '../tasks/bench.ts';
import {
  type Act,
  bookedIn,
  booking,
  type Calendar,
  done,
  type LateTask,
  lateTasks,
  mayChange,
  type Place,
} from './booking-rules.ts';
import { isLinearizable, type Recorded } from './linearizable.ts';
import { randomFrom } from './random.ts';
import { wrongPlaces } from './stored-places.ts';

const days = ['2027-03-09', '2027-04-20', '2027-05-04'] as const;
const waves = days.map((day) => `paris-${day}`);
const customersAtOnce = 5;
const mostActors = 6;
/** Places of a wave at first; operators change how many there are. */
const places = 2;

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
  /** What is wrong with the places as they are stored now, of all histories that were played. */
  wrong(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What was played. */
export interface Counts {
  histories: number;
  acts: number;
  deaths: number;
  /** Acts that were carried out once more: after a death, late, or by two at the same time. */
  repeats: number;
  refusals: number;
}

export const noCounts: Counts = { histories: 0, acts: 0, deaths: 0, repeats: 0, refusals: 0 };

/** @param counts is added to with each history */
export async function openHistories(counts: Counts = { ...noCounts }): Promise<Histories> {
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
  return historiesOn(bench, fates, counts);
}

function historiesOn(bench: TaskBench, fates: AsyncLocalStorage<Fate>, counts: Counts): Histories {
  const references: string[] = [];
  const tokens = new Map<string, string>();

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
      case 'deliver':
        return deliver(act.task, referenceOf(act.customer));
    }
  }

  function deliver(task: LateTask, reference: string): Promise<unknown> {
    const token = tokens.get(reference);
    return bench.run(task, { reference, run: 1, ...(task === 'ScheduleWave' ? {} : { token }) });
  }

  async function newCustomer(): Promise<string> {
    const reference = await placed(bench);
    tokens.set(reference, newToken());
    await deliver('AskCustomerToConfirmWave', reference);
    return reference;
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
    references[number] = await newCustomer();
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
        (): Act => ({ kind: 'deliver', customer: number(), task: pick(lateTasks) ?? 'ScheduleWave' }),
        (): Act => ({ kind: pick(['freeze', 'reopen'] as const) ?? 'freeze', wave: wave() }),
        (): Act => ({ kind: 'enlarge', wave: wave(), places: 1 + Math.floor(random() * 3) }),
      ];
      await prepare();
      const first = await found();
      counts.histories += 1;
      const history: Recorded<Act>[] = [];
      let ticks = 0;
      const tick = () => {
        ticks += 1;
        return ticks;
      };
      const faults: string[] = [];
      /** One call of an act by a process, which may die; true when its caller has an answer. */
      async function call(act: Act, diesAt: number | undefined): Promise<boolean> {
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
        counts.acts += 1;
        if (outcome === 'unknown') counts.deaths += 1;
        else if (outcome !== done) counts.refusals += 1;
        return outcome !== 'unknown';
      }
      /** The caller of a process that died may call again, and a message that was delivered once may be delivered again. */
      async function actor(own: readonly Act[], diesAt: number | undefined): Promise<void> {
        for (const act of own) {
          if (await call(act, diesAt)) continue;
          if (random() < 0.5) return;
          counts.repeats += 1;
          await call(act, undefined);
        }
        const [first] = own;
        if (first === undefined || random() >= 0.15) return;
        counts.repeats += 1;
        await call(first, undefined);
      }
      const actors = 2 + Math.floor(random() * (mostActors - 1));
      const shared = pick(acts)?.();
      await Promise.all(
        Array.from({ length: actors }, () => {
          // Some do what another does at the same time.
          const doesSame = random() < 0.2 && shared !== undefined;
          if (doesSame) counts.repeats += 1;
          const one = doesSame ? shared : pick(acts)?.();
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
    wrong: () => wrongPlaces(bench),
    close: () => bench.close(),
  };
}
