import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { keepPlaces } from '../../functions/application/keep-places.ts';
import { finishCancelled } from '../../functions/application/move-booked.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { calendarNow } from '../../functions/application/read-placing.ts';
import { recordCutover } from '../../functions/application/record-cutover.ts';
import { recordRunFailure } from '../../functions/application/record-run-status.ts';
import { resume } from '../../functions/application/resume.ts';
import { keys } from '../../functions/store/keys.ts';
import {
  confirmed,
  customer,
  goDecided,
  held,
  newToken,
  openTaskBench,
  operator,
  placed,
  type TaskBench,
} from '../tasks/bench.ts';

const inMay = { E1: { earliest: '2027-05-01', reason: 'none' } } as const;
const march = 'paris-2027-03-09';
const may = 'paris-2027-05-04';
const day = 86_400_000;

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  await bench.addWave('2027-03-09');
});
afterEach(() => bench.close());

const fails = (error: unknown) => {
  throw error;
};
const keep = () => keepPlaces(bench, fails);
const bookingOf = async (reference: string) => (await bench.store.onboardings.now(reference)).booking;
const goTo = (instant: string, days: number) =>
  bench.clock.set(new Date(Date.parse(instant) + days * day).toISOString());

async function eventsOf(reference: string): Promise<readonly string[]> {
  return (await bench.store.onboardings.events(reference)).map(({ type }) => type);
}

/** A customer who was offered the place in May; the clock stands at the offer. */
async function offered(): Promise<string> {
  const reference = await placed(bench, inMay);
  await bench.run('WaitForSlot', { reference, run: 1, token: 'slot' });
  await bench.addWave('2027-05-04');
  await offerPlaces(bench);
  expect((await bookingOf(reference))?.status).toBe('OFFERED');
  return reference;
}

/** A customer who was asked about a place, and whose run fails at once. */
async function heldOfFailed(): Promise<string> {
  const reference = await held(bench);
  await fail(reference);
  return reference;
}

const fail = (reference: string) =>
  recordRunFailure(bench, reference, 1, { status: 'FAILED', error: 'ContractError', redriveCount: 0 });

const booked = async () => (await bench.store.waves.get('paris', march)).booked.customers;

async function messagesOf(reference: string) {
  const entries = await bench.store.outbox.pending(1_000);
  return entries.filter((entry) => entry.reference === reference).flatMap(({ messages }) => messages);
}

/** The successor run begins with the wait of the present stage. */
async function goOn(
  reference: string,
  task: 'AskCustomerToConfirmWave' | 'WaitForGoNoGo' = 'AskCustomerToConfirmWave',
) {
  await resume(bench, reference, 'the fault is fixed', operator);
  const token = newToken();
  await bench.run(task, { reference, run: 2, token });
  return bench.completed.get(token);
}

it('reminds once, however often and at once it is called', async () => {
  const reference = await held(bench);
  const until = (await bookingOf(reference))?.holdUntil ?? '';
  goTo(until, -3.01);
  expect(await keep()).toBe(0);
  goTo(until, -3);
  await Promise.all([keep(), keep(), keep()]);
  goTo(until, -1);
  expect(await keep()).toBe(0);
  expect((await eventsOf(reference)).filter((type) => type === 'REMINDED')).toHaveLength(1);
  const sent = (await bench.store.outbox.pending(50)).flatMap(({ messages }) => messages);
  expect(sent.filter((message) => message.kind === 'mail' && message.template === 'place_reminder')).toEqual([
    { kind: 'mail', template: 'place_reminder', to: 'customer' },
  ]);
});

it.each([
  ['reminds of a held place', () => held(bench), -2, 'REMINDED'],
  ['takes an offer back', offered, 0, 'OFFER_EXPIRED'],
  ['ends a hold that the workflow has not ended', () => held(bench), 1, 'HOLD_EXPIRED'],
  ['gives back the place of a failed run', () => heldOfFailed(), 1, 'PLACE_GIVEN_BACK'],
] as const)('%s once although it dies at any call and is called again', async (_, prepare, days, type) => {
  for (let call = 1; ; call += 1) {
    bench.clock.set('2026-11-23T08:00:00.000Z');
    const reference = await prepare();
    const until = (await bookingOf(reference))?.holdUntil ?? '';
    if (type !== 'REMINDED') {
      goTo(until, -2);
      await keep();
    }
    goTo(until, days);
    const died = await bench.dies({ call, when: 'after' }, keep);
    await keep();
    expect((await eventsOf(reference)).filter((each) => each === type)).toHaveLength(1);
    await keep();
    expect((await eventsOf(reference)).filter((each) => each === type)).toHaveLength(1);
    if (!died) break;
    await bench.close();
    bench = await openTaskBench();
    await bench.addWave('2027-03-09');
  }
});

it('frees the place of an expired offer and keeps the rank of the customer', async () => {
  const reference = await offered();
  const { state } = await bench.store.onboardings.now(reference);
  goTo((await bookingOf(reference))?.holdUntil ?? '', 0);
  await keep();
  expect(await bookingOf(reference)).toBeUndefined();
  expect((await bench.store.waves.get('paris', may)).booked.customers).toBe(0);
  expect((await bench.store.waitingList.page({ limit: 5 })).items).toEqual([
    { rank: state.waitingRank, reference, since: '2026-11-23T08:00:00.000Z' },
  ]);
});

it('reads what is due, however many wait', async () => {
  for (let count = 0; count < 20; count += 1) await placed(bench, inMay);
  const idle = await bench.costOf(keep);
  expect(idle).toMatchObject({ requests: 1, items: 0 });
});

it('goes on to the others when one place cannot be kept', async () => {
  const [first, second] = [await held(bench), await held(bench)];
  const until = (await bookingOf(second))?.holdUntil ?? '';
  await bench.documents.send(
    new UpdateCommand({
      TableName: bench.tableName,
      Key: keys.wait(first),
      UpdateExpression: 'SET kind = :kind',
      ExpressionAttributeValues: { ':kind': 'of another release' },
    }),
  );
  goTo(until, -2);
  const failed: string[] = [];
  expect(await keepPlaces(bench, (_, reference) => failed.push(reference))).toBe(1);
  expect(failed).toEqual([first]);
  expect((await bookingOf(second))?.reminded).toBe(true);
});

it('finds the places that an earlier release stored without a due date, once they are listed', async () => {
  const reference = await held(bench);
  await bench.documents.send(
    new UpdateCommand({
      TableName: bench.tableName,
      Key: keys.booking(reference),
      UpdateExpression: 'REMOVE duePk, dueSk',
    }),
  );
  const until = (await bookingOf(reference))?.holdUntil ?? '';
  goTo(until, -2);
  expect(await keep()).toBe(0);
  expect(await bench.store.places.list([reference])).toBe(1);
  expect(await bench.store.places.list([reference])).toBe(0);
  expect(await keep()).toBe(1);
});

describe('a held place whose run has failed', () => {
  const stateOf = async (reference: string) => (await bench.store.onboardings.now(reference)).state;

  it('is given back at its end, without waking the run, and another is held once it goes on', async () => {
    const reference = await heldOfFailed();
    const until = (await bookingOf(reference))?.holdUntil ?? '';
    goTo(until, -2);
    await keep();
    goTo(until, 0);
    await keep();
    expect(await booked()).toBe(1);
    for (const entry of await bench.store.outbox.pending(1_000)) await bench.store.outbox.done(entry);
    goTo(until, 0.02);
    await keep();
    expect(await booked()).toBe(0);
    const messages = await messagesOf(reference);
    expect(messages.filter(({ kind }) => kind === 'wake')).toEqual([]);
    expect(messages.filter(({ kind }) => kind === 'mail')).toEqual([
      {
        ...{ kind: 'mail', template: 'place_lost', to: 'customer' },
        lost: { site: 'paris', cutover: '2027-03-09', by: 'platform' },
        cancels: '2027-03-09',
      },
    ]);
    expect(await stateOf(reference)).toMatchObject({ stage: 'WAVE_HELD', run: { status: 'failed' } });
    await expect(answerWave(bench, reference, 'confirm', customer)).rejects.toThrow();
    expect(await goOn(reference)).toBe('EXPIRED');
    await bench.run('ScheduleWave', { reference, run: 2 });
    expect(await stateOf(reference)).toMatchObject({
      ...{ stage: 'WAVE_HELD', wave: march, confirmationTimeouts: 0, run: { status: 'running' } },
    });
    expect(await booked()).toBe(1);
  });

  it('may be confirmed until its end, and the answer counts once the run goes on', async () => {
    const reference = await heldOfFailed();
    await answerWave(bench, reference, 'confirm', customer);
    const until = (await bookingOf(reference))?.holdUntil;
    expect(until).toBeUndefined();
    goTo(bench.clock.now().toISOString(), 20);
    await keep();
    expect(await booked()).toBe(1);
    expect((await stateOf(reference)).stage).toBe('WAVE_CONFIRMED');
  });

  it('counts as silence when the run failed after the time to answer was over', async () => {
    const reference = await held(bench);
    const until = (await bookingOf(reference))?.holdUntil ?? '';
    goTo(until, -2);
    await keep();
    goTo(until, 0.02);
    await keep();
    expect(await eventsOf(reference)).toContain('HOLD_EXPIRED');
    await fail(reference);
    goTo(until, 0.03);
    await keep();
    expect(await booked()).toBe(0);
    expect((await stateOf(reference)).confirmationTimeouts).toBe(1);
    expect(await goOn(reference)).toBe('EXPIRED');
  });

  it('leads to an operator as the mail said, when it was the second silence', async () => {
    const reference = await held(bench);
    await bench.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: {
        set: { confirmationTimeouts: 1 },
        event: { type: 'REMINDED', actor: { kind: 'system', id: 'test' } },
      },
    }));
    const until = (await bookingOf(reference))?.holdUntil ?? '';
    goTo(until, 0.02);
    await keep();
    await fail(reference);
    goTo(until, 0.03);
    await keep();
    expect(await booked()).toBe(0);
    expect(await bench.run('ScheduleWave', { reference, run: 1 })).toEqual({ outcome: 'REVIEW' });
  });

  it('is given back by a customer who declined it, whose run closes the onboarding when it goes on', async () => {
    const reference = await heldOfFailed();
    const until = (await bookingOf(reference))?.holdUntil ?? '';
    await answerWave(bench, reference, 'decline', customer);
    goTo(until, -2);
    await keep();
    expect(await booked()).toBe(1);
    goTo(until, 1);
    await keep();
    expect(await booked()).toBe(0);
    // Redriven at the placement, it asks for no other place.
    expect(await bench.run('ScheduleWave', { reference, run: 1 })).toEqual({ outcome: 'HELD' });
    expect(await booked()).toBe(0);
    expect(await goOn(reference)).toBe('DECLINED');
  });

  it('is kept until its end by a customer who asked for another date, and may find none', async () => {
    const reference = await heldOfFailed();
    const until = (await bookingOf(reference))?.holdUntil ?? '';
    await answerWave(bench, reference, 'another_date', customer);
    goTo(until, 0);
    await keep();
    expect(await booked()).toBe(1);
    goTo(until, 0.03);
    await keep();
    expect(await booked()).toBe(0);
    expect((await messagesOf(reference)).filter(({ kind }) => kind === 'mail').at(-1)).toMatchObject({
      ...{ template: 'place_lost', lost: { by: 'platform' } },
    });
    expect((await stateOf(reference)).confirmationTimeouts).toBe(0);
    expect(await goOn(reference)).toBe('ANOTHER_DATE');
  });
});

describe('a place that has to be left, of an onboarding whose run has failed', () => {
  const cancelled = { transition: 'cancel', moveBooked: true, reason: 'incident' } as const;
  const cancel = () => changeWave(bench, 'paris', march, cancelled, operator);
  const mailsOf = async (reference: string) =>
    (await messagesOf(reference)).filter((message) => message.kind === 'mail' && message.to === 'customer');
  const lost = {
    ...{ kind: 'mail', template: 'place_lost', to: 'customer', cancels: '2027-03-09' },
    lost: { site: 'paris', cutover: '2027-03-09', by: 'wave_cancelled' },
  };
  const placedAgain = (reference: string) => bench.run('ScheduleWave', { reference, run: 2 });

  it('is given back after a no-go, of which the customer has read already', async () => {
    await bench.addWave('2027-05-04');
    const reference = await confirmed(bench);
    await bench.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: { to: 'GO_NO_GO', event: { type: 'GO_NO_GO_OPENED', actor: operator, data: { wave: march } } },
    }));
    const answer = { kind: 'go_no_go', decision: 'no_go', reason: 'not ready' } as const;
    await decideReview(bench, reference, answer, operator);
    expect(await booked()).toBe(1);
    const told = await mailsOf(reference);
    await fail(reference);
    await fail(reference);
    expect(await booked()).toBe(0);
    expect(await mailsOf(reference)).toEqual(told);
    const events = await eventsOf(reference);
    expect(events.slice(-2)).toEqual(['PLACE_GIVEN_BACK', 'EXECUTION_FAILED']);
    expect((await bench.store.onboardings.now(reference)).state).toMatchObject({
      ...{ stage: 'GO_NO_GO', priority: true, run: { status: 'failed' } },
    });
    expect(await goOn(reference, 'WaitForGoNoGo')).toBe('NO_GO');
    expect(await placedAgain(reference)).toEqual({ outcome: 'HELD' });
    expect((await bookingOf(reference))?.wave).toBe(may);
  });

  it('is given back with the cancellation of its wave, and the customer reads so', async () => {
    const reference = await confirmed(bench);
    await fail(reference);
    await cancel();
    expect(await booked()).toBe(0);
    expect(await mailsOf(reference)).toContainEqual(lost);
    expect(await goOn(reference, 'WaitForGoNoGo')).toBe('MOVED');
    expect(await placedAgain(reference)).toEqual({ outcome: 'WAITING_LIST' });
  });

  it('is none that a customer is handed over with, whose wave was cancelled after the go', async () => {
    await bench.addWave('2027-05-04');
    const reference = await goDecided(bench);
    await cancel();
    expect(await bench.run('HandOver', { reference, run: 1 })).toEqual({ outcome: 'MOVED' });
    await fail(reference);
    expect(await bookingOf(reference)).toBeUndefined();
    expect(await goOn(reference, 'WaitForGoNoGo')).toBe('GO');
    expect(await bench.run('HandOver', { reference, run: 2 })).toEqual({ outcome: 'MOVED' });
    expect(await placedAgain(reference)).toEqual({ outcome: 'HELD' });
    expect((await bookingOf(reference))?.wave).toBe(may);
  });

  it('leads to another one, whatever the customer has let pass before', async () => {
    await bench.addWave('2027-05-04');
    const reference = await held(bench);
    await bench.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: {
        set: { confirmationTimeouts: 2 },
        event: { type: 'REMINDED', actor: { kind: 'system', id: 'test' } },
      },
    }));
    await fail(reference);
    await cancel();
    expect(await bookingOf(reference)).toBeUndefined();
    expect(await goOn(reference, 'AskCustomerToConfirmWave')).toBe('ANOTHER_DATE');
    expect(await placedAgain(reference)).toEqual({ outcome: 'HELD' });
  });

  it('is given back with a cutover that failed, of which the customer has read, once', async () => {
    const reference = await goDecided(bench);
    await bench.run('HandOver', { reference, run: 1 });
    bench.clock.set('2027-03-09T20:00:00.000Z');
    await recordCutover(bench, reference, { result: 'rolled_back', reason: 'the storage failed' }, operator);
    expect(await booked()).toBe(1);
    const told = await mailsOf(reference);
    const failure = { status: 'FAILED', error: 'ContractError', redriveCount: 0 } as const;
    await recordRunFailure(bench, reference, 2, failure);
    expect(await booked()).toBe(0);
    expect(await mailsOf(reference)).toEqual(told);
    expect((await bench.store.waves.get('paris', march)).failedCutovers).toBe(1);
  });
});

it('leaves alone whoever has answered', async () => {
  const reference = await held(bench);
  const until = (await bookingOf(reference))?.holdUntil ?? '';
  await answerWave(bench, reference, 'decline', customer);
  goTo(until, 1);
  expect(await keep()).toBe(0);
});

it('tells the truth about a wave whose cancellation was interrupted, and finishes it', async () => {
  await bench.addWave('2027-05-04');
  const reference = await held(bench);
  const { wave = '' } = (await bench.store.onboardings.now(reference)).state;
  const stored = await bench.store.waves.get('paris', wave);
  await bench.store.waves.replace(stored, { ...stored, state: 'CANCELLED' });
  await expect(answerWave(bench, reference, 'confirm', customer)).rejects.toThrow('has just been cancelled');
  await finishCancelled(bench, await calendarNow(bench));
  expect((await bookingOf(reference))?.status).toBe('TO_MOVE');
  await finishCancelled(bench, await calendarNow(bench));
  expect((await eventsOf(reference)).filter((type) => type === 'WAVE_CANCELLED')).toHaveLength(1);
});
