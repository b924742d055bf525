import { afterAll, beforeAll, expect, it } from 'vitest';
import { citedIn, type Law, lawsOn } from '../../functions/domain/law-status.ts';
import { languages } from '../../functions/domain/text.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { htmlFaults, textOf } from '../support/page-reader.ts';
import { openTrial, startTrial, type Trial } from '../support/trial.ts';
import { openLink } from '../support/visitor.ts';
import { castOf } from './staff/cast.ts';

const source = { fr: 'Journal officiel', en: 'Journal officiel' };
const law: Law = {
  code: 'NIS2',
  name: { fr: 'NIS 2', en: 'NIS2' },
  statuses: [
    {
      from: '2024-10-18',
      statement: { fr: 'transposition non adoptée', en: 'not yet transposed' },
      source,
      checked: '2026-11-23',
    },
    {
      from: '2027-01-01',
      statement: { fr: 'transposition en vigueur', en: 'transposition in force' },
      source,
      checked: '2026-11-20',
    },
  ],
};
const before = { fr: 'transposition non adoptée (depuis', en: 'not yet transposed (since' } as const;
const after = { fr: 'transposition en vigueur (depuis', en: 'transposition in force (since' } as const;

let trial: Trial;
beforeAll(async () => {
  const { runtime } = await startTrial();
  trial = openTrial({ ...runtime, platform: { ...samplePlatform, laws: [law] } });
});
afterAll(() => trial.close());

it('a status holds from its own day on, and none before the first', () => {
  const on = (day: string) => lawsOn([law], day).map(({ from }) => from);
  expect([on('2024-10-17'), on('2024-10-18'), on('2026-12-31'), on('2027-01-01')]).toEqual([
    [],
    ['2024-10-18'],
    ['2024-10-18'],
    ['2027-01-01'],
  ]);
  const laws = lawsOn([law], '2027-01-01');
  expect([citedIn('ANSSI, NIS2', laws).length, citedIn('GDPR art. 35', laws).length]).toEqual([1, 0]);
});

/** The pages that say what a law demands of a customer. */
async function pagesIn(language: 'fr' | 'en', answering: string, assessed: string) {
  const staff = await trial.staff({ roles: ['operator', 'sales'], team: 'state' });
  const asked = await openLink(trial, answering, language);
  const told = await openLink(trial, assessed, language);
  const pages = {
    question: await asked.page('/questionnaire/A5'),
    result: await told.page('/status'),
    staff: await (await staff.get(`/sales/${assessed}?lang=${language}`)).text(),
    questions: await (await trial.browser().get(`/questions?lang=${language}`)).text(),
  };
  for (const [name, page] of Object.entries(pages)) expect(await htmlFaults(page), name).toEqual([]);
  return Object.entries(pages).map(([name, page]) => [name, textOf(page).replaceAll(/\s/g, ' ')] as const);
}

it('pages say how a law stands, and another status from its day on, without a release', async () => {
  const cast = castOf(trial);
  const answering = await cast.invited();
  const assessed = await cast.answered({ A5: 'essential' });
  for (const language of languages) {
    for (const [name, page] of await pagesIn(language, answering, assessed)) {
      expect(page, name).toContain(before[language]);
      expect(page, name).not.toContain(after[language]);
    }
  }
  const trust = textOf(await (await trial.browser().get('/trust?lang=fr')).text()).replaceAll(/\s/g, ' ');
  expect(trust).toMatch(
    /transposition non adoptée Aujourd’hui .*transposition en vigueur À compter du : 1er janvier 2027/,
  );

  await trial.runtime.clock.jumpTo(new Date('2026-12-31T23:00:00Z'));
  for (const language of languages) {
    for (const [name, page] of await pagesIn(language, answering, assessed)) {
      expect(page, name).toContain(after[language]);
      expect(page, name).not.toContain(before[language]);
    }
  }
  const later = textOf(await (await trial.browser().get('/trust?lang=fr')).text()).replaceAll(/\s/g, ' ');
  expect(later).toContain('transposition en vigueur Aujourd’hui');
  const record = await (await trial.browser().get('/api/trust-record')).json();
  expect(record).toMatchObject({ laws: [{ code: 'NIS2', statuses: [{}, { from: '2027-01-01' }] }] });
});
