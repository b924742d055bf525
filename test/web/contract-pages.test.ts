import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../functions/application/answer-wave.ts';
import { eraseOnboarding, verifyErasure } from '../../functions/application/erase.ts';
import { ownData } from '../../functions/application/own-data.ts';
import { recordContract } from '../../functions/application/record-contract.ts';
import { addDays, instantAt } from '../../functions/domain/calendar-date.ts';
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

const languages = ['fr', 'en'] as const;

async function read(browser: Browser, path: string): Promise<string> {
  const html = await (await browser.get(path)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return textOf(html);
}

async function confirmedAt(days: number): Promise<string> {
  const reference = await cast.answered();
  await answerWave(trial.runtime, reference, 'confirm', customer);
  await trial.runtime.clock.settled();
  const { booking } = await trial.runtime.store.onboardings.now(reference);
  const day = instantAt(addDays(booking?.cutover ?? '', -days), '09:00');
  if (day > trial.runtime.clock.now()) await trial.runtime.clock.jumpTo(day);
  return reference;
}

async function atTheGate(): Promise<string> {
  const reference = await confirmedAt(29);
  for (let turns = 0; turns < 1_000 && (await cast.stageOf(reference)) !== 'GO_NO_GO'; turns += 1) {
    await trial.runtime.clock.settled();
    await trial.runtime.clock.jumpToNext();
  }
  return reference;
}

async function customerOf(reference: string): Promise<Browser> {
  const browser = trial.browser();
  await browser.post(await trial.linkOf(reference));
  return browser;
}

const sales = () => trial.staff({ roles: ['sales'], team: 'state', mail: 'sales.state@platform.example' });
const operator = (subject = 'op-1') => trial.staff({ roles: ['operator'], subject });

const onStatus = {
  fr: 'Le contrat signé n’est pas encore enregistré. C’est à l’équipe commerciale d’agir',
  en: 'The signed contract is not recorded yet. Sales must act',
};
const consequence = {
  fr: 'S’il manque encore au moment de la décision de bascule, elle est en principe défavorable, et nous cherchons alors une autre date pour vous, en priorité.',
  en: 'If it is still missing at the go/no-go decision, that is normally a no-go, and we then look for another date for you, with priority.',
};
const onList = { fr: 'Contrat manquant', en: 'Contract missing' };

describe('a missing contract, from 28 days before the cutover', () => {
  it.each(languages)(
    'is on the list of sales and on the status page, not before, in %s',
    async (language) => {
      const reference = await confirmedAt(29);
      const query = `?lang=${language}`;
      expect(await read(await customerOf(reference), `/status${query}`)).not.toContain(onStatus[language]);
      expect(await read(await sales(), `/sales${query}&view=attention`)).not.toContain(reference);
      const { state } = await trial.runtime.store.onboardings.now(reference);
      await trial.runtime.clock.jumpTo(instantAt(addDays(state.cutover ?? '', -28), '00:05'));
      const status = await read(await customerOf(reference), `/status${query}`);
      expect(status).toContain(onStatus[language]);
      expect(status).toContain(consequence[language]);
      const list = await read(await sales(), `/sales${query}&view=attention`);
      expect(list).toContain(reference);
      expect(list).toContain(onList[language]);
      await recordContract(trial.runtime, reference, signed, salesPerson);
      expect(await read(await customerOf(reference), `/status${query}`)).not.toContain(onStatus[language]);
      expect(await read(await sales(), `/sales${query}&view=attention`)).not.toContain(reference);
      expect(await read(await sales(), `/sales/${reference}${query}`)).toContain(
        language === 'fr'
          ? 'CT-2026-118, signé le 20 novembre 2026, conservé par : Service juridique'
          : 'CT-2026-118, signed on 20 November 2026, kept by: Service juridique',
      );
    },
  );

  it.each(languages)('is among the facts of the go/no-go, and takes two people, in %s', async (language) => {
    const reference = await atTheGate();
    const review = `/operations/${reference}/review?lang=${language}`;
    const first = await operator();
    const missing = await read(first, review);
    expect(missing).toContain(onList[language]);
    expect(missing).toContain(
      language === 'fr'
        ? 'cette décision demande l’accord d’une seconde personne. Aucun contrat n’est enregistré.'
        : 'this decision needs the agreement of a second person. No contract is recorded.',
    );
    const form = `/operations/${reference}/review`;
    const fields = [
      ['decision', 'go'],
      ['reason', 'tout est prêt'],
    ] as const;
    expect((await sendForm(first, form, fields)).status).toBe(409);
    expect((await sendForm(first, form, [...fields, ['approval', 'yes']])).status).toBe(303);
    const { approval } = await trial.runtime.store.onboardings.now(reference);
    const other = await operator('op-2');
    const request = await read(other, `/operations/approvals/${approval?.id}?lang=${language}`);
    expect(request).toContain(
      language === 'fr' ? 'Aucun contrat n’est enregistré.' : 'No contract is recorded.',
    );
    await recordContract(trial.runtime, reference, signed, salesPerson);
    const recorded = await read(first, review);
    expect(recorded).not.toContain(onList[language]);
    expect(recorded).toContain(
      language === 'fr'
        ? 'Contrat enregistré : CT-2026-118, signé le 20 novembre 2026.'
        : 'Contract recorded: CT-2026-118, signed on 20 November 2026.',
    );
    expect((await sendForm(first, form, fields)).status).toBe(303);
    const history = await read(first, `/operations/${reference}?lang=${language}`);
    expect(history).toContain(language === 'fr' ? 'Contrat enregistré' : 'Contract recorded');
    expect(history).toContain(
      language === 'fr' ? 'Signé le : 20 novembre 2026' : 'Signed on: 20 November 2026',
    );
    await trial.runtime.clock.settled();
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
