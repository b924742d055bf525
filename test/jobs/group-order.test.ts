import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { decideReview, decisionsOf } from '../../functions/application/decide-review.ts';
import { keepGroupOrder } from '../../functions/application/keep-group-order.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { parentsOf } from '../../functions/application/read-placing.ts';
import { DecisionRefusedError } from '../../functions/domain/errors.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { keys } from '../../functions/store/keys.ts';
import {
  assessed,
  customer,
  newToken,
  openTaskBench,
  operator,
  placed,
  start,
  type TaskBench,
} from '../tasks/bench.ts';

let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  for (const day of ['2027-03-09', '2027-05-04']) await bench.addWave(day);
});
afterEach(() => bench.close());

/** A parent in March, and what its members say of it at intake. */
async function parentInMarch() {
  const parent = await placed(bench);
  const { state } = await bench.store.onboardings.now(parent);
  expect(state.cutover).toBe('2027-03-09');
  return { parent, intake: { group: 'holding', parentSiren: state.siren } };
}

/** The parent gives March up and takes May. */
async function moveToMay(parent: string): Promise<void> {
  await answerWave(bench, parent, 'another_date', customer);
  await bench.run('ScheduleWave', { reference: parent, run: 1 });
  expect((await bench.store.onboardings.now(parent)).state.cutover).toBe('2027-05-04');
}

it('keeps no member in a wave for want of another date, once its parent is in the same one', async () => {
  const { parent, intake } = await parentInMarch();
  const member = await placed(bench, {}, intake);
  await answerWave(bench, member, 'another_date', customer);
  await moveToMay(parent);
  expect(await bench.run('ScheduleWave', { reference: member, run: 1 })).toEqual({ outcome: 'WAITING_LIST' });
});

it('finds a member that was booked by the old date after its parent had moved', async () => {
  const { parent, intake } = await parentInMarch();
  const member = await assessed(bench, {}, intake);
  bench.justBeforeWriting(async () => {
    await moveToMay(parent);
    await keepGroupOrder(bench, parent);
  });
  await bench.run('ScheduleWave', { reference: member, run: 1 });
  expect((await bench.store.onboardings.now(member)).booking).toMatchObject({ cutover: '2027-05-04' });
  const sent = (await bench.store.outbox.pending(50)).filter(({ reference }) => reference === member);
  expect(sent.flatMap(({ messages }) => messages)).toContainEqual({ kind: 'keep_group_order' });
  await keepGroupOrder(bench, member);
  expect((await bench.store.onboardings.now(member)).booking?.status).toBe('TO_MOVE');
});

it('has the same result when called twice at once, and no effect when called again', async () => {
  const { parent, intake } = await parentInMarch();
  const member = await placed(bench, {}, intake);
  await moveToMay(parent);
  await Promise.all([1, 2].map(() => keepGroupOrder(bench, parent)));
  const once = await bench.store.onboardings.now(member);
  await keepGroupOrder(bench, parent);
  expect(await bench.store.onboardings.now(member)).toEqual(once);
  const events = await bench.store.onboardings.events(member);
  expect(events.filter(({ type }) => type === 'PARENT_MOVED')).toHaveLength(1);
});

it('leaves a confirmed member alone while its parent starts again and has not reached its placement', async () => {
  const member = await placed(bench, {}, { group: 'holding', parentSiren: '900000999' });
  await answerWave(bench, member, 'confirm', customer);
  const parent = await assessed(bench, {}, { siren: '900000999' });
  await keepGroupOrder(bench, parent);
  expect((await bench.store.onboardings.now(member)).state.stage).toBe('WAVE_CONFIRMED');
});

describe('a member of a group whose parent has two scopes', () => {
  const siren = '900000935';
  const intake = { group: 'holding', parentSiren: siren };

  it('waits for the date of each, and comes after the later one', async () => {
    await bench.addWave('2027-06-01');
    const north = await placed(bench, {}, { siren, scope: 'Nord' });
    const south = await assessed(bench, {}, { siren, scope: 'Sud' });
    const member = await assessed(bench, {}, intake);
    expect(await bench.run('ScheduleWave', { reference: member, run: 1 })).toEqual({
      outcome: 'WAITING_LIST',
    });
    expect((await bench.store.onboardings.now(member)).state.cause).toBe('PARENT_NOT_BOOKED');
    await bench.run('ScheduleWave', { reference: south, run: 1 });
    await answerWave(bench, south, 'another_date', customer);
    await bench.run('ScheduleWave', { reference: south, run: 1 });
    const cutovers = await Promise.all(
      [north, south].map(async (each) => (await bench.store.onboardings.now(each)).state.cutover),
    );
    expect(cutovers).toEqual(['2027-03-09', '2027-05-04']);
    await offerPlaces(bench);
    expect((await bench.store.onboardings.now(member)).booking).toMatchObject({ cutover: '2027-06-01' });
  });

  it('moves when either of them moves to its date or beyond', async () => {
    await placed(bench, {}, { siren });
    const south = await placed(bench, {}, { siren, scope: 'Sud' });
    const member = await placed(bench, {}, intake);
    expect((await bench.store.onboardings.now(member)).state.cutover).toBe('2027-05-04');
    await moveToMay(south);
    await keepGroupOrder(bench, south);
    expect((await bench.store.onboardings.now(member)).booking?.status).toBe('TO_MOVE');
  });

  it('reads one query in place of one item to find them', async () => {
    await placed(bench, {}, { siren });
    const cost = await bench.costOf(() => parentsOf(bench.store, { parentSiren: siren }));
    expect(cost.requests).toBe(2);
    expect((await bench.costOf(() => parentsOf(bench.store, {}))).requests).toBe(0);
  });
});

const [first, second, third] = ['900000901', '900000919', '900000927'] as const;
const closesARing = { problems: [{ field: 'parentSiren', code: 'closes_a_ring' }] };

describe('a group in a ring', () => {
  it('is refused at the start that closes it, however long it is', async () => {
    await start(bench, { siren: first, parentSiren: second });
    await expect(start(bench, { siren: second, parentSiren: first })).rejects.toMatchObject(closesARing);
    await start(bench, { siren: second, parentSiren: third });
    await expect(start(bench, { siren: third, parentSiren: first })).rejects.toMatchObject(closesARing);
    await start(bench, { siren: third });
  });

  it('is refused to one of two starts that would close it at once', async () => {
    const starts = await Promise.allSettled([
      start(bench, { siren: first, parentSiren: second }),
      start(bench, { siren: second, parentSiren: first }),
    ]);
    expect(starts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(starts.find(({ status }) => status === 'rejected')).toMatchObject({ reason: closesARing });
  });

  it('is refused by whichever onboarding of a parent names the member', async () => {
    await start(bench, { siren: first });
    await start(bench, { siren: first, scope: 'Nord', parentSiren: third });
    await start(bench, { siren: first, scope: 'Sud', parentSiren: second });
    await expect(start(bench, { siren: second, parentSiren: first })).rejects.toMatchObject(closesARing);
    await expect(start(bench, { siren: third, scope: 'Est', parentSiren: first })).rejects.toMatchObject(
      closesARing,
    );
  });

  it('is refused to one of two starts of scopes that would close it at once, each the first to write', async () => {
    for (const [number, alreadyStarted] of [false, true].entries()) {
      const [one, other] = [String(920_000_000 + number), String(930_000_000 + number)];
      if (alreadyStarted) for (const siren of [one, other]) await start(bench, { siren });
      // The second start is complete between the reads of the first and its write.
      bench.justBeforeWriting(async () => {
        await start(bench, { siren: other, scope: 'Sud', parentSiren: one });
      });
      await expect(start(bench, { siren: one, scope: 'Nord', parentSiren: other })).rejects.toMatchObject(
        closesARing,
      );
      expect(await bench.store.starts.active(one, 'Nord')).toBeUndefined();
    }
  });

  it('is looked for by a bounded number of reads', async () => {
    let parentSiren: string | undefined;
    for (let level = 0; level < 60; level += 1) {
      const siren = String(910_000_000 + level);
      await start(bench, { siren, ...(parentSiren === undefined ? {} : { parentSiren }) });
      parentSiren = siren;
    }
    const member = { siren: first, ...(parentSiren === undefined ? {} : { parentSiren }) };
    expect((await bench.costOf(() => start(bench, member))).requests).toBeLessThan(160);
  });

  it('of an earlier release leads to an operator, with one mail, and cannot wait', async () => {
    const parent = await placed(bench, {}, { siren: first });
    const member = await placed(bench, {}, { siren: second, parentSiren: first });
    await bench.documents.send(
      new UpdateCommand({
        TableName: bench.tableName,
        Key: keys.intake(parent),
        UpdateExpression: 'SET parentSiren = :parent',
        ExpressionAttributeValues: { ':parent': second },
      }),
    );
    for (let round = 0; round < 5; round += 1) {
      for (const reference of [parent, member]) {
        await keepGroupOrder(bench, reference);
        const { booking } = await bench.store.onboardings.now(reference);
        if (booking?.status === 'TO_MOVE') await bench.run('ScheduleWave', { reference, run: 1 });
      }
    }
    for (const reference of [parent, member]) {
      const { state, booking } = await bench.store.onboardings.now(reference);
      expect(state).toMatchObject({ reviewKind: 'placement', cause: 'GROUP_IN_A_RING' });
      expect(booking).toBeUndefined();
      const sent = (await bench.store.outbox.pending(100)).filter((entry) => entry.reference === reference);
      const mails = sent.flatMap(({ messages }) => messages.filter(({ kind }) => kind === 'mail'));
      expect(mails.filter((mail) => JSON.stringify(mail).includes('place_lost'))).toHaveLength(1);
      expect(JSON.stringify(mails)).not.toContain('wave_moved');
    }
    await bench.run('AskForReview', { reference: parent, run: 1, review: 'placement', token: newToken() });
    const wait = { kind: 'placement', decision: 'wait', reason: 'soon' } as const;
    await expect(decideReview(bench, parent, wait, operator)).rejects.toThrow(DecisionRefusedError);
    const snapshot = await bench.store.onboardings.now(parent);
    expect(await decisionsOf(bench, snapshot, 'placement')).not.toContain('wait');
  });
});

it('asks an operator what to do once a member was placed anew four times in a day because of its parent', async () => {
  for (const day of ['2027-06-01', '2027-06-29', '2027-09-21', '2027-10-19']) await bench.addWave(day);
  const { parent, intake } = await parentInMarch();
  const member = await placed(bench, {}, intake);
  const outcomes: unknown[] = [];
  for (let move = 0; move < 4; move += 1) {
    const before = await bench.store.onboardings.now(parent);
    const { state } = await bench.store.onboardings.now(member);
    await bench.store.onboardings.apply(before, {
      set: { cutover: state.cutover },
      event: { type: 'GO_NO_GO_PUT_OFF', actor: system, data: { wave: 'another' } },
    });
    await keepGroupOrder(bench, parent);
    const { approval } = await bench.store.onboardings.now(member);
    const decline = { id: approval?.id ?? '', decision: 'decline', reason: 'no' } as const;
    if (approval?.status === 'waiting') await answerApproval(bench, decline, operator);
    await keepGroupOrder(bench, member);
    outcomes.push(await bench.run('ScheduleWave', { reference: member, run: 1 }));
  }
  expect(outcomes.map((outcome) => Object.values(outcome ?? {})[0])).toEqual([
    'HELD',
    'HELD',
    'HELD',
    'REVIEW',
  ]);
  const { state } = await bench.store.onboardings.now(member);
  expect(state).toMatchObject({ reviewKind: 'placement', cause: 'GROUP_MOVES_TOO_OFTEN' });
});
