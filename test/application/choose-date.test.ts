import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { changeWave, createWave } from '../../functions/application/change-wave.ts';
import { chooseDate } from '../../functions/application/choose-date.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { readDates } from '../../functions/application/read-dates.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import {
  AlreadyDecidedError,
  DateNotPossibleError,
  DecisionRefusedError,
  HoldExpiredError,
  InvalidInputError,
  NotExpectedNowError,
  OnboardingClosedError,
  OtherPlaceError,
} from '../../functions/domain/errors.ts';
import { system } from '../../functions/domain/onboarding/actor.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { waveOf } from '../store/bench.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { customer, operator, runtimeWith, sales, start } from './bench.ts';

const [march, april, may] = ['paris-2027-03-09', 'paris-2027-04-20', 'paris-2027-05-04'] as const;
let runtime: Runtime;
let number = 0;
beforeEach(async () => {
  number = 0;
  const size = { customers: 2, points: 40, complex: 1 };
  const days = ['2027-03-09', '2027-04-20', '2027-05-04', '2027-06-01'];
  runtime = await runtimeWith({ calendar: days.map((day) => waveOf(day, size)) });
});
afterEach(() => runtime.close());

async function submitted(answers: Partial<Answers> = {}): Promise<string> {
  number += 1;
  const reference = await start(runtime, number);
  await runtime.clock.settled();
  await submitAnswers(runtime, reference, { ...plainAnswers, ...answers }, customer);
  await runtime.clock.settled();
  return reference;
}

async function choose(reference: string, to: string, wave?: string): Promise<void> {
  await chooseDate(runtime, reference, { to, wave }, customer);
  await runtime.clock.settled();
}

async function now(reference: string) {
  const { state, booking } = await runtime.store.onboardings.now(reference);
  return { stage: state.stage, wave: booking?.wave, status: booking?.status, run: state.run.status };
}

async function bookedIn(id: string): Promise<number> {
  return (await runtime.store.waves.get('paris', id)).booked.customers;
}

async function mailsTo(address: string): Promise<readonly string[]> {
  return (await runtime.mailbox.list()).flatMap(({ to, subject }) => (to === address ? [subject] : []));
}

const confirmedIn = (wave: string) => ({
  stage: 'WAVE_CONFIRMED',
  wave,
  status: 'CONFIRMED',
  run: 'running',
});

describe('a customer that chooses its date', () => {
  it('leaves the held place and is confirmed in the chosen one, and its run waits for the go/no-go', async () => {
    const reference = await submitted();
    expect(await now(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: march });
    await choose(reference, april, march);
    expect(await now(reference)).toEqual(confirmedIn(april));
    expect([await bookedIn(march), await bookedIn(april)]).toEqual([0, 1]);
    const events = await runtime.store.onboardings.events(reference);
    expect(events.at(-1)).toMatchObject({
      type: 'DATE_CHOSEN',
      data: { wave: april, cutover: '2027-04-20', instead: march },
    });
    await runtime.clock.jumpTo(new Date('2027-04-19T09:00:00Z'));
    await runtime.clock.settled();
    expect(await now(reference)).toMatchObject({ stage: 'GO_NO_GO', run: 'running' });
  });

  it('moves a confirmed place as well, while the go/no-go goes on waiting', async () => {
    const reference = await submitted();
    await answerWave(runtime, reference, 'confirm', customer);
    await runtime.clock.settled();
    const { wait } = await runtime.store.onboardings.now(reference);
    await choose(reference, may, march);
    expect(await now(reference)).toEqual(confirmedIn(may));
    expect((await runtime.store.onboardings.now(reference)).wait).toEqual(wait);
    expect([await bookedIn(march), await bookedIn(may)]).toEqual([0, 1]);
    await runtime.clock.jumpTo(new Date('2027-03-10T09:00:00Z'));
    expect(await now(reference)).toEqual(confirmedIn(may));
    await runtime.clock.jumpTo(new Date('2027-05-03T09:00:00Z'));
    await runtime.clock.settled();
    expect(await now(reference)).toMatchObject({ stage: 'GO_NO_GO' });
  });

  it('leaves the waiting list for a date that has room', async () => {
    const late = { E1: { earliest: '2027-07-01', reason: 'none' } } as const;
    const reference = await submitted(late);
    expect(await now(reference)).toMatchObject({ stage: 'WAITING_LIST' });
    const autumn = { site: 'paris', kind: 'MIGRATION', cutover: '2027-09-21' } as const;
    const wave = await createWave(
      runtime,
      {
        ...autumn,
        state: 'OPEN',
        capacity: { customers: 1, points: 40, complex: 1 },
      },
      { actor: operator },
    );
    const later = await createWave(
      runtime,
      {
        ...autumn,
        cutover: '2027-10-19',
        state: 'OPEN',
        capacity: wave.capacity,
      },
      { actor: operator },
    );
    await runtime.clock.settled();
    expect(await now(reference)).toMatchObject({ wave: wave.id, status: 'OFFERED' });
    await choose(reference, later.id);
    expect(await now(reference)).toEqual(confirmedIn(later.id));
    expect(await bookedIn(wave.id)).toBe(0);
    expect((await runtime.store.waitingList.page({ limit: 5 })).items).toEqual([]);
  });

  it('confirms the place that it has by choosing it, and accepts one that is offered', async () => {
    const reference = await submitted();
    await choose(reference, march);
    expect(await now(reference)).toEqual(confirmedIn(march));
    const { state } = await runtime.store.onboardings.now(reference);
    expect(state.anotherDates).toBe(0);
    await choose(reference, march);
    expect((await runtime.store.onboardings.now(reference)).state.version).toBe(state.version);
  });

  it('gets one mail about it, and its account owner one', async () => {
    const reference = await submitted();
    const { contactEmail, owner } = await runtime.store.dossiers.intake(reference);
    const before = [await mailsTo(contactEmail), await mailsTo(owner)];
    await choose(reference, april);
    const after = [await mailsTo(contactEmail), await mailsTo(owner)];
    expect(after.map(({ length }, index) => length - (before[index]?.length ?? 0))).toEqual([1, 1]);
  });

  it('makes room for those who wait, in the same instant', async () => {
    const first = await submitted();
    const freezes = { E2: [{ from: '2027-03-10', to: '2028-12-31' }] };
    await submitted();
    const waiting = await submitted(freezes);
    expect(await now(waiting)).toMatchObject({ stage: 'WAITING_LIST', wave: undefined });
    await choose(first, april);
    expect(await now(waiting)).toMatchObject({ wave: march, status: 'OFFERED' });
  });
});

describe('a choice is refused', () => {
  it('when the date was taken meanwhile: with the list, and the old place kept', async () => {
    await choose(await submitted(), april);
    await choose(await submitted(), april);
    const three = await submitted();
    expect(await now(three)).toMatchObject({ wave: march });
    const error = await choose(three, april).catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(DateNotPossibleError);
    expect(error).toMatchObject({
      dates: expect.arrayContaining([
        expect.objectContaining({ admissible: false, reason: expect.objectContaining({ code: 'NO_ROOM' }) }),
      ]),
      text: { fr: expect.stringContaining('La place actuelle est gardée.') },
    });
    expect(await now(three)).toMatchObject({ stage: 'WAVE_HELD', wave: march, status: 'HELD' });
  });

  it('for all but as many as there is room, when many choose one date at once', async () => {
    const rivals = [await submitted(), await submitted(), await submitted(), await submitted()];
    const results = await Promise.allSettled(rivals.map((reference) => choose(reference, may)));
    const refused = results.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toHaveLength(2);
    for (const error of refused) expect(error).toBeInstanceOf(DateNotPossibleError);
    expect(await bookedIn(may)).toBe(2);
  });

  it('after three changes', async () => {
    const reference = await submitted();
    for (const to of [april, may, april]) await choose(reference, to);
    await expect(choose(reference, may)).rejects.toThrow(DecisionRefusedError);
    expect(await now(reference)).toEqual(confirmedIn(april));
    expect(await readDates(runtime, await runtime.store.onboardings.now(reference))).toHaveLength(4);
  });

  it('less than 35 days before the cutover that is given up', async () => {
    const reference = await submitted();
    await choose(reference, march);
    await runtime.clock.jumpTo(new Date('2027-02-02T09:00:00Z'));
    await choose(reference, april);
    await runtime.clock.jumpTo(new Date('2027-03-17T09:00:00Z'));
    await expect(choose(reference, may)).rejects.toThrow(DecisionRefusedError);
    expect(await now(reference)).toEqual(confirmedIn(april));
  });

  it('when another place is held by now than the one that is meant', async () => {
    const reference = await submitted();
    await expect(choose(reference, may, april)).rejects.toThrow(OtherPlaceError);
    expect(await now(reference)).toMatchObject({ wave: march, status: 'HELD' });
  });

  it('when the chosen wave was put to another day since it was read', async () => {
    const reference = await submitted();
    await changeWave(runtime, 'paris', may, { cutover: '2027-05-11', reason: 'works' }, operator);
    const seen = { to: may, cutover: '2027-05-04' };
    await expect(chooseDate(runtime, reference, seen, customer)).rejects.toThrow(OtherPlaceError);
    await chooseDate(runtime, reference, { to: may, cutover: '2027-05-11' }, customer);
    expect(await now(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', wave: may });
  });

  it('between the step that found no place and the review that it asks for', async () => {
    const reference = await submitted({ E2: [{ from: '2027-01-01', to: '2028-12-31' }] });
    await runtime.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change: {
        set: { reviewKind: 'placement' },
        event: { type: 'PLACEMENT_IMPOSSIBLE', actor: system, data: { because: 'ALREADY_OFFERED' } },
      },
    }));
    await expect(choose(reference, april)).rejects.toThrow(AlreadyDecidedError);
    const move = { wave: april, reason: 'test', askedByCustomer: true };
    await expect(movePlace(runtime, reference, move, operator)).rejects.toThrow(AlreadyDecidedError);
  });

  it('for a wave that is not coming, or not in the calendar', async () => {
    const reference = await submitted();
    for (const to of ['paris-2030-01-01', 'prep-paris-2027-01-11', '', '__proto__']) {
      await expect(choose(reference, to)).rejects.toThrow(InvalidInputError);
    }
  });

  it('for a wave that was frozen meanwhile', async () => {
    const reference = await submitted();
    await changeWave(runtime, 'paris', april, { transition: 'freeze', reason: 'test' }, operator);
    await expect(choose(reference, april)).rejects.toThrow(DateNotPossibleError);
  });

  it('where no date is chosen, and once all is over', async () => {
    number += 1;
    const invited = await start(runtime, number);
    await runtime.clock.settled();
    await expect(choose(invited, april)).rejects.toThrow(NotExpectedNowError);
    expect(await readDates(runtime, await runtime.store.onboardings.now(invited))).toEqual([]);
    await withdraw(runtime, invited, 'over', sales);
    await runtime.clock.settled();
    await expect(choose(invited, april)).rejects.toThrow(OnboardingClosedError);
  });

  it('once the place was declined, or its time is over', async () => {
    const [declined, late] = [await submitted(), await submitted()];
    const decided = answerWave(runtime, declined, 'decline', customer);
    const chosen = decided.then(() => chooseDate(runtime, declined, { to: april }, customer));
    const refused = await chosen.catch((error: unknown) => error);
    expect([AlreadyDecidedError, OnboardingClosedError]).toContain(
      refused instanceof Error ? refused.constructor : undefined,
    );
    const { booking } = await runtime.store.onboardings.now(late);
    const over = new Date(Date.parse(booking?.holdUntil ?? '') + 1);
    const at = { ...runtime, clock: { ...runtime.clock, now: () => over } };
    await expect(chooseDate(at, late, { to: april }, customer)).rejects.toThrow(HoldExpiredError);
  });
});
