import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerApproval } from '../../functions/application/answer-approval.ts';
import { answerOffer, answerWave } from '../../functions/application/answer-wave.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { chooseDate } from '../../functions/application/choose-date.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { movePlace } from '../../functions/application/move-place.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import {
  AlreadyDecidedError,
  ApprovalLapsedError,
  ApprovalNeededError,
  DateNotPossibleError,
  DecisionRefusedError,
  InvalidInputError,
  NotExpectedNowError,
  OtherPlaceError,
  OwnRequestError,
} from '../../functions/domain/errors.ts';
import { hasLetPass, withoutLapsed } from '../../functions/domain/onboarding/transitions/placement.ts';
import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { waveOf } from '../store/bench.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { customer, operator, runtimeWith, start } from './bench.ts';

const [march, april, may] = ['paris-2027-03-09', 'paris-2027-04-20', 'paris-2027-05-04'] as const;
const second = { kind: 'operator', id: 'other@platform.example' } as const;
const reason = 'Travaux sur le site à la première date';
let runtime: Runtime;
let number = 0;
beforeEach(async () => {
  number = 0;
  const size = { customers: 2, points: 40, complex: 1 };
  runtime = await runtimeWith({
    calendar: ['2027-03-09', '2027-04-20', '2027-05-04'].map((day) => waveOf(day, size)),
  });
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

async function confirmed(): Promise<string> {
  const reference = await submitted();
  await answerWave(runtime, reference, 'confirm', customer);
  await runtime.clock.settled();
  return reference;
}

type Options = Parameters<typeof movePlace>[2];

async function move(reference: string, wave: string, options: Partial<Options> = {}) {
  const asked = await movePlace(runtime, reference, { wave, reason, ...options }, operator);
  await runtime.clock.settled();
  return asked;
}

async function now(reference: string) {
  const { state, booking } = await runtime.store.onboardings.now(reference);
  return { stage: state.stage, wave: booking?.wave, status: booking?.status, run: state.run.status };
}

const heldIn = (wave: string) => ({ stage: 'WAVE_HELD', wave, status: 'HELD', run: 'running' });

async function lastMail(reference: string): Promise<string> {
  const { contactEmail } = await runtime.store.dossiers.intake(reference);
  const mails = (await runtime.mailbox.list()).filter(({ to }) => to === contactEmail);
  return (mails.at(-1)?.text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('an operator moves a customer that asked for it', () => {
  it('out of a confirmed place: the new one is held for it to confirm, and it reads why', async () => {
    const reference = await confirmed();
    expect(await move(reference, may, { askedByCustomer: true })).toBeUndefined();
    expect(await now(reference)).toEqual(heldIn(may));
    const mail = await lastMail(reference);
    expect(mail).toContain('Ancienne place : la vague du 9 mars 2027 (Paris).');
    expect(mail).toContain('Nouvelle place : la vague du 4 mai 2027 (Paris).');
    expect(mail).toContain(`Motif : ${reason}`);
    await answerWave(runtime, reference, 'confirm', customer);
    await runtime.clock.settled();
    expect(await now(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', wave: may });
    expect((await runtime.store.onboardings.now(reference)).booking?.movedFrom).toBeUndefined();
    await runtime.clock.jumpTo(new Date('2027-05-03T09:00:00Z'));
    await runtime.clock.settled();
    expect(await now(reference)).toMatchObject({ stage: 'GO_NO_GO', run: 'running' });
  });

  it('out of a held place, with a full new hold', async () => {
    const reference = await submitted();
    await runtime.clock.jumpTo(new Date('2026-11-28T08:00:00Z'));
    await move(reference, april, { askedByCustomer: true });
    expect(await now(reference)).toEqual(heldIn(april));
    const { booking } = await runtime.store.onboardings.now(reference);
    expect(booking?.holdUntil).toBe('2026-12-08T08:00:00.000Z');
    expect((await runtime.store.waves.get('paris', march)).booked.customers).toBe(0);
  });

  it('at its gate, and one that may no longer change its date itself', async () => {
    const reference = await confirmed();
    await runtime.clock.jumpTo(new Date('2027-03-08T09:00:00Z'));
    await runtime.clock.settled();
    expect(await now(reference)).toMatchObject({ stage: 'GO_NO_GO' });
    await expect(chooseDate(runtime, reference, { to: may }, customer)).rejects.toThrow(NotExpectedNowError);
    await move(reference, may, { askedByCustomer: true });
    expect(await now(reference)).toEqual(heldIn(may));
  });
});

describe('an operator moves a customer that did not ask', () => {
  it('only with a second person, who reads where to, and then carries it out', async () => {
    const reference = await confirmed();
    await expect(move(reference, may)).rejects.toThrow(ApprovalNeededError);
    const asked = await move(reference, may, { approval: true });
    expect(asked).toMatchObject({ kind: 'move', review: 'placement', decision: 'move', wave: may });
    expect(await now(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', wave: march });
    const answer = { id: asked?.id ?? '', decision: 'approve', reason: 'vu' } as const;
    await expect(answerApproval(runtime, answer, operator)).rejects.toThrow(OwnRequestError);
    await answerApproval(runtime, answer, second);
    await runtime.clock.settled();
    expect(await now(reference)).toEqual(heldIn(may));
    expect(await lastMail(reference)).toContain(`Motif : ${reason}`);
    const events = await runtime.store.onboardings.events(reference);
    expect(events.slice(-2)).toMatchObject([
      { type: 'APPROVAL_GIVEN', actor: second },
      { type: 'WAVE_MOVED', actor: operator, reason },
    ]);
    // The same answer again is the same answer.
    await answerApproval(runtime, answer, second);
    expect((await runtime.store.onboardings.events(reference)).length).toBe(events.length);
  });

  it('not once the customer has changed its date meanwhile: the request lapses', async () => {
    const reference = await confirmed();
    const asked = await move(reference, may, { approval: true });
    await chooseDate(runtime, reference, { to: april }, customer);
    await runtime.clock.settled();
    const answer = { id: asked?.id ?? '', decision: 'approve', reason: 'vu' } as const;
    await expect(answerApproval(runtime, answer, second)).rejects.toThrow(ApprovalLapsedError);
    expect(await now(reference)).toMatchObject({ wave: april, status: 'CONFIRMED' });
  });

  it('not to a date that was taken meanwhile: the place is kept', async () => {
    const reference = await confirmed();
    const asked = await move(reference, may, { approval: true });
    await changeWave(runtime, 'paris', may, { transition: 'freeze', reason: 'incident' }, operator);
    const answer = { id: asked?.id ?? '', decision: 'approve', reason: 'vu' } as const;
    await expect(answerApproval(runtime, answer, second)).rejects.toThrow(DateNotPossibleError);
    expect(await now(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', wave: march });
  });
});

describe('a request for a second person', () => {
  it('gives way to a later one for another wave, and the same one again changes nothing', async () => {
    const reference = await confirmed();
    const first = await move(reference, may, { approval: true });
    expect(await move(reference, may, { approval: true })).toEqual(first);
    const later = await move(reference, april, { approval: true });
    expect(later).toMatchObject({ wave: april, cutover: '2027-04-20' });
    expect(later?.id).not.toBe(first?.id);
    const types = (await runtime.store.onboardings.events(reference)).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['APPROVAL_LAPSED', 'APPROVAL_REQUESTED']);
  });

  it('is not carried out once its wave has another date', async () => {
    const reference = await confirmed();
    const asked = await move(reference, may, { approval: true });
    await changeWave(runtime, 'paris', may, { cutover: '2027-05-11', reason: 'travaux' }, operator);
    const answer = { id: asked?.id ?? '', decision: 'approve', reason: 'vu' } as const;
    await expect(answerApproval(runtime, answer, second)).rejects.toThrow(ApprovalLapsedError);
    expect(await now(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', wave: march });
  });
});

describe('a customer without a place', () => {
  it('is given one from the waiting list, by one person', async () => {
    const [first] = [await submitted(), await submitted()];
    const waiting = await submitted({ E2: [{ from: '2027-03-10', to: '2028-12-31' }] });
    expect(await now(waiting)).toMatchObject({ stage: 'WAITING_LIST' });
    await chooseDate(runtime, first ?? '', { to: april }, customer);
    await runtime.clock.settled();
    await answerOffer(runtime, waiting, 'refuse', customer);
    await runtime.clock.settled();
    expect(await now(waiting)).toMatchObject({ stage: 'WAITING_LIST', wave: undefined });
    expect(await move(waiting, march)).toBeUndefined();
    expect(await now(waiting)).toEqual(heldIn(march));
    expect((await runtime.store.onboardings.events(waiting)).map(({ type }) => type)).toContain('WAVE_HELD');
  });

  it('is given one in a placement review, and is asked to confirm it', async () => {
    const reference = await submitted();
    for (const day of ['2026-12-04', '2026-12-15', '2026-12-26']) {
      await runtime.clock.jumpTo(new Date(`${day}T10:00:00Z`));
      await runtime.clock.settled();
    }
    expect(await now(reference)).toMatchObject({ stage: 'IN_REVIEW', wave: undefined });
    const answer = { kind: 'placement', decision: 'move', reason, wave: may } as const;
    await decideReview(runtime, reference, answer, operator);
    await runtime.clock.settled();
    expect(await now(reference)).toEqual(heldIn(may));
    const { state, wait } = await runtime.store.onboardings.now(reference);
    expect([state.reviewKind, wait?.kind]).toEqual([undefined, 'confirmation']);
    await answerWave(runtime, reference, 'confirm', customer);
    await runtime.clock.settled();
    expect(await now(reference)).toMatchObject({ stage: 'WAVE_CONFIRMED', run: 'running' });
  });

  it('is placed again, through no silence of its own, when a review’s place lapsed before it was asked', async () => {
    const reference = await submitted();
    for (const day of ['2026-12-04', '2026-12-15', '2026-12-26']) {
      await runtime.clock.jumpTo(new Date(`${day}T10:00:00Z`));
      await runtime.clock.settled();
    }
    const { state, booking } = await runtime.store.onboardings.now(reference);
    const answer = { kind: 'placement', decision: 'move', reason, wave: may } as const;
    await decideReview(runtime, reference, answer, operator);
    const given = await runtime.store.onboardings.now(reference);
    const late = new Date(Date.parse(given.booking?.holdUntil ?? '') + 1);
    const before = withoutLapsed(given, late);
    expect([booking, before.booking?.status, before.booking?.leftFor]).toEqual([
      undefined,
      'TO_MOVE',
      'platform',
    ]);
    expect(hasLetPass(given)).toBe(false);
    expect(state.reviewKind).toBe('placement');
    await runtime.clock.settled();
  });

  it('is given none that is not possible for it, or not named', async () => {
    const reference = await submitted({
      E1: { earliest: '2027-03-01', latest: '2027-03-31', reason: 'contract_end' },
      E2: [{ from: '2027-03-01', to: '2027-03-31' }],
    });
    expect(await now(reference)).toMatchObject({ stage: 'IN_REVIEW' });
    const decide = (wave: string | undefined) =>
      decideReview(
        runtime,
        reference,
        { kind: 'placement', decision: 'move', reason, ...(wave === undefined ? {} : { wave }) },
        operator,
      );
    await expect(decide(undefined)).rejects.toThrow(DecisionRefusedError);
    await expect(decide('nowhere')).rejects.toThrow(InvalidInputError);
    await expect(decide(may)).rejects.toThrow(DateNotPossibleError);
    await expect(move(reference, may)).rejects.toThrow(NotExpectedNowError);
    expect(await now(reference)).toMatchObject({ stage: 'IN_REVIEW', wave: undefined });
  });
});

describe('a move is refused', () => {
  it('from a page that showed another place', async () => {
    const reference = await confirmed();
    await chooseDate(runtime, reference, { to: april }, customer);
    await runtime.clock.settled();
    for (const wave of [march, 'none']) {
      await expect(move(reference, may, { askedByCustomer: true, from: { wave } })).rejects.toThrow(
        OtherPlaceError,
      );
    }
    await move(reference, may, { askedByCustomer: true, from: { wave: april } });
    const events = await runtime.store.onboardings.events(reference);
    expect(events.find(({ type }) => type === 'WAVE_MOVED')?.data).toMatchObject({
      instead: april,
      askedByCustomer: true,
    });
    expect(await lastMail(reference)).toContain('Vous l’avez demandé.');
  });

  it('to the wave where the place is, to no wave, and after an answer', async () => {
    const reference = await submitted();
    await expect(move(reference, march, { askedByCustomer: true })).rejects.toThrow(DecisionRefusedError);
    await expect(move(reference, 'nowhere')).rejects.toThrow(InvalidInputError);
    await answerWave(runtime, reference, 'decline', customer);
    await expect(movePlace(runtime, reference, { wave: may, reason }, operator)).rejects.toThrow(
      AlreadyDecidedError,
    );
  });
});
