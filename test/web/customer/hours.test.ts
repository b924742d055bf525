import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginCorrection } from '../../../functions/application/correct-answers.ts';
import { askToTalk } from '../../../functions/application/talk.ts';
import { mailTemplates } from '../../../functions/domain/onboarding/messages.ts';
import { languages } from '../../../functions/domain/text.ts';
import { sampleCalendar } from '../../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { composeMail } from '../../../functions/jobs/send-mail/mails.ts';
import { startRuntime } from '../../../infra/local/runtime.ts';
import { doubtful } from '../../support/journeys.ts';
import { textOf } from '../../support/page-reader.ts';
import { openMember } from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type Browser, openTrial, type Trial } from '../../support/trial.ts';
import { fieldsFor } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

/** An hour with the clock that shows it, and its local time. */
const said = /\d{1,2}(?: h(?: \d{2})?|:\d{2}) \((?:heure de Paris|Paris time)(?:[^()]*)\)/g;
const anyHour = /.{0,40}(?:\b\d{1,2} h(?: \d{2})?\b|\b\d{1,2}:\d{2}\b).{0,20}/g;

/** What is said of an hour to whoever is at home. */
const parisOnly = /.{0,40}\((?:heure de Paris|Paris time)\)/g;

function plainly(text: string): string {
  return text.replace(/[\u00a0\u202f\n]/g, ' ');
}

/** Hours in a text of which it is not said by which clock. */
function unsaid(text: string): readonly string[] {
  return plainly(text).replace(said, '').match(anyHour) ?? [];
}

/** Hours in a text for a reader overseas of which it is not said by which clock, or not by theirs. */
function unsaidOverseas(text: string): readonly string[] {
  return [...unsaid(text), ...(plainly(text).match(parisOnly) ?? [])];
}

let trial: Trial;
let cast: ReturnType<typeof castOf>;
let folder: string;
let customer: Browser;
let colleague: Browser;

/** A system whose register has every organisation on La Réunion. */
beforeAll(async () => {
  const example = readFileSync(
    fileURLToPath(new URL('../../../examples/registry.json', import.meta.url)),
    'utf8',
  );
  folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const registryFile = join(folder, 'registry.json');
  writeFileSync(registryFile, example.replace(/"departement": ?"[^"]*"/g, '"departement":"974"'));
  const runtime = await startRuntime({
    from: new Date('2026-11-23T21:30:00Z'),
    timeScale: 0,
    platform: samplePlatform,
    calendar: sampleCalendar(samplePlatform),
    registryFile,
    hooks: {},
    log: () => undefined,
  });
  trial = openTrial(runtime);
  cast = castOf(trial);
  const reference = await cast.invited();
  customer = trial.browser();
  await customer.post(await trial.linkOf(reference));
  colleague = (await openMember(trial, reference, 'dpo')).browser;
  const fields = Object.fromEntries(fieldsFor('B10', plainAnswers));
  expect((await colleague.post('/questionnaire/B10', fields)).status).toBe(303);
});
afterAll(async () => {
  await trial.close();
  rmSync(folder, { recursive: true });
});

/** Every page that the customer comes to by links from the status page and the list of sections. */
async function walk(browser: Browser, language: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const left = ['/status', '/questionnaire'];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (found.has(path)) continue;
    const answer = await browser.get(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
    const html = answer.headers.get('content-type')?.includes('html') ? await answer.text() : '';
    found.set(path, html.slice(html.indexOf('<main')));
    for (const [, href = ''] of html.matchAll(/href="(\/(?:status|questionnaire)[^"#]*)"/g)) {
      const [next = ''] = href.replace(/&amp;/g, '&').split(/[?&]lang=/);
      if (!/sign-out|\.pdf|\/data/.test(next)) left.push(next);
    }
  }
  return found;
}

async function expectSaid(browser: Browser): Promise<string> {
  let all = '';
  for (const language of languages) {
    const pages = await walk(browser, language);
    expect(pages.size).toBeGreaterThan(2);
    for (const [path, html] of pages) {
      const text = textOf(html);
      expect([language, path, unsaidOverseas(text)]).toEqual([language, path, []]);
      all += text;
    }
  }
  return all;
}

describe('a customer overseas', () => {
  it('reads each hour by the clock of Paris and by their own, while they and their colleagues answer', async () => {
    expect(await expectSaid(customer)).toContain(
      '23 novembre 2026 à 22 h 30 (heure de Paris ; 1 h 30 le 24 novembre 2026 à La Réunion)',
    );
    await expectSaid(colleague);
  });

  it('does so on the pages of a place that is held, and in the mails', async () => {
    const other = await cast.answered();
    const visitor = trial.browser();
    await visitor.post(await trial.linkOf(other));
    const text = await expectSaid(visitor);
    expect(text).toMatch(
      /au plus tard le \d+ décembre 2026 à 22 h 30 \(heure de Paris ; [^)]* à La Réunion\)/,
    );
    const mails = trial.runtime.mailbox.list().filter(({ to }) => !to.includes('platform.example'));
    expect(mails.length).toBeGreaterThan(2);
    for (const mail of mails) expect([mail.subject, unsaidOverseas(mail.text)]).toEqual([mail.subject, []]);
    const held = mails.find(({ text }) => text.includes('sera rendue'));
    expect(held?.text.replace(/\s/g, ' ')).toMatch(
      /22 h 30 \(heure de Paris ; 1 h 30 le [^)]* à La Réunion\)/,
    );
  });
});

const actor = { kind: 'customer', id: 'test' } as const;

/** What a customer overseas may be in the middle of, with a sentence of it that says an hour. */
const states: readonly {
  readonly state: string;
  readonly reach: () => Promise<string>;
  readonly hour: RegExp;
}[] = [
  {
    state: 'a talk that was asked for',
    reach: async () => {
      const reference = await cast.invited();
      await askToTalk(trial.runtime, reference, undefined, actor);
      return reference;
    },
    hour: /prend contact avec vous au plus tard le [^()]* 18 h \(heure de Paris ; 21 h à La Réunion\)/,
  },
  {
    state: 'a review',
    reach: () => cast.answered(doubtful),
    hour: /à La Réunion\)/,
  },
  {
    state: 'a preparation before another assessment',
    reach: () => cast.answered({ D1: 0 }),
    hour: /à La Réunion\)/,
  },
  {
    state: 'a correction that may begin',
    reach: () => cast.answered(),
    hour: /Envoyez la correction au plus tard le [^()]* \(heure de Paris ; [^()]* à La Réunion\)/,
  },
  {
    state: 'a correction that was begun',
    reach: async () => {
      const reference = await cast.answered();
      await beginCorrection(trial.runtime, reference, { sections: [] }, actor);
      return reference;
    },
    hour: /Envoyez-la au plus tard le [^()]* \(heure de Paris ; [^()]* à La Réunion\)/,
  },
];

it.each(states)('a customer overseas reads each hour by both clocks in $state', async ({ reach, hour }) => {
  const visitor = trial.browser();
  await visitor.post(await trial.linkOf(await reach()));
  expect(await expectSaid(visitor)).toMatch(hour);
});

it('a customer overseas reads the hours of reminders, of talks that are late and of corrections that lapsed', async () => {
  const { clock, mailbox, store } = trial.runtime;
  const [late, lapsed] = [await cast.invited(), await cast.answered()];
  await askToTalk(trial.runtime, late, undefined, actor);
  await beginCorrection(trial.runtime, lapsed, { sections: [] }, actor);
  const { correction } = await store.onboardings.now(lapsed);
  while (clock.now().getTime() < Date.parse(correction?.until ?? '')) {
    await clock.jumpToNext();
    await clock.settled();
  }
  for (const [reference, words] of [
    [late, 'devait prendre contact avec vous'],
    [lapsed, 'elle est abandonnée'],
  ] as const) {
    const visitor = trial.browser();
    await visitor.post(await trial.linkOf(reference));
    expect(await expectSaid(visitor)).toContain(words);
  }
  const mails = mailbox.list().filter(({ to }) => !to.includes('platform.example'));
  expect(mails.filter(({ subject }) => subject.includes('correction n’est pas encore envoyée'))).not.toEqual(
    [],
  );
  for (const { subject, text } of mails) expect([subject, unsaidOverseas(text)]).toEqual([subject, []]);
});

describe.each(languages)('every mail to customers in %s', (language) => {
  it.each(mailTemplates.filter((template) => !/^(?:owner|review)_/.test(template)))(
    'says by which clock: %s',
    (template) => {
      for (const territory of [undefined, '973']) {
        for (const asked of [undefined, ['Une question']]) {
          const { subject, text } = composeMail(template, {
            ...{ language, platform: 'Nuage', organisation: 'Ville fictive', reference: 'K7F4-M3XJ' },
            ...{
              answerBy: '2026-12-03T17:00:00.000Z',
              correctUntil: '2026-12-23T21:30:00.000Z',
              silenceEnd: 'searched_again',
              goNoGoDay: '2027-04-05',
            },
            ...{ wave: 'vague du 6 avril 2027 (Paris)', awaited: 'place', link: 'https://nuage.example/f/x' },
            ...(territory === undefined ? {} : { territory }),
            ...(asked === undefined ? {} : { asked }),
          });
          const read = text.replace(/https?:\S+/g, '');
          const hours = territory === undefined ? unsaid : unsaidOverseas;
          expect(hours(`${subject}\n${read}`)).toEqual([]);
        }
      }
    },
  );
});
