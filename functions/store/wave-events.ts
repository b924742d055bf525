import * as z from 'zod/mini';
import type { CalendarDate } from '../domain/calendar-date.ts';
import { type Actor, actorKinds } from '../domain/onboarding/actor.ts';
import { canonical, digestOf } from '../domain/onboarding/audit-chain.ts';
import type { ChainedEvent } from '../domain/onboarding/audit-check.ts';
import type { CapacityVector } from '../domain/waves/capacity.ts';
import { type Wave, type WaveState, waveStates } from '../domain/waves/wave.ts';
import { keys, waveOfEvent } from './keys.ts';
import type { Item } from './table.ts';

/** Who changes a wave, and why. */
export interface WaveAct {
  readonly actor: Actor;
  readonly reason?: string | undefined;
  /** Why it may grow more than the rule admits; absent where it does not. */
  readonly growthReason?: string | undefined;
}

/** What of a wave is changed by people and by its day; bookings are in the history of each onboarding. */
export interface WaveFacts {
  readonly state: WaveState;
  readonly cutover: CalendarDate;
  readonly capacity: CapacityVector;
}

/** A change of a wave. Its number is the version that the wave has after it, so that none can be left out unseen. */
export interface WaveEvent extends WaveAct {
  readonly number: number;
  /** Instant, ISO 8601. */
  readonly at: string;
  /** Absent where the wave was added. */
  readonly before?: WaveFacts | undefined;
  readonly after: WaveFacts;
  /** Absent for changes that an earlier release recorded: each later one is chained to the one before. */
  readonly link?: ChainedEvent['link'];
}

const count = z.int().check(z.nonnegative());
const facts = z.object({
  state: z.enum(waveStates),
  cutover: z.string(),
  capacity: z.object({ customers: count, points: count, complex: count }),
});
const eventItem = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  who: z.object({ kind: z.enum(actorKinds), id: z.string() }),
  why: z.optional(z.string()),
  growthReason: z.optional(z.string()),
  before: z.optional(facts),
  after: facts,
  previousHash: z.optional(z.string()),
  hash: z.optional(z.string()),
});

function factsOf({ state, cutover, capacity }: WaveFacts): WaveFacts {
  return { state, cutover, capacity: { ...capacity } };
}

/** The item of a change, spelt and chained as events of onboardings are; its hash is for the wave to keep. */
export function waveEventItem(
  wave: Wave,
  before: (WaveFacts & { readonly eventHash?: string | undefined }) | undefined,
  { number, at, actor, reason, growthReason }: Omit<WaveEvent, 'before' | 'after'>,
): Item & { readonly hash: string } {
  const said = {
    number,
    at,
    who: { ...actor },
    ...(reason === undefined ? {} : { why: reason }),
    ...(growthReason === undefined ? {} : { growthReason }),
    ...(before === undefined ? {} : { before: factsOf(before) }),
    after: factsOf(wave),
    previousHash: before?.eventHash ?? '',
  };
  return { ...keys.waveEvent(wave.id, number), ...said, hash: hashOfWaveEvent(wave.id, said) };
}

/** The wave is part of the hash: a change cannot be put into the history of another. */
function hashOfWaveEvent(wave: string, said: Readonly<Record<string, unknown>>): string {
  return digestOf(canonical({ wave, ...said }));
}

export function toWaveEvent(item: Item): WaveEvent {
  const { who, why, previousHash, hash, ...same } = z.parse(eventItem, item);
  const event = { ...same, actor: who, reason: why };
  if (hash === undefined || previousHash === undefined) return event;
  const said = { ...same, who, why, previousHash };
  return {
    ...event,
    link: {
      previousHash,
      hash,
      holds: hashOfWaveEvent(waveOfEvent({ pk: String(item['pk']) }), said) === hash,
    },
  };
}
