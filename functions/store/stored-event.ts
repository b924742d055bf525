import * as z from 'zod/mini';
import { actorKinds } from '../domain/onboarding/actor.ts';
import { hashOf, type RecordedEvent, sealedReason } from '../domain/onboarding/audit-chain.ts';
import type { DomainEvent } from '../domain/onboarding/events.ts';
import type { OnboardingState } from '../domain/onboarding/state.ts';
import type { Item } from './table.ts';

/** An event as it is stored: its attributes keep the spelling they were first stored with. */
const storedEvent = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  type: z.string(),
  who: z.object({ kind: z.enum(actorKinds), id: z.string() }),
  why: z.optional(z.string()),
  whySalt: z.optional(z.string()),
  whyDigest: z.optional(z.string()),
  before: z.string(),
  after: z.string(),
  data: z.optional(z.record(z.string(), z.unknown())),
  previousHash: z.string(),
  hash: z.string(),
});

export function toEvent(item: Item): RecordedEvent {
  const { who, why, whySalt, whyDigest, ...same } = z.parse(storedEvent, item);
  return { ...same, actor: who, reason: why, reasonSalt: whySalt, reasonDigest: whyDigest };
}

/** The item of an event, without keys. */
export function fromEvent(event: RecordedEvent): Item {
  const { actor, reason, reasonSalt, reasonDigest, ...same } = event;
  const stored = { ...same, who: actor, why: reason, whySalt: reasonSalt, whyDigest: reasonDigest };
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== undefined));
}

/** Records what happened between two states, chained to the event before. */
export function recorded(
  event: DomainEvent,
  before: OnboardingState,
  after: OnboardingState,
  at: string,
): RecordedEvent {
  const { type, actor, reason, data } = event;
  const said = {
    ...{ number: after.version, at, type, actor },
    ...(reason === undefined ? {} : sealedReason(reason)),
    before: before.stage,
    after: after.stage,
    ...(data === undefined ? {} : { data: { ...data } }),
    previousHash: before.eventHash,
  };
  return { ...said, hash: hashOf(said) };
}
