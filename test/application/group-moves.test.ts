import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alignParts } from '../../functions/application/align-parts.ts';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { answerMoveSet } from '../../functions/application/answer-move-set.ts';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { bookedCustomers } from '../../functions/application/booked-customers.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { decideReview, decisionsOf } from '../../functions/application/decide-review.ts';
import { choicesFor } from '../../functions/application/decide-wave.ts';
import { isOutOfOrder, keepGroupOrder } from '../../functions/application/keep-group-order.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { recordRunFailure } from '../../functions/application/record-run-status.ts';
import { resume } from '../../functions/application/resume.ts';
import { splitOnboarding } from '../../functions/application/splitting.ts';
import { moveSetsOf, waitingApprovals } from '../../functions/application/waiting-approvals.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import { ApprovalLapsedError, DecisionRefusedError } from '../../functions/domain/errors.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import { leaveWave } from '../../functions/domain/onboarding/bookings.ts';
import { partReference } from '../../functions/domain/onboarding/reference.ts';
import type { OwnedIntake } from '../../functions/domain/onboarding/transitions/start.ts';
import {
  confirmed,
  customer,
  newToken,
  openTaskBench,
  operator,
  placed,
  type TaskBench,
  toPlacementReview,
} from '../tasks/bench.ts';

const other = { kind: 'operator', id: 'other@platform.example' } as const;
const reason = 'agreed with the group';
const [march, april, may, june] = ['2027-03-09', '2027-04-20', '2027-05-04', '2027-06-01'] as const;
let bench: TaskBench;
beforeEach(async () => {
  bench = await openTaskBench();
  for (const day of [march, april, may, june]) await bench.addWave(day);
});
afterEach(() => bench.close());

const now = (reference: string) => bench.store.onboardings.now(reference);

/** A customer that is placed and has confirmed. */
async function confirmedAt(date: string, intake: Partial<OwnedIntake> = {}): Promise<string> {
  const reference = await placed(bench, {}, intake);
  await bench.run('AskCustomerToConfirmWave', { reference, run: 1, token: newToken() });
  await answerWave(bench, reference, 'confirm', customer);
  expect((await now(reference)).booking).toMatchObject({ status: 'CONFIRMED', cutover: date });
  return reference;
}

/** A parent in March with members that follow it in April. */
async function group(members: number) {
  const parent = await confirmed(bench);
  const { siren } = (await now(parent)).state;
  const intake = { group: 'holding', parentSiren: siren };
  const of: string[] = [];
  for (let member = 0; member < members; member += 1) of.push(await confirmedAt(april, intake));
  return { parent, members: of };
}

/** At the request of the parent itself. */
async function moveParent(parent: string, wave: string): Promise<void> {
  await movePlace(bench, parent, { wave, reason, askedByCustomer: true }, operator);
}

const waitingSets = async () => moveSetsOf((await waitingApprovals(bench)).waiting);
const idsOf = async () =>
  (await waitingSets()).flatMap(({ moves }) => moves.map(({ approval }) => approval.id));

async function answer(decision: 'approve' | 'decline') {
  return answerMoveSet(bench, { approvals: await idsOf(), decision, reason }, other);
}

async function messagesOf(references: readonly string[]) {
  const sent = (await bench.store.outbox.pending(200)).filter(({ reference }) =>
    references.includes(reference),
  );
  return sent.flatMap(({ messages }) => messages);
}

it('a parent that moves past its members has their moves proposed as one set, with one mail', async () => {
  const { parent, members } = await group(3);
  await moveParent(parent, `paris-${april}`);
  await keepGroupOrder(bench, parent);
  const [set, ...others] = await waitingSets();
  expect(others).toEqual([]);
  expect(set?.id).toBe(`${parent}-${april}`);
  expect(set?.moves.map(({ state }) => state.reference).toSorted()).toEqual(members.toSorted());
  expect(set?.moves.map(({ approval }) => approval.cutover)).toEqual([may, may, may]);
  const mails = (await messagesOf(members)).filter((message) => message.kind === 'mail');
  expect(mails.filter(({ template }) => template === 'review_approval_requested')).toHaveLength(1);
  for (const member of members) {
    expect((await now(member)).booking).toMatchObject({ status: 'CONFIRMED', cutover: april });
    expect(await isOutOfOrder(bench.store, await now(member), bench.clock.now())).toBe(true);
  }
});

it('a member that comes after its parent all the same is left alone', async () => {
  const { parent } = await group(1);
  const { siren } = (await now(parent)).state;
  const later = await placed(bench, {}, { group: 'holding', parentSiren: siren });
  await movePlace(bench, later, { wave: `paris-${june}`, reason, askedByCustomer: true }, operator);
  await moveParent(parent, `paris-${april}`);
  await keepGroupOrder(bench, parent);
  expect((await now(later)).approval).toBeUndefined();
});

it('is proposed once, however often and by how many at once it is called', async () => {
  const { parent, members } = await group(2);
  await moveParent(parent, `paris-${april}`);
  await Promise.all([parent, parent, ...members].map((each) => keepGroupOrder(bench, each)));
  const once = await Promise.all(members.map(now));
  for (const each of [parent, ...members]) await keepGroupOrder(bench, each);
  expect(await Promise.all(members.map(now))).toEqual(once);
  for (const member of members) {
    const events = await bench.store.onboardings.events(member);
    expect(events.filter(({ type }) => type === 'APPROVAL_REQUESTED')).toHaveLength(1);
  }
});

it('is proposed anew, for the date that the parent has last', async () => {
  const { parent, members } = await group(1);
  const [member = ''] = members;
  await moveParent(parent, `paris-${april}`);
  await keepGroupOrder(bench, parent);
  await bench.run('ScheduleWave', { reference: parent, run: 1 });
  await bench.run('AskCustomerToConfirmWave', { reference: parent, run: 1, token: newToken() });
  await moveParent(parent, `paris-${may}`);
  await keepGroupOrder(bench, parent);
  expect((await now(member)).approval).toMatchObject({
    status: 'waiting',
    wave: `paris-${june}`,
    group: { set: `${parent}-${may}`, after: may },
  });
  const events = await bench.store.onboardings.events(member);
  expect(events.filter(({ type }) => type === 'APPROVAL_LAPSED')).toHaveLength(1);
});

it('leaves a move that an operator has asked for, when it leads to the same order', async () => {
  const { parent, members } = await group(1);
  const [member = ''] = members;
  const asked = await movePlace(bench, member, { wave: `paris-${june}`, reason, approval: true }, operator);
  await moveParent(parent, `paris-${april}`);
  await keepGroupOrder(bench, parent);
  expect((await now(member)).approval).toMatchObject({ id: asked?.id, status: 'waiting' });
  // Turned down, it is no longer what keeps the order.
  await answerApproval(bench, { id: asked?.id ?? '', decision: 'decline', reason }, other);
  expect(await messagesOf([member])).toContainEqual({ kind: 'keep_group_order' });
  await keepGroupOrder(bench, member);
  expect((await now(member)).approval).toMatchObject({ status: 'waiting', wave: `paris-${may}` });
});

describe('an operator answers the set', () => {
  it('and each member has its place held, with the former date and why', async () => {
    const { parent, members } = await group(2);
    await moveParent(parent, `paris-${april}`);
    await keepGroupOrder(bench, parent);
    expect(await answer('approve')).toEqual([]);
    for (const member of members) {
      const { state, booking } = await now(member);
      expect(state.stage).toBe('WAVE_HELD');
      expect(booking).toMatchObject({ status: 'HELD', cutover: may, movedFrom: { cutover: april } });
      expect(booking?.movedFrom?.reason).toBe(
        'L’entité de tête de votre groupe bascule le 20 avril 2027 ; vous devez basculer après elle',
      );
      expect(booking?.holdUntil).toBe('2026-12-03T08:00:00.000Z');
    }
    expect(await waitingSets()).toEqual([]);
  });

  it('and the same again changes nothing, another answer is refused', async () => {
    const { parent, members } = await group(2);
    await moveParent(parent, `paris-${april}`);
    await keepGroupOrder(bench, parent);
    const approvals = await idsOf();
    await answerMoveSet(bench, { approvals, decision: 'approve', reason }, other);
    const once = await Promise.all(members.map(now));
    expect(await answerMoveSet(bench, { approvals, decision: 'approve', reason }, other)).toEqual([]);
    expect(await Promise.all(members.map(now))).toEqual(once);
    const refused = await answerMoveSet(bench, { approvals, decision: 'decline', reason }, other);
    expect(refused.map(({ reference }) => reference).toSorted()).toEqual(members.toSorted());
  });

  it('and what was not shown is not answered', async () => {
    const { parent, members } = await group(2);
    await moveParent(parent, `paris-${april}`);
    await keepGroupOrder(bench, parent);
    const [first = ''] = await idsOf();
    await answerMoveSet(bench, { approvals: [first], decision: 'approve', reason }, other);
    const cutovers = await Promise.all(members.map(async (each) => (await now(each)).booking?.cutover));
    expect(cutovers.toSorted()).toEqual([april, may]);
  });

  it('and one whose date is gone meanwhile is refused by name and has another proposed', async () => {
    const { parent, members } = await group(1);
    const [member = ''] = members;
    await moveParent(parent, `paris-${april}`);
    await keepGroupOrder(bench, parent);
    const approvals = await idsOf();
    await changeWave(bench, 'paris', `paris-${may}`, { transition: 'freeze', reason }, operator);
    const refused = await answerMoveSet(bench, { approvals, decision: 'approve', reason }, other);
    expect(refused.map(({ reference }) => reference)).toEqual([member]);
    expect((await now(member)).approval).toMatchObject({ status: 'waiting', wave: `paris-${june}` });
  });

  it('and refuses to move a customer before the one that it follows', async () => {
    const { parent, members } = await group(1);
    const [member = ''] = members;
    const { siren } = (await now(member)).state;
    const last = await confirmedAt(may, { group: 'holding', parentSiren: siren });
    await moveParent(parent, `paris-${april}`);
    await keepGroupOrder(bench, parent);
    await keepGroupOrder(bench, member);
    const { approval } = await now(last);
    expect(approval).toMatchObject({
      wave: `paris-${june}`,
      group: { set: `${parent}-${april}`, after: may },
    });
    await expect(
      answerApproval(bench, { id: approval?.id ?? '', decision: 'approve', reason }, other),
    ).rejects.toThrow(DecisionRefusedError);
    expect(await answer('approve')).toEqual([]);
    expect((await now(last)).booking).toMatchObject({ status: 'HELD', cutover: june });
  });

  it('and an unknown request is refused, not the others', async () => {
    const { parent, members } = await group(1);
    await moveParent(parent, `paris-${april}`);
    await keepGroupOrder(bench, parent);
    const approvals = [...(await idsOf()), 'K7F4-M3XJ-3', 'none'];
    const refused = await answerMoveSet(bench, { approvals, decision: 'approve', reason }, other);
    expect(refused.map(({ reference }) => reference).toSorted()).toEqual(['K7F4-M3XJ', 'none']);
    expect((await now(members[0] ?? '')).booking?.cutover).toBe(may);
  });
});

it('the parts of a member that was split follow the parent too', async () => {
  const { parent, members } = await group(1);
  const [member = ''] = members;
  const { state } = await now(member);
  const split = {
    parts: [
      { scope: 'Nord', users: 60, mailboxesOver50: 0, servers: 4 },
      { scope: 'Sud', users: 40, mailboxesOver50: 0, servers: 0 },
    ],
  };
  await toPlacementReview(bench, member);
  await splitOnboarding(bench, member, { reason, split }, operator);
  await alignParts(bench, member);
  const part = partReference(state.reference, 1);
  await bench.run('ScheduleWave', { reference: part, run: 1 });
  await bench.run('AskCustomerToConfirmWave', { reference: part, run: 1, token: newToken() });
  await answerWave(bench, part, 'confirm', customer);
  expect((await now(part)).booking).toMatchObject({ status: 'CONFIRMED', cutover: april });
  await moveParent(parent, `paris-${april}`);
  await keepGroupOrder(bench, parent);
  expect((await now(part)).approval).toMatchObject({ status: 'waiting', cutover: may });
});

it('a parent that moves away, back and there again has the move proposed again, though time has passed', async () => {
  const { parent, members } = await group(1);
  const [member = ''] = members;
  const moveTo = async (date: string, run: number) => {
    await moveParent(parent, `paris-${date}`);
    await keepGroupOrder(bench, parent);
    await bench.run('ScheduleWave', { reference: parent, run });
    await bench.run('AskCustomerToConfirmWave', { reference: parent, run, token: newToken() });
  };
  await moveTo(april, 1);
  await moveTo(march, 1);
  const withdrawn = (await now(member)).approval;
  expect(withdrawn?.status).toBe('lapsed');
  bench.clock.set(withdrawn?.until ?? '');
  await moveTo(april, 1);
  const { approval, booking } = await now(member);
  expect([approval?.status, booking?.status, booking?.cutover]).toEqual(['waiting', 'CONFIRMED', april]);
});

it.each([
  ['cancelled', { transition: 'cancel' }],
  ['moved to another day', { cutover: '2027-05-11' }],
] as const)(
  'a wave that is %s meanwhile is not agreed to, and another move is proposed',
  async (_, change) => {
    const { parent, members } = await group(1);
    const [member = ''] = members;
    await moveParent(parent, `paris-${april}`);
    await keepGroupOrder(bench, parent);
    const before = (await now(member)).approval;
    expect(before?.wave).toBe(`paris-${may}`);
    await changeWave(bench, 'paris', `paris-${may}`, { ...change, reason }, operator);
    const answer = { id: before?.id ?? '', decision: 'approve', reason } as const;
    await expect(answerApproval(bench, answer, other)).rejects.toThrow(ApprovalLapsedError);
    const { approval } = await now(member);
    expect(approval).toMatchObject({ status: 'waiting' });
    expect(approval?.cutover).not.toBe(before?.cutover);
    await answerApproval(bench, { ...answer, id: approval?.id ?? '' }, other);
    expect((await now(member)).booking?.cutover).toBe(approval?.cutover);
  },
);

it('a member is not held back for a parent that ends while it looks for a date', async () => {
  const { parent, members } = await group(1);
  const [member = ''] = members;
  await bench.store.onboardings.change<void>(parent, async (snapshot) => ({
    result: undefined,
    change: {
      to: 'WAITING_LIST',
      set: { wave: undefined, cutover: undefined, waitingRank: '1|a' },
      event: { type: 'WAITING', actor: system, data: { because: 'WAVE_FULL' } },
      effects: [...leaveWave(snapshot), { kind: 'join_waiting_list', rank: '1|a' }],
    },
  }));
  await keepGroupOrder(bench, parent);
  expect((await now(member)).state).toMatchObject({ stage: 'GO_NO_GO', cause: 'PARENT_NOT_BEFORE' });
  const told = (await messagesOf([parent])).filter(({ kind }) => kind === 'keep_group_order').length;
  await withdraw(bench, parent, reason, operator);
  const { length } = (await messagesOf([parent])).filter(({ kind }) => kind === 'keep_group_order');
  expect(length).toBe(told + 1);
  await keepGroupOrder(bench, parent);
  expect((await now(member)).state.cause).toBeUndefined();
});

describe('while the move of a member waits, no go is offered or taken for it', () => {
  async function offered(reference: string) {
    const snapshot = await now(reference);
    const { items } = await bookedCustomers(bench, { id: snapshot.booking?.wave ?? '' }, { limit: 50 });
    const booked = items.find((each) => each.snapshot.state.reference === reference);
    if (booked === undefined) throw new Error('It is not in the wave');
    return {
      wave: choicesFor(booked, bench.clock.now()),
      review: await decisionsOf(bench, snapshot, 'go_no_go'),
    };
  }

  async function goRefused(reference: string): Promise<string> {
    const { state } = await now(reference);
    const answer = { kind: 'go_no_go', decision: 'go', reason, seen: state.reviews, seenGo: 0 } as const;
    const error = await decideReview(bench, reference, answer, other).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof DecisionRefusedError ? error.text.en : String(error);
  }

  it('in advance: the move comes first', async () => {
    const { parent, members } = await group(1);
    const [member = ''] = members;
    bench.clock.set('2027-04-14T09:00:00.000Z');
    expect(await offered(member)).toEqual({ wave: ['go'], review: ['go'] });
    await bench.addWave('2027-06-29');
    await moveParent(parent, `paris-${june}`);
    await keepGroupOrder(bench, parent);
    expect((await now(member)).approval?.status).toBe('waiting');
    expect(await offered(member)).toEqual({ wave: [], review: [] });
    expect(await goRefused(member)).toContain('Move it first.');
  });

  it('at its gate: only a no-go is possible', async () => {
    const { parent, members } = await group(1);
    const [member = ''] = members;
    await moveParent(parent, `paris-${may}`);
    await keepGroupOrder(bench, parent);
    await bench.store.onboardings.change<void>(member, async () => ({
      result: undefined,
      change: { to: 'GO_NO_GO', event: { type: 'GO_NO_GO_OPENED', actor: system, data: { wave: '' } } },
    }));
    expect(await offered(member)).toEqual({ wave: ['no_go'], review: ['no_go'] });
    expect(await goRefused(member)).toContain('Decide no-go');
  });
});

describe('while the parent has to leave its place, its date is none that a member could follow', () => {
  const cancelled = { transition: 'cancel', moveBooked: true, reason } as const;

  /** The wave of the parent is cancelled, and no other place is found yet. */
  async function parentLosesWave(): Promise<readonly [string, string]> {
    const { parent, members } = await group(1);
    await changeWave(bench, 'paris', `paris-${march}`, cancelled, operator);
    expect((await now(parent)).booking?.status).toBe('TO_MOVE');
    return [parent, members[0] ?? ''];
  }

  async function refusesGo(member: string): Promise<void> {
    bench.clock.set('2027-04-14T09:00:00.000Z');
    const answer = { kind: 'go_no_go', decision: 'go', reason, seen: 0, seenGo: 0 } as const;
    await expect(decideReview(bench, member, answer, other)).rejects.toThrow('does not cut over before');
  }

  it('so no go is recorded for the member', async () => {
    const [, member] = await parentLosesWave();
    // No promise is broken: the parent may find a date before the member.
    await keepGroupOrder(bench, member);
    expect((await now(member)).state.stage).toBe('WAVE_CONFIRMED');
    await refusesGo(member);
  });

  it('so another member waits for the next one', async () => {
    const [parent] = await parentLosesWave();
    const { siren } = (await now(parent)).state;
    const later = await placed(bench, {}, { group: 'holding', parentSiren: siren });
    expect((await now(later)).state).toMatchObject({ stage: 'WAITING_LIST', cause: 'PARENT_NOT_BOOKED' });
  });

  it('and once its run fails and the place is given back, a confirmed member comes to operators', async () => {
    const [parent, member] = await parentLosesWave();
    await recordRunFailure(bench, parent, 1, { status: 'FAILED', error: 'ContractError', redriveCount: 0 });
    expect((await now(parent)).booking).toBeUndefined();
    expect(await messagesOf([parent])).toContainEqual({ kind: 'keep_group_order' });
    await keepGroupOrder(bench, parent);
    expect((await now(member)).state).toMatchObject({ stage: 'GO_NO_GO', cause: 'PARENT_NOT_BEFORE' });
    await resume(bench, parent, 'the fault is fixed', operator);
    expect(await bench.run('ScheduleWave', { reference: parent, run: 2 })).toEqual({ outcome: 'HELD' });
    await keepGroupOrder(bench, parent);
    expect((await now(parent)).booking?.cutover).toBe(april);
  });

  it('and a member is held back where someone has to decide before a parent is placed again', async () => {
    const { parent, members } = await group(1);
    const [member = ''] = members;
    await bench.store.onboardings.change<void>(parent, async () => ({
      result: undefined,
      change: {
        to: 'IN_REVIEW',
        set: { reviewKind: 'readiness' },
        event: { type: 'REVIEW_REQUESTED', actor: system, data: { review: 'readiness' } },
      },
    }));
    await changeWave(bench, 'paris', `paris-${march}`, cancelled, operator);
    expect(await messagesOf([parent])).toContainEqual({ kind: 'keep_group_order' });
    await keepGroupOrder(bench, parent);
    expect((await now(member)).state).toMatchObject({ stage: 'GO_NO_GO', cause: 'PARENT_NOT_BEFORE' });
  });
});

it('an operator cannot agree after the hold of the place has ended', async () => {
  const { parent } = await group(0);
  const { siren } = (await now(parent)).state;
  const member = await placed(bench, {}, { group: 'holding', parentSiren: siren });
  const { booking } = await now(member);
  await moveParent(parent, `paris-${april}`);
  bench.clock.set('2026-12-02T09:00:00.000Z');
  await keepGroupOrder(bench, parent);
  expect((await now(member)).approval?.until).toBe(booking?.holdUntil);
});

/** The numbers of the calls of an action that change the table: a death at any other is one before the next of them. */
async function writingCalls(action: () => Promise<void>): Promise<readonly number[]> {
  const writes: boolean[] = [];
  const name = 'watch';
  bench.documents.middlewareStack.add(
    (next) => async (args) => {
      writes.push('TransactItems' in args.input);
      return next(args);
    },
    { step: 'initialize', name, priority: 'high' },
  );
  await action();
  bench.documents.middlewareStack.remove(name);
  return writes.flatMap((isWrite, call) => (isWrite ? [call + 1] : []));
}

it.each([
  ['approve', 'WAVE_MOVED', ['WAVE_HELD', may]],
  ['decline', 'PARENT_MOVED', ['GO_NO_GO', april]],
] as const)('%s is done once, whatever write it dies at', async (decision, once, ends) => {
  async function begun() {
    const { parent, members } = await group(2);
    await moveParent(parent, `paris-${april}`);
    const act = async () => {
      await keepGroupOrder(bench, parent);
      const set = (await waitingSets()).find(({ id }) => id === `${parent}-${april}`);
      const approvals = (set?.moves ?? []).map(({ approval }) => approval.id);
      await answerMoveSet(bench, { approvals, decision, reason }, other);
      for (const member of members) await keepGroupOrder(bench, member);
    };
    return { members, act };
  }
  const calls = await writingCalls((await begun()).act);
  // Two requests, two answers and, where they were turned down, what follows each.
  expect(calls).toHaveLength(decision === 'approve' ? 4 : 6);
  for (const call of calls) {
    for (const when of ['before', 'after'] as const) {
      const { members, act } = await begun();
      const where = `death ${when} call ${call}`;
      expect(await bench.dies({ call, when }, act), where).toBe(true);
      await act();
      for (const member of members) {
        const { state, booking } = await now(member);
        const types = (await bench.store.onboardings.events(member)).map(({ type }) => type);
        expect(
          types.filter((type) => type === once),
          where,
        ).toHaveLength(1);
        expect([state.stage, booking?.cutover], where).toEqual(ends);
      }
    }
  }
});
