import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOffer, answerWave } from '../../functions/application/answer-wave.ts';
import { changeWave } from '../../functions/application/change-wave.ts';
import { decideReview } from '../../functions/application/decide-review.ts';
import { offerPlaces } from '../../functions/application/offer-places.ts';
import { savePage } from '../../functions/application/save-page.ts';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { submitAnswers } from '../../functions/application/submit-answers.ts';
import { withdraw } from '../../functions/application/withdraw.ts';
import {
  ActiveOnboardingExistsError,
  AlreadyDecidedError,
  BusinessError,
  NotExpectedNowError,
  OnboardingClosedError,
  WaveChangedError,
} from '../../functions/domain/errors.ts';
import { noDraft, presentAnswers, savedSections } from '../../functions/domain/onboarding/draft.ts';
import type { Stage } from '../../functions/domain/onboarding/lifecycle.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { sirenOf, waveOf } from '../store/bench.ts';
import { firstBrokenEvent } from '../support/history.ts';
import { pageOf } from '../support/page-of.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { customer, intakeOf, operator, runtimeWith, sales, start } from './bench.ts';

let runtime: Runtime;
let number = 0;
beforeAll(async () => {
  const small = waveOf('2027-03-09', { customers: 100, points: 2_000, complex: 5 });
  runtime = await runtimeWith({ calendar: [small, waveOf('2027-04-06', small.capacity)] });
});
afterAll(() => runtime.close());

async function stageOf(reference: string): Promise<Stage> {
  return (await runtime.store.onboardings.now(reference)).state.stage;
}

/** What was refused, each in both languages. */
function refusals(results: readonly PromiseSettledResult<unknown>[]): BusinessError[] {
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    if (!(result.reason instanceof BusinessError)) throw result.reason;
    expect(result.reason.text.fr.length).toBeGreaterThan(20);
    expect(result.reason.text.en.length).toBeGreaterThan(20);
    expect(result.reason.text.fr).not.toBe(result.reason.text.en);
    return [result.reason];
  });
}

/** All at once: exactly one is accepted. */
async function oneWins(actions: readonly Promise<unknown>[]): Promise<BusinessError[]> {
  const refused = refusals(await Promise.allSettled(actions));
  expect(refused).toHaveLength(actions.length - 1);
  await runtime.clock.settled();
  return refused;
}

async function countOf(reference: string, type: string): Promise<number> {
  const events = await runtime.store.onboardings.events(reference);
  expect(firstBrokenEvent(events)).toBeUndefined();
  return events.filter((event) => event.type === type).length;
}

async function invited(siren?: string): Promise<string> {
  number += 1;
  const reference = await start(runtime, number, siren);
  await runtime.clock.settled();
  return reference;
}

async function held(): Promise<string> {
  const reference = await invited();
  await submitAnswers(runtime, reference, plainAnswers, customer);
  await runtime.clock.settled();
  expect(await stageOf(reference)).toBe('WAVE_HELD');
  return reference;
}

describe('starts', () => {
  it('of one SIREN by 20 at once: one onboarding, and its reference for all the others', async () => {
    const siren = sirenOf(250);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        startOnboarding(
          runtime,
          { scope: 'rivals', key: String(index), body: '' },
          intakeOf(index, siren),
          sales,
        ),
      ),
    );
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(won).toHaveLength(1);
    for (const refused of refusals(results)) {
      expect(refused).toBeInstanceOf(ActiveOnboardingExistsError);
      expect(refused).toMatchObject({ reference: won[0] });
    }
    await runtime.clock.settled();
    expect(await stageOf(won[0] ?? '')).toBe('INVITED');
  });

  it('of one scope, however it is written, by 20 at once: one onboarding, beside that of the whole organisation', async () => {
    const siren = sirenOf(252);
    const whole = await start(runtime, 252, siren);
    const written = ['Siège de l’Île', "SIEGE DE L'ILE", 'siège de l’île.', ' Siège  de l’Île'];
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        startOnboarding(
          runtime,
          { scope: 'rivals', key: `scope ${index}`, body: '' },
          { ...intakeOf(252, siren), scope: written[index % written.length] ?? '' },
          sales,
        ),
      ),
    );
    const [won, ...others] = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value] : [],
    );
    expect(others).toEqual([]);
    for (const refused of refusals(results)) {
      expect(refused).toMatchObject({
        name: 'ActiveOnboardingExistsError',
        reference: won,
        active: [{ reference: whole }, { reference: won }],
      });
    }
    await runtime.clock.settled();
    expect([await stageOf(whole), await stageOf(won ?? '')]).toEqual(['INVITED', 'INVITED']);
  });

  it('of more than 50 scopes of one SIREN are refused, but not that of the whole organisation', async () => {
    const siren = sirenOf(253);
    const startScope = (scope?: string) =>
      startOnboarding(
        runtime,
        { scope: 'rivals', key: `many ${scope ?? ''}`, body: '' },
        { ...intakeOf(253, siren), ...(scope === undefined ? {} : { scope }) },
        sales,
      );
    for (let scope = 1; scope <= 50; scope += 1) await startScope(`Site ${scope}`);
    await expect(startScope('Site 51')).rejects.toMatchObject({
      problems: [{ field: 'scope', code: 'too_many_scopes' }],
    });
    await expect(startScope('site 50.')).rejects.toThrow(ActiveOnboardingExistsError);
    await startScope();
    await runtime.clock.settled();
  });

  it('of one request by 20 at once: the same reference for all', async () => {
    const request = { scope: 'rivals', key: 'same', body: '' };
    const references = await Promise.all(
      Array.from({ length: 20 }, () => startOnboarding(runtime, request, intakeOf(251), sales)),
    );
    expect(new Set(references).size).toBe(1);
    await runtime.clock.settled();
  });
});

describe('two at once', () => {
  it('submissions: one is stored', async () => {
    const reference = await invited();
    const [refused] = await oneWins(
      [1, 2].map(() => submitAnswers(runtime, reference, plainAnswers, customer)),
    );
    expect([AlreadyDecidedError, NotExpectedNowError]).toContain(refused?.constructor);
    expect(await countOf(reference, 'ANSWERS_SUBMITTED')).toBe(1);
    expect(await stageOf(reference)).toBe('WAVE_HELD');
    await expect(submitAnswers(runtime, reference, plainAnswers, customer)).rejects.toThrow(
      NotExpectedNowError,
    );
  });

  it('decisions of a review: one is stored', async () => {
    const reference = await invited('111222333');
    expect(await stageOf(reference)).toBe('IN_REVIEW');
    const refused = await oneWins([
      decideReview(runtime, reference, { kind: 'qualification', decision: 'accept', reason: 'a' }, operator),
      decideReview(runtime, reference, { kind: 'qualification', decision: 'reject', reason: 'b' }, operator),
    ]);
    expect(refused[0]).toBeInstanceOf(AlreadyDecidedError);
    expect(await countOf(reference, 'REVIEW_DECIDED')).toBe(1);
    expect(['INVITED', 'CLOSED']).toContain(await stageOf(reference));
  });

  it('answers about a wave: one is stored', async () => {
    const reference = await held();
    const refused = await oneWins([
      answerWave(runtime, reference, 'confirm', customer),
      answerWave(runtime, reference, 'another_date', customer),
      answerWave(runtime, reference, 'decline', customer),
    ]);
    for (const error of refused)
      expect([AlreadyDecidedError, NotExpectedNowError]).toContain(error.constructor);
    const { booking } = await runtime.store.onboardings.now(reference);
    expect(booking?.status).not.toBe('TO_MOVE');
  });

  it('operators who change a wave that both have read: one change is stored, the others are refused', async () => {
    const wave = await runtime.store.waves.get('paris', 'paris-2027-04-06');
    const capacityOf = (customers: number) => ({ ...wave.capacity, customers });
    const changes = [
      { capacity: capacityOf(90), reason: 'fewer engineers' },
      { capacity: capacityOf(95), reason: 'fewer mailboxes' },
      { transition: 'freeze', reason: 'incident' },
    ] as const;
    const refused = await oneWins(
      changes.map((change) =>
        changeWave(runtime, wave.site, wave.id, { ...change, version: wave.version }, operator),
      ),
    );
    for (const error of refused) expect(error).toBeInstanceOf(WaveChangedError);
    const { items } = await runtime.store.waves.history(wave.id, { limit: 10 });
    expect(items).toHaveLength(2);
    const now = await runtime.store.waves.get(wave.site, wave.id);
    expect(now.version).toBe(wave.version + 1);
    if (now.state === 'FROZEN') {
      await changeWave(runtime, wave.site, wave.id, { transition: 'reopen' }, operator);
    }
  });

  it('people who save two sections: both are kept', async () => {
    const reference = await invited();
    const { A3, A7, D1, D9 } = plainAnswers;
    await Promise.all([
      savePage(runtime, reference, pageOf('A', plainAnswers), customer),
      savePage(runtime, reference, pageOf('D', plainAnswers), sales),
    ]);
    const draft = (await runtime.store.dossiers.draft(reference)) ?? noDraft;
    expect(presentAnswers(draft, undefined).answers).toMatchObject({ A3, A7, D1, D9 });
    expect(savedSections(draft)).toMatchObject({ A: { by: customer.id }, D: { by: sales.id } });
    expect(await countOf(reference, 'FIRST_PAGE_SAVED')).toBe(1);
    expect(await stageOf(reference)).toBe('ANSWERING');
  });

  it('a submission and a withdrawal: the end is one of both, never a hanging run', async () => {
    const reference = await invited();
    const results = await Promise.allSettled([
      submitAnswers(runtime, reference, plainAnswers, customer),
      withdraw(runtime, reference, 'over', sales),
    ]);
    refusals(results);
    await runtime.clock.settled();
    expect(await stageOf(reference)).toBe('CLOSED');
    expect(await runtime.store.outbox.pending(10)).toEqual([]);
  });
});

it('an offer is answered once, and a place never given twice', async () => {
  const reference = await held();
  const now = await runtime.store.onboardings.now(reference);
  await changeWave(runtime, 'paris', 'paris-2027-03-09', { transition: 'freeze', reason: 'test' }, operator);
  await changeWave(runtime, 'paris', 'paris-2027-04-06', { transition: 'freeze', reason: 'test' }, operator);
  await answerWave(runtime, reference, 'confirm', customer);
  const waiting = await invited();
  await submitAnswers(runtime, waiting, plainAnswers, customer);
  await runtime.clock.settled();
  expect(await stageOf(waiting)).toBe('WAITING_LIST');
  await changeWave(runtime, 'paris', 'paris-2027-03-09', { transition: 'reopen' }, operator);
  expect(await offerPlaces(runtime)).toBe(0);
  const refused = await oneWins([
    answerOffer(runtime, waiting, 'accept', customer),
    answerOffer(runtime, waiting, 'accept', customer),
  ]);
  expect(refused[0]).toBeInstanceOf(NotExpectedNowError);
  expect(await stageOf(waiting)).toBe('WAVE_CONFIRMED');
  expect(now.booking?.wave).toBe('paris-2027-03-09');
  expect((await runtime.store.waitingList.page({ limit: 5 })).items).toEqual([]);
});

it('refuses every decision on a closed onboarding', async () => {
  const reference = await held();
  await withdraw(runtime, reference, 'over', sales);
  await runtime.clock.settled();
  const late = [
    () => submitAnswers(runtime, reference, plainAnswers, customer),
    () => answerWave(runtime, reference, 'confirm', customer),
    () => answerOffer(runtime, reference, 'accept', customer),
    () => decideReview(runtime, reference, { kind: 'go_no_go', decision: 'no_go', reason: 'late' }, operator),
    () => withdraw(runtime, reference, 'again', sales),
  ];
  for (const act of late) await expect(act()).rejects.toThrow(OnboardingClosedError);
  expect((await runtime.store.onboardings.now(reference)).booking).toBeUndefined();
});
