import { expect } from 'vitest';
import { calendarNow } from '../../functions/application/read-placing.ts';
import { calendarDateOf } from '../../functions/domain/calendar-date.ts';
import { invitedDate } from '../../functions/domain/onboarding/invited-date.ts';
import { checkpointOf } from '../../functions/domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../../functions/domain/onboarding/state.ts';
import { type CapacityVector, componentsAbove, noCapacity } from '../../functions/domain/waves/capacity.ts';
import type { StoredWave } from '../../functions/store/waves.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { CalendarClient } from './calendar-client.ts';
import { answerCanary, canary } from './canaries.ts';
import { historyOf, statusOf, tokensOutOfPlace } from './executions.ts';
import { firstBrokenEvent } from './history.ts';
import type { Observed } from './observation.ts';

const mostListed = 1_000;

/** Checks what must hold after any scenario, whatever happened in it. */
export async function checkInvariants(runtime: Runtime, observed: Observed): Promise<void> {
  const present = await Promise.all(
    observed.references.map((reference) => runtime.store.onboardings.now(reference)),
  );
  await everyHistoryIsWhole(runtime, present);
  await roomIsWhatIsBooked(runtime, present);
  await onlyThoseWaitingAreListed(runtime, present);
  await runsFitTheOnboardings(runtime, present);
  expect(await runtime.store.outbox.pending(mostListed), 'what is left in the outbox').toEqual([]);
  await nothingIsTold(runtime, observed, present);
  mailsTellNoAnswers(observed, runtime, await linkTokens(runtime, present));
  calendarsSayTheDate(runtime, present);
}

/** Whoever has opened the files of all mails has the present date in their calendar, and none that is given up. */
function calendarsSayTheDate({ mailbox, clock }: Runtime, present: readonly Snapshot[]): void {
  const client = new CalendarClient();
  for (const { attachments = [] } of mailbox.list()) {
    for (const { text } of attachments) client.receive(text);
  }
  for (const now of present) {
    const { reference, stage, erasure } = now.state;
    // No mail goes to someone of whom nothing is held.
    if (erasure !== undefined) continue;
    const entry = client.entries.get(`onboarding-${reference}-cutover`);
    // An earlier release has sent its date without a file.
    if (entry === undefined) continue;
    const date = invitedDate(now, clock.now());
    const kept = entry.status === 'CANCELLED' ? undefined : entry.day;
    const where = `the cutover in the calendar of ${reference} in ${stage}`;
    if (date !== undefined) expect(kept, where).toBe(date.cutover.replaceAll('-', ''));
    else if (now.booking === undefined) expect(kept, where).toBeUndefined();
  }
}

async function everyHistoryIsWhole(runtime: Runtime, present: readonly Snapshot[]): Promise<void> {
  for (const { state } of present) {
    const events = await runtime.store.onboardings.events(state.reference);
    expect(events.length, 'one event for each version').toBe(state.version);
    expect(firstBrokenEvent(events), 'the first event that breaks the chain').toBeUndefined();
  }
}

/** What the onboardings of a scenario hold of a wave. */
function heldIn(wave: StoredWave, present: readonly Snapshot[]): CapacityVector {
  let held = noCapacity;
  for (const { booking, preparation } of present) {
    if (booking?.wave === wave.id) {
      held = {
        customers: held.customers + 1,
        points: held.points + booking.points,
        complex: held.complex + booking.complex,
      };
    }
    if (preparation?.wave === wave.id) held = { ...held, customers: held.customers + 1 };
  }
  return held;
}

/** The points of customers that are not large. */
function smallIn(wave: StoredWave, present: readonly Snapshot[]): number {
  const points = present.flatMap(({ booking }) => (booking?.wave === wave.id ? [booking.points] : []));
  return points.filter((each) => each <= 20).reduce((sum, each) => sum + each, 0);
}

async function roomIsWhatIsBooked(
  { store, platform, clock }: Runtime,
  present: readonly Snapshot[],
): Promise<void> {
  const today = calendarDateOf(clock.now());
  const calendar = await calendarNow({ store, platform, clock });
  for (const wave of calendar) {
    expect(componentsAbove(wave.booked, wave.capacity), `${wave.id} is not over its capacity`).toEqual([]);
    // A preparation that has begun keeps those who took part, also once they take part in another.
    if (wave.kind === 'PREPARATION' && wave.cutover < today) continue;
    expect(wave.booked, `what is booked in ${wave.id}`).toEqual(heldIn(wave, present));
    // Of a wave that has begun, an earlier release has not counted it, and no one asks any more.
    if (wave.uncounted === true) continue;
    expect(wave.small ?? 0, `what is small in ${wave.id}`).toBe(smallIn(wave, present));
  }
}

async function onlyThoseWaitingAreListed({ store }: Runtime, present: readonly Snapshot[]): Promise<void> {
  const listed = (await store.waitingList.page({ limit: mostListed })).items.map(
    ({ reference }) => reference,
  );
  const waiting = present.filter(
    ({ state }) => state.stage === 'WAITING_LIST' && state.reviewKind === undefined,
  );
  expect(listed.toSorted(), 'the waiting list').toEqual(
    waiting.map(({ state }) => state.reference).toSorted(),
  );
}

/** The present run waits while the onboarding is open, and has ended when it is closed or handed over. */
async function runsFitTheOnboardings(runtime: Runtime, present: readonly Snapshot[]): Promise<void> {
  for (const { state } of present) {
    const status = await statusOf(runtime, state.reference, state.run.number);
    const running = state.run.status === 'failed' ? ['FAILED', 'ABORTED'] : ['RUNNING'];
    const expected =
      checkpointOf(state.stage, state.reviewKind) !== undefined
        ? running
        : ['SUCCEEDED', 'FAILED', 'ABORTED'];
    expect(expected, `status of the run of an onboarding in ${state.stage}`).toContain(status);
  }
}

async function linkTokens({ links }: Runtime, present: readonly Snapshot[]): Promise<readonly string[]> {
  const tokens = present.flatMap(({ state }) =>
    Array.from({ length: state.link }, (_, index) => links.token(state.reference, index + 1)),
  );
  return Promise.all(tokens);
}

async function nothingIsTold(
  runtime: Runtime,
  observed: Observed,
  present: readonly Snapshot[],
): Promise<void> {
  const histories: string[] = [];
  for (const { state } of present) {
    for (let run = 1; run <= state.run.number; run += 1) {
      const events = await historyOf(runtime, state.reference, run);
      expect(tokensOutOfPlace(events), 'events that hold the token of another task').toEqual([]);
      histories.push(...events.map((event) => JSON.stringify(event)));
    }
  }
  const told = [
    ...histories,
    ...observed.logLines,
    ...observed.outboxItems,
    ...runtime.events.list().map((event) => JSON.stringify(event)),
  ];
  const tokens = await linkTokens(runtime, present);
  const leaks = told.filter((text) => canary.test(text) || tokens.some((token) => text.includes(token)));
  expect(leaks, 'what tells names, addresses, answers or links').toEqual([]);
  // The catalogue's own sentence may speak of tokens; the fields beside it may not.
  const fields = observed.logLines.map((line) => line.replace(/"message":"[^"]*"/, ''));
  expect(
    [...fields, ...observed.outboxItems].filter((text) => text.includes('token')),
    'what speaks of tokens',
  ).toEqual([]);
}

function mailsTellNoAnswers({ references }: Observed, { mailbox }: Runtime, tokens: readonly string[]): void {
  const mails = mailbox.list();
  expect(mails.filter(({ subject, text }) => answerCanary.test(subject + text))).toEqual([]);
  const files = mails.flatMap(({ attachments = [] }) => attachments.map(({ text }) => text));
  expect(
    files.filter((text) => answerCanary.test(text) || tokens.some((token) => text.includes(token))),
  ).toEqual([]);
  const toStaff = mails.filter(({ to }) => to.endsWith('@platform.example'));
  const withLink = toStaff.filter(({ text }) => tokens.some((token) => text.includes(token)));
  expect(withLink, 'mails to staff that hold a personal link').toEqual([]);
  expect(references.length, 'onboardings of the scenario').toBeGreaterThan(0);
}
