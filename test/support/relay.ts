import type { Relay } from '../../functions/application/relay-outbox.ts';
import type { Key } from '../../functions/store/keys.ts';
import { laneOf, type OutboxLane, outboxLanes } from '../../functions/store/keys.ts';
import type { Outbox } from '../../functions/store/outbox.ts';

/** Milliseconds that a call of a function has. */
export const enough = (): number => 60_000;

/** Keys of all entries, or of those that one function sends. */
export async function keysOf(outbox: Outbox, lane?: OutboxLane): Promise<readonly Key[]> {
  const keys = (await outbox.pending(1_000)).map(({ key }) => key);
  return lane === undefined ? keys : keys.filter(({ pk }) => laneOf(pk) === lane);
}

type Relays = Readonly<Partial<Record<OutboxLane, Relay>>>;

/** Reports entries as the table's stream does. */
export async function reportKeys(keys: readonly Key[], relays: Relays) {
  const total = { sent: 0, left: 0 };
  for (const lane of outboxLanes) {
    const own = keys.filter(({ pk }) => laneOf(pk) === lane);
    const run = await relays[lane]?.records(own, enough);
    total.sent += run?.sent ?? 0;
    total.left += run?.left ?? 0;
  }
  return total;
}

/** Reports all that is in the outbox. */
export async function report(outbox: Outbox, relays: Relays) {
  return reportKeys(await keysOf(outbox), relays);
}

/** Calls the functions as their schedules do. */
export async function callDue(relays: Relays) {
  const total = { sent: 0, left: 0 };
  for (const lane of outboxLanes) {
    const run = await relays[lane]?.due(enough);
    total.sent += run?.sent ?? 0;
    total.left += run?.left ?? 0;
  }
  return total;
}
