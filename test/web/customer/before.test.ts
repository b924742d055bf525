import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questions } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { routes as operations } from '../../../functions/web/api/routes.ts';
import type { scopes } from '../../../functions/web/api/scopes.ts';
import { createApp } from '../../../functions/web/app.ts';
import {
  answersShown,
  type ReaderCode,
  readerCodes,
  readers,
} from '../../../functions/web/customer/readers.ts';
import { secretiveAnswers, sirens } from '../../support/canaries.ts';
import { tooLarge } from '../../support/journeys.ts';
import { filesOf, firstViewBytes, htmlFaults, textOf } from '../../support/page-reader.ts';
import { openMember } from '../../support/people.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
/** Answers whose every word stands nowhere else. */
let answered: string;
/** A customer that no wave can take. */
let unplaced: string;
beforeAll(async () => {
  trial = await startTrial();
  const cast = castOf(trial);
  answered = await cast.answered({ ...secretiveAnswers, A3: 'gip', A3b: 'unknown', B4: ['foreign_policy'] });
  unplaced = await cast.answered(tooLarge);
});
afterAll(() => trial.close());

/** What stands in answers only: numbers, a secret by its label or code, the contacts named in E5. */
const inAnswers = /83179|83 179|83,179|politique extérieure|foreign_policy|canarijaune|canarigris/i;
/** How many users the customer that no wave can take has: 30 000, as a page or the API writes it. */
const inNumbers = /30000|30 000|30,000/;
/** What only a result says: the rule that a GIP of unknown standing falls under. */
const inResult = /R07c/;

async function allOf(browser: Browser, under: string, reference: string): Promise<string> {
  const paths = trial.app.routes.filter(
    ({ method, path }) => method === 'GET' && path.startsWith(under) && !path.includes('*'),
  );
  const pages = await Promise.all(
    paths.map(async ({ path }) => {
      const address = path.replace(':reference', reference).replace(/:\w+(\{[^}]*\})?/g, 'DR_PATH');
      return textOf(await (await browser.get(address)).text());
    }),
  );
  return pages.join('\n');
}

async function programReads(reference: string): Promise<string> {
  const app = createApp({
    ...trial.deps,
    verifyToken: async () => ({
      subject: 'crm',
      scopes: ['onboarding/read'] satisfies (keyof typeof scopes)[],
      kind: 'machine',
    }),
  });
  const paths = operations.filter(({ method, scope }) => method === 'GET' && scope === 'onboarding/read');
  const texts = await Promise.all(
    paths.map(async ({ path }) => {
      const address = `/api${path.replace('{reference}', reference).replace(/\{\w+\}/g, 'x')}`;
      return (await app.request(address, { headers: { Authorization: 'Bearer token' } })).text();
    }),
  );
  return texts.join('\n');
}

/** What someone who was named for a part can open. */
async function byColleague(browser: Browser, reference: string): Promise<string> {
  const pages = ['/status', '/questionnaire'].map((under) => allOf(browser, under, reference));
  return (await Promise.all(pages)).join('\n');
}

/** Everything that a reader can open of an onboarding. */
const everythingFor: Readonly<Record<ReaderCode, (reference: string) => Promise<string>>> = {
  respondent: async (reference) => allOf((await openLink(trial, reference)).browser, '/status', reference),
  deputy: async (reference) =>
    allOf((await openMember(trial, reference, 'deputy')).browser, '/status', reference),
  invitee: async (reference) => byColleague((await openMember(trial, reference, 'ciso')).browser, reference),
  integrator: async (reference) =>
    byColleague((await openMember(trial, reference, 'integrator')).browser, reference),
  sales_team: async (reference) =>
    allOf(await trial.staff({ roles: ['sales'], team: 'state' }), '/sales', reference),
  other_sales: async (reference) =>
    allOf(await trial.staff({ roles: ['sales'], team: 'health' }), '/sales', reference),
  operators: async (reference) => allOf(await trial.staff({ roles: ['operator'] }), '/operations', reference),
  programs: programReads,
};

describe('who reads the answers', () => {
  it.each(readerCodes)('is what the page says: %s', async (code) => {
    const { answers, result } = readers[code];
    const [one, other] = await Promise.all([everythingFor[code](answered), everythingFor[code](unplaced)]);
    expect(inAnswers.test(one), 'answers').toBe(answers === 'all');
    // Those who were named for a part see their own answers until they are submitted.
    expect(inNumbers.test(other), 'numbers').toBe(answers === 'all' || answers === 'numbers');
    // The customer reads its result without the codes of rules.
    if (code !== 'respondent' && code !== 'deputy') expect(inResult.test(one), 'result').toBe(result);
  });

  it('sees until the submission what the page says, and of others nothing', async () => {
    const reference = await trial.start(sirens[14]);
    const contact = await openLink(trial, reference);
    for (const section of ['A', 'B', 'C', 'D', 'E'] as const) {
      await contact.fill(section, { ...secretiveAnswers, B3: 'yes', B4: ['foreign_policy'], B5: 'no' });
    }
    const seen = {
      secret: /politique extérieure|foreign_policy" checked/i,
      numbers: /83179|83 179/,
      contacts: /canarijaune/i,
    };
    const expected = {
      ciso: { secret: true, numbers: false, contacts: false },
      dpo: { secret: false, numbers: false, contacts: false },
      integrator: { secret: false, numbers: true, contacts: false },
      deputy: { secret: true, numbers: true, contacts: true },
    } as const;
    for (const member of ['ciso', 'dpo', 'integrator', 'deputy'] as const) {
      const { browser } = await openMember(trial, reference, member);
      const paths = ['', '/check', '/before', ...questions.map(({ id }) => `/${id}`)];
      const pages = await Promise.all(
        paths.map(async (path) => (await browser.get(`/questionnaire${path}`)).text()),
      );
      const found = Object.entries(seen).map(([what, words]) => [
        what,
        pages.some((page) => words.test(page)),
      ]);
      expect([member, Object.fromEntries(found)]).toEqual([member, expected[member]]);
    }
  });

  it.each(['respondent', 'deputy', 'invitee', 'integrator'] as const)(
    'is written on the page of the %s, reader by reader',
    async (own) => {
      const reference = await trial.start(
        sirens[{ respondent: 9, deputy: 5, invitee: 6, integrator: 7 }[own]] ?? '',
      );
      const browser =
        own === 'respondent'
          ? (await openLink(trial, reference)).browser
          : (await openMember(trial, reference, own === 'invitee' ? 'dpo' : own)).browser;
      const page = await (await browser.get('/questionnaire/before')).text();
      expect(await htmlFaults(page)).toEqual([]);
      const text = textOf(page);
      for (const code of readerCodes) {
        const { name, answers } = readers[code];
        const you = code === own ? ' (vous)' : '';
        expect(text).toContain(`${textOf(name.fr)}${you} Réponses : ${textOf(answersShown[answers].fr)}`);
      }
    },
  );
});

describe.each(['fr', 'en'] as const)('the page before the first question, in %s', (language) => {
  it('is valid and light, and says where the answers are and under which law', async () => {
    const visitor = await openLink(trial, await trial.start(sirens[language === 'fr' ? 10 : 11]), language);
    const html = await visitor.page('/questionnaire/before');
    expect(await htmlFaults(html)).toEqual([]);
    expect(firstViewBytes(html)).toBeLessThanOrEqual(14_000);
    expect(1 + filesOf(html).length).toBeLessThanOrEqual(4);
    const { host, processors } = await trial.deps.publication();
    const text = textOf(html);
    for (const fact of [host.place, host.law, ...processors.map(({ purpose }) => purpose)]) {
      expect(text).toContain(textOf(fact[language]));
    }
    for (const path of ['/questions', '/trust', '/privacy', '/questionnaire']) {
      expect(html).toContain(`href="${path}"`);
    }
  });
});

describe('the vade-mecum on the sensitivity of data', () => {
  it('is linked where B4, B5 and B6 are asked, and nowhere else', async () => {
    const visitor = await openLink(trial, await trial.start(sirens[13]));
    for (const id of ['B3', 'B4', 'B5', 'B6', 'B7']) {
      const linked = (await visitor.page(`/questionnaire/${id}`)).includes('reference-vade-mecum');
      expect(linked, id).toBe(['B4', 'B5', 'B6'].includes(id));
    }
  });
});

describe('the page before the first question', () => {
  it('comes first until something is saved; then the list of sections does, which leads to it', async () => {
    const reference = await trial.start(sirens[12]);
    const link = await trial.linkOf(reference);
    const browser = trial.browser();
    const opened = async () => (await browser.post(link)).headers.get('Location');
    expect(await opened()).toBe('/questionnaire/before');
    expect(await opened()).toBe('/questionnaire/before');
    expect(await (await browser.get('/questionnaire')).text()).toContain('href="/questionnaire/before"');
    const visitor = await openLink(trial, reference);
    expect((await visitor.fill('A', secretiveAnswers)).status).toBe(303);
    expect(await opened()).toBe('/questionnaire');
  });

  it('is behind the personal link, and no longer there once the answers are submitted', async () => {
    expect((await trial.browser().get('/questionnaire/before')).status).toBe(401);
    const visitor = await openLink(trial, answered);
    const after = await visitor.browser.get('/questionnaire/before');
    expect([after.status, after.headers.get('Location')]).toEqual([303, '/status']);
  });
});
