import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { eraseOnboarding, verifyErasure } from '../../functions/application/erase.ts';
import { ownData } from '../../functions/application/own-data.ts';
import { recordContract } from '../../functions/application/record-contract.ts';
import { addDays, instantAt } from '../../functions/domain/calendar-date.ts';
import type { Text } from '../../functions/domain/text.ts';
import { salesPerson, signed, withContract } from '../support/contract.ts';
import { htmlFaults, textOf } from '../support/page-reader.ts';
import { type Browser, origin, startTrial, type Trial } from '../support/trial.ts';
import { castOf, sendForm } from './staff/cast.ts';

const customer = { kind: 'customer', id: 'test' } as const;
let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial(origin, {}, withContract);
  cast = castOf(trial);
});
afterAll(() => trial.close());

async function read(browser: Browser, path: string): Promise<string> {
  const html = await (await browser.get(path)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html);
}

/** What a page says in both languages. */
async function both(browser: Browser, path: string): Promise<Text> {
  const join = path.includes('?') ? '&' : '?';
  return {
    fr: await read(browser, `${path}${join}lang=fr`),
    en: await read(browser, `${path}${join}lang=en`),
  };
}

function says(page: Text, words: Text): void {
  expect(page.fr).toContain(words.fr);
  expect(page.en).toContain(words.en);
}

function saysNot(page: Text, words: Text): void {
  expect(page.fr).not.toContain(words.fr);
  expect(page.en).not.toContain(words.en);
}

async function customerOf(reference: string): Promise<Browser> {
  const browser = trial.browser();
  await browser.post(await trial.linkOf(reference));
  return browser;
}

const salesList = async () =>
  both(
    await trial.staff({ roles: ['sales'], team: 'state', mail: 'sales.state@platform.example' }),
    '/sales?view=attention',
  );
const statusOf = async (reference: string) => both(await customerOf(reference), '/status');
const operator = (subject = 'op-1') => trial.staff({ roles: ['operator'], subject });

const onStatus = {
  fr: 'Le contrat signé n’est pas encore enregistré. Pour le contrat, c’est à l’équipe commerciale d’agir',
  en: 'The signed contract is not recorded yet. For the contract, sales must act',
};
const consequence = {
  fr: 'S’il manque encore au moment de la décision de bascule, elle est en principe défavorable, et nous cherchons alors une autre date pour vous, en priorité.',
  en: 'If it is still missing at the go/no-go decision, that is normally a no-go, and we then look for another date for you, with priority.',
};
const tag = { fr: 'Contrat manquant', en: 'Contract missing' };
const why = { fr: 'Aucun contrat n’est enregistré.', en: 'No contract is recorded.' };
const recorded = {
  fr: 'Contrat enregistré : CT-2026-118, signé le 20 novembre 2026.',
  en: 'Contract recorded: CT-2026-118, signed on 20 November 2026.',
};
const summary = {
  fr: 'CT-2026-118, signé le 20 novembre 2026, conservé par : Service juridique',
  en: 'CT-2026-118, signed on 20 November 2026, kept by: Service juridique',
};

describe('a missing contract', () => {
  let reference: string;
  let cutover: string;
  beforeAll(async () => {
    reference = await cast.answered();
    await answerWave(trial.runtime, reference, 'confirm', customer);
    await trial.runtime.clock.settled();
    cutover = (await trial.runtime.store.onboardings.now(reference)).booking?.cutover ?? '';
  });

  const jumpTo = (days: number, hour: string) =>
    trial.runtime.clock.jumpTo(instantAt(addDays(cutover, -days), hour));

  it('is on the list of sales and on the status page from 28 days before the cutover, not before', async () => {
    await jumpTo(29, '09:00');
    saysNot(await statusOf(reference), onStatus);
    saysNot(await salesList(), { fr: reference, en: reference });
    await jumpTo(28, '00:05');
    const status = await statusOf(reference);
    says(status, onStatus);
    says(status, consequence);
    const list = await salesList();
    says(list, { fr: reference, en: reference });
    says(list, tag);
  });

  it('is among the facts of the go/no-go, and takes two people until it is recorded', async () => {
    await jumpTo(1, '09:00');
    const review = `/operations/${reference}/review`;
    const first = await operator();
    const missing = await both(first, review);
    says(missing, tag);
    says(missing, {
      fr: `cette décision demande l’accord d’une seconde personne. ${why.fr}`,
      en: `this decision needs the agreement of a second person. ${why.en}`,
    });
    const fields = [
      ['decision', 'go'],
      ['reason', 'tout est prêt'],
    ] as const;
    expect((await sendForm(first, review, fields)).status).toBe(409);
    expect((await sendForm(first, review, [...fields, ['approval', 'yes']])).status).toBe(303);
    const { approval } = await trial.runtime.store.onboardings.now(reference);
    says(await both(await operator('op-2'), `/operations/approvals/${approval?.id}`), why);

    await recordContract(trial.runtime, reference, signed, salesPerson);
    saysNot(await statusOf(reference), onStatus);
    const list = await salesList();
    saysNot(list, tag);
    const page = await both(first, review);
    saysNot(page, tag);
    says(page, recorded);
    says(page, summary);
    expect((await sendForm(first, review, fields)).status).toBe(303);
    await trial.runtime.clock.settled();
    const history = await both(first, `/operations/${reference}`);
    says(history, { fr: 'Contrat enregistré', en: 'Contract recorded' });
    says(history, { fr: 'Signé le : 20 novembre 2026', en: 'Signed on: 20 November 2026' });
  });
});

it('is given to its customer with its own data, and gone after an erasure', async () => {
  const reference = await cast.answered();
  await recordContract(trial.runtime, reference, { ...signed, keptBy: 'Ada Martin' }, salesPerson);
  const { store, clock, links } = trial.runtime;
  const data = await ownData({ store, clock }, await store.onboardings.now(reference));
  expect(data.contract).toEqual({
    ...signed,
    keptBy: 'Ada Martin',
    recordedAt: clock.now().toISOString(),
  });
  const proof = await eraseOnboarding({ store, clock, links }, reference, 'asked_by_person', salesPerson);
  expect(proof.kinds).toContain('CONTRACT');
  const { state } = await store.onboardings.now(reference);
  expect(state.contract).toBeUndefined();
  const events = await store.onboardings.events(reference);
  expect(JSON.stringify([state, events])).not.toMatch(/Ada Martin|CT-2026-118/);
  expect(await verifyErasure({ store }, reference)).toMatchObject({ erased: true, remaining: [] });
});
