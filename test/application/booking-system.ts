import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type fc from 'fast-check';
import { expect } from 'vitest';
import { changeWave } from '../../functions/application/change-wave.ts';
import { BusinessError } from '../../functions/domain/errors.ts';
import { WaveTransitionError } from '../../functions/domain/waves/wave.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { inProcess } from '../../infra/local/in-process-client.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { waveOf as newWave } from '../store/bench.ts';
import { readStoredPlaces, wrongPlaces } from '../support/stored-places.ts';
import { operator, runtimeWith } from './bench.ts';
import {
  type Found,
  follow,
  type Model,
  type ModelCustomer,
  type ModelPlace,
  type ModelWave,
  roomOf,
  type Scope,
  type Size,
  type Status,
  waveOf,
} from './booking-model.ts';

const begin = '2026-11-23T08:00:00.000Z';
export const cutovers = ['2027-09-21', '2027-10-19', '2027-11-16'];
const capacity: Size = { customers: 2, points: 60, complex: 1 };

/** The whole local system, and its table as it is stored. */
export interface Real {
  readonly runtime: Runtime;
  readonly table: { readonly documents: DynamoDBDocumentClient; readonly tableName: string };
  close(): Promise<void>;
}

export async function openReal(): Promise<Real> {
  const runtime = await runtimeWith({ calendar: cutovers.map((cutover) => newWave(cutover, capacity)) });
  const client = new DynamoDBClient({
    ...inProcess(runtime.dynamoDb.answer),
    endpoint: runtime.dynamoDb.endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    runtime,
    table: { documents: documentClient(client), tableName: runtime.tableName },
    close: async () => {
      client.destroy();
      await runtime.close();
    },
  };
}

export function newModel(): Model {
  const waves = cutovers.map((cutover): ModelWave => ({ id: `paris-${cutover}`, state: 'OPEN', capacity }));
  return { waves, customers: [], now: Date.parse(begin) };
}

const stages: Readonly<Record<string, Status>> = {
  WAITING_LIST: 'WAITING',
  IN_REVIEW: 'REVIEW',
  CLOSED: 'GONE',
};

/** What is stored of each customer of the model. */
async function find({ table }: Real, { customers }: Model): Promise<Found> {
  const { states, bookings } = await readStoredPlaces(table);
  return customers.map(({ reference }): ModelPlace => {
    const booking = bookings.find(({ pk }) => pk === `ONB#${reference}`);
    const { stage = '' } = states.find((state) => state.reference === reference) ?? {};
    if (booking === undefined) return { status: stages[stage] ?? fail(stage), wave: undefined };
    const { status, wave } = booking;
    return {
      status: status === 'HELD' || status === 'CONFIRMED' || status === 'OFFERED' ? status : fail(status),
      wave,
    };
  });
}

function fail(found: string): never {
  throw new Error(`A customer is left in ${found}`);
}

/** What a command leads to, by the model: a refusal, or what its customers have then. */
export type Expected =
  | 'refused'
  | { readonly places: ReadonlyMap<ModelCustomer, ModelPlace | undefined>; readonly keep?: () => void };

interface Rules {
  readonly text: string;
  /** Undefined when the command makes no sense now. */
  expect(model: Model): Expected | undefined;
  act(real: Real, model: Model): Promise<unknown>;
  readonly severalRounds?: boolean;
}

async function isRefused(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return false;
  } catch (error) {
    if (error instanceof BusinessError || error instanceof WaveTransitionError) return true;
    throw error;
  }
}

export function command(rules: Rules): fc.AsyncCommand<Model, Real> {
  return {
    toString: () => rules.text,
    check: (model) => rules.expect(model) !== undefined,
    run: async (model, real) => {
      const expected = rules.expect(model);
      if (expected === undefined) return;
      const from = model.now;
      const refused = await isRefused(() => rules.act(real, model));
      expect(refused, `${rules.text} is refused`).toBe(expected === 'refused');
      await real.runtime.clock.settled();
      await compare(real, model, expected, { severalRounds: rules.severalRounds === true, from });
    },
  };
}

/** Compares what is stored with the model, and checks what holds after every command. */
export async function compare(
  real: Real,
  model: Model,
  expected: Expected,
  scope: Omit<Scope, 'touched'>,
): Promise<void> {
  const places = expected === 'refused' ? new Map<ModelCustomer, ModelPlace>() : expected.places;
  if (expected !== 'refused') expected.keep?.();
  const found = await find(real, model);
  for (const [index, each] of model.customers.entries()) {
    const wanted = places.get(each);
    if (wanted !== undefined) expect(found[index], each.reference).toEqual(wanted);
  }
  expect(follow(model, found, { touched: new Set(places.keys()), ...scope })).toEqual([]);
  expect(await wrongPlaces(real.table)).toEqual([]);
  const { waves } = await readStoredPlaces(real.table);
  const stored = waves.map(({ sk, capacity: has, left }) => ({ id: sk, capacity: has, left }));
  expect(stored).toEqual(
    model.waves.map((wave) => ({ id: wave.id, capacity: wave.capacity, left: roomOf(model, wave) })),
  );
}

export const one = (each: ModelCustomer, place: ModelPlace | undefined, keep?: () => void): Expected => ({
  places: new Map([[each, place]]),
  ...(keep === undefined ? {} : { keep }),
});

/** Which customer a command is of: mostly one that it is not refused to. */
export interface Chosen {
  readonly number: number;
  readonly ofAny: boolean;
}

function pick({ customers }: Model, { number, ofAny }: Chosen, meant: readonly Status[]) {
  const from = ofAny ? customers : customers.filter(({ place }) => meant.includes(place.status));
  return from[number % Math.max(1, from.length)];
}

/** A command of one customer. */
export function ofCustomer(
  name: string,
  [chosen, meant]: readonly [Chosen, readonly Status[]],
  expected: (each: ModelCustomer, model: Model) => Expected,
  act: (real: Real, reference: string) => Promise<unknown>,
): fc.AsyncCommand<Model, Real> {
  return command({
    text: `${name}(${chosen.number}${chosen.ofAny ? ' of any' : ''})`,
    expect: (model) => {
      const each = pick(model, chosen, meant);
      if (each === undefined) return undefined;
      const outcome = expected(each, model);
      return outcome === 'refused' && !chosen.ofAny ? undefined : outcome;
    },
    act: (real, model) => act(real, pick(model, chosen, meant)?.reference ?? ''),
  });
}

/** A change of one wave by an operator. */
export function ofWave(
  name: string,
  index: number,
  expected: (wave: ModelWave, model: Model) => Expected,
  change: Parameters<typeof changeWave>[3],
  severalRounds = false,
) {
  const id = `paris-${cutovers[index]}`;
  return command({
    text: `${name} ${id}`,
    expect: (model) => {
      const wave = waveOf(model, id);
      return wave === undefined ? undefined : expected(wave, model);
    },
    // Whatever it grows over the wave before it.
    act: ({ runtime }) =>
      changeWave(runtime, 'paris', id, { ...change, reason: 'test', growthReason: 'test' }, operator),
    severalRounds,
  });
}
