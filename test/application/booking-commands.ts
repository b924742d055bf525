import fc from 'fast-check';
import { answerOffer, answerWave } from '../../functions/application/answer-wave.ts';
import { chooseDate } from '../../functions/application/choose-date.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { customer, operator, start } from './bench.ts';
import {
  admits,
  firstFor,
  fits,
  isTooLarge,
  type Model,
  type ModelCustomer,
  type ModelPlace,
  type Size,
  type SizeName,
  type Status,
  sizes,
  takenOf,
  waveOf,
} from './booking-model.ts';
import {
  type Chosen,
  command,
  compare,
  cutovers,
  newModel,
  ofCustomer,
  ofWave,
  one,
  openReal,
  type Real,
} from './booking-system.ts';

const mostCustomers = 8;
const mayChange = 3;

const day = 86_400_000;
/** Shorter than an offer lasts, so that each offer is seen. */
const daysThatPass = 4;
const holdLasts = 10 * day;
const offerLasts = 5 * day;
/** The first cutover may be booked until 35 days before; confirmed customers wait until then. */
const lastInstant = Date.parse('2027-08-01T00:00:00Z');

const gone: ModelPlace = { status: 'GONE', wave: undefined };

const placed: readonly Status[] = ['HELD', 'CONFIRMED', 'OFFERED', 'WAITING'];

function placeOfNew(model: Model, size: Size): ModelPlace {
  const wave = firstFor(model, size);
  if (wave !== undefined) return { status: 'HELD', wave: wave.id };
  return { status: isTooLarge(model, size) ? 'REVIEW' : 'WAITING', wave: undefined };
}

function starts(name: SizeName): fc.AsyncCommand<Model, Real> {
  const { users, size } = sizes[name];
  return {
    toString: () => `start(${name})`,
    check: ({ customers }) => customers.length < mostCustomers,
    run: async (model, real) => {
      const { runtime } = real;
      const reference = await start(runtime, model.customers.length + 1);
      await runtime.clock.settled();
      const answers = { ...plainAnswers, C2: { usersInScope: users, totalStaff: 90_000 } };
      await submitAnswers(runtime, reference, answers, customer);
      await runtime.clock.settled();
      const wanted = placeOfNew(model, size);
      const each: ModelCustomer = {
        ...{ reference, size, place: gone, changes: 0, turnedDown: new Set(), since: model.now },
        ...{ priority: false, startedOn: new Date(model.now).toISOString().slice(0, 10) },
      };
      model.customers.push(each);
      await compare(real, model, one(each, wanted), { severalRounds: false, from: model.now });
    },
  };
}

function confirms(chosen: Chosen) {
  return ofCustomer(
    'confirm',
    [chosen, ['HELD']],
    (each) => {
      const { status, wave } = each.place;
      return status === 'HELD' ? one(each, { status: 'CONFIRMED', wave }) : 'refused';
    },
    ({ runtime }, reference) => answerWave(runtime, reference, 'confirm', customer),
  );
}

function declines(chosen: Chosen) {
  return ofCustomer(
    'decline',
    [chosen, ['HELD']],
    (each) => (each.place.status === 'HELD' ? one(each, gone) : 'refused'),
    ({ runtime }, reference) => answerWave(runtime, reference, 'decline', customer),
  );
}

function withdraws(chosen: Chosen) {
  return ofCustomer(
    'withdraw',
    [chosen, ['HELD', 'CONFIRMED', 'OFFERED', 'WAITING', 'REVIEW']],
    (each) => (each.place.status === 'GONE' ? 'refused' : one(each, gone)),
    ({ runtime }, reference) => withdraw(runtime, reference, 'test', customer),
  );
}

/** The first other wave with room, or the same one where there is none. */
function asksForAnotherDate(chosen: Chosen) {
  return ofCustomer(
    'another date',
    [chosen, ['HELD']],
    (each, model) => {
      const { status, wave } = each.place;
      if (status !== 'HELD' || wave === undefined || each.changes >= mayChange) return 'refused';
      const turnedDown = new Set([...each.turnedDown, wave]);
      const next = firstFor(model, each.size, turnedDown);
      return one(each, { status: 'HELD', wave: next?.id ?? wave }, () => {
        each.turnedDown.add(wave);
        each.changes += 1;
        each.since = model.now;
      });
    },
    ({ runtime }, reference) => answerWave(runtime, reference, 'another_date', customer),
  );
}

function chooses(chosen: Chosen, index: number) {
  const to = `paris-${cutovers[index]}`;
  return ofCustomer(
    `choose ${to} `,
    [chosen, placed],
    (each, model) => {
      const { status, wave } = each.place;
      if (status === 'GONE' || status === 'REVIEW') return 'refused';
      if (wave === to) return one(each, { status: 'CONFIRMED', wave });
      if (each.changes >= mayChange || !admits(model, waveOf(model, to), each.size)) return 'refused';
      return one(each, { status: 'CONFIRMED', wave: to }, () => {
        each.changes += 1;
      });
    },
    ({ runtime }, reference) => chooseDate(runtime, reference, { to }, customer),
  );
}

function isMoved(chosen: Chosen, index: number) {
  const to = `paris-${cutovers[index]}`;
  return ofCustomer(
    `move to ${to} `,
    [chosen, placed],
    (each, model) => {
      const { status, wave } = each.place;
      if (status === 'GONE' || status === 'REVIEW' || wave === to) return 'refused';
      if (!admits(model, waveOf(model, to), each.size)) return 'refused';
      return one(each, { status: 'HELD', wave: to });
    },
    ({ runtime }, reference) =>
      movePlace(runtime, reference, { wave: to, reason: 'test', askedByCustomer: true }, operator),
  );
}

function acceptsOffer(chosen: Chosen) {
  return ofCustomer(
    'accept',
    [chosen, ['OFFERED']],
    (each) => {
      const { status, wave } = each.place;
      return status === 'OFFERED' ? one(each, { status: 'CONFIRMED', wave }) : 'refused';
    },
    ({ runtime }, reference) => answerOffer(runtime, reference, 'accept', customer),
  );
}

/** The customer keeps its rank, and may be offered another wave at once. */
function refusesOffer(chosen: Chosen) {
  return ofCustomer(
    'refuse',
    [chosen, ['OFFERED']],
    (each) => {
      const { status, wave } = each.place;
      if (status !== 'OFFERED' || wave === undefined) return 'refused';
      return one(each, undefined, () => each.turnedDown.add(wave));
    },
    ({ runtime }, reference) => answerOffer(runtime, reference, 'refuse', customer),
  );
}

const noOne = new Map<ModelCustomer, ModelPlace | undefined>();

function changesState(index: number, from: 'OPEN' | 'FROZEN') {
  const [transition, to] = from === 'OPEN' ? (['freeze', 'FROZEN'] as const) : (['reopen', 'OPEN'] as const);
  return ofWave(
    transition,
    index,
    (wave) => {
      if (wave.state !== from) return 'refused';
      return {
        places: noOne,
        keep: () => {
          wave.state = to;
        },
      };
    },
    { transition },
  );
}

/** No one who is booked in a wave is left outside of what it may hold. */
function changesCapacity(index: number, asked: Size) {
  return ofWave(
    `capacity ${JSON.stringify(asked)}`,
    index,
    (wave, model) => {
      if (wave.state === 'CANCELLED' || !fits(takenOf(model, wave.id), asked)) return 'refused';
      return {
        places: noOne,
        keep: () => {
          wave.capacity = asked;
        },
      };
    },
    { capacity: asked },
  );
}

/** Customers booked there are placed elsewhere, and come first where there is no room. */
function cancels(index: number) {
  return ofWave(
    'cancel',
    index,
    (wave, model) => {
      if (wave.state === 'CANCELLED') return 'refused';
      const booked = model.customers.filter(({ place }) => place.wave === wave.id);
      return {
        places: new Map(booked.map((each) => [each, undefined])),
        keep: () => {
          wave.state = 'CANCELLED';
          for (const each of booked) {
            if (each.place.status === 'OFFERED') each.turnedDown.add(wave.id);
            else each.priority = true;
          }
        },
      };
    },
    { transition: 'cancel', moveBooked: true },
    true,
  );
}

/** Holds and offers end without an answer. */
function passTime() {
  const later = ({ now }: Model) => now + daysThatPass * day;
  const mayEnd = ({ place: { status }, since }: ModelCustomer, at: number) =>
    (status === 'HELD' && at >= since + holdLasts) ||
    (status === 'OFFERED' && at >= since + offerLasts) ||
    status === 'WAITING';
  return command({
    text: `${daysThatPass} days pass`,
    expect: (model) => {
      const at = later(model);
      if (at > lastInstant) return undefined;
      const ending = model.customers.filter((each) => mayEnd(each, at));
      return {
        places: new Map(ending.map((each) => [each, undefined])),
        keep: () => {
          for (const { place, turnedDown } of ending) {
            if (place.status === 'OFFERED' && place.wave !== undefined) turnedDown.add(place.wave);
          }
        },
      };
    },
    act: async ({ runtime }, model) => {
      const at = new Date(later(model));
      await runtime.clock.jumpTo(at);
      model.now = at.getTime();
    },
    severalRounds: true,
  });
}

const anyCustomer = fc.record({
  number: fc.nat({ max: mostCustomers - 1 }),
  ofAny: fc.nat({ max: 4 }).map((number) => number === 0),
});
const anyWave = fc.nat({ max: cutovers.length - 1 });
const anySize = fc.record({
  customers: fc.integer({ min: 1, max: 4 }),
  points: fc.constantFrom(20, 40, 60, 90),
  complex: fc.integer({ min: 0, max: 2 }),
});
const begins = fc.constantFrom<SizeName>('small', 'medium', 'large', 'large').map(starts);

/** More than the first wave holds, so that several wait. */
const first = fc.array(begins, { minLength: 4, maxLength: 6, size: 'max' });

/** Sequences of commands: customers come, then anything happens. */
function bookingCommands(most: number) {
  const where = fc.tuple(anyCustomer, anyWave);
  const ofCustomers = [
    begins,
    anyCustomer.map(confirms),
    anyCustomer.map(asksForAnotherDate),
    ...[anyCustomer.map(acceptsOffer), anyCustomer.map(refusesOffer)],
    ...[where.map((each) => chooses(...each)), where.map((each) => isMoved(...each))],
    fc.tuple(anyWave, anySize).map((each) => changesCapacity(...each)),
  ];
  const state = fc.constantFrom('OPEN' as const, 'FROZEN' as const);
  const rest = fc.commands(
    [
      ...[...ofCustomers, ...ofCustomers],
      // A customer that leaves and a wave that is cancelled are one less for all that follows.
      ...[anyCustomer.map(declines), anyCustomer.map(withdraws)],
      fc.tuple(anyWave, state).map((each) => changesState(...each)),
      anyWave.map(cancels),
      fc.constant(null).map(passTime),
    ],
    { maxCommands: most, size: 'max' },
  );
  return fc.tuple(first, rest).map(([before, after]) => [...before, ...after]);
}

const mostCommands = 40;

/** Has sequences of commands carried out on the whole local system, each on one of its own. */
export async function followModel(parameters: fc.Parameters<unknown>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(bookingCommands(mostCommands), async (sequence) => {
      const real = await openReal();
      try {
        await fc.asyncModelRun(() => ({ model: newModel(), real }), sequence);
      } finally {
        await real.close();
      }
    }),
    parameters,
  );
}
