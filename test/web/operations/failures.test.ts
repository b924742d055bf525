import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordRunFailure } from '../../../functions/application/record-run-status.ts';
import { system } from '../../../functions/domain/onboarding/actor.ts';
import { failureTexts } from '../../../functions/domain/onboarding/failure-texts.ts';
import { failureClasses, failureLabels } from '../../../functions/domain/onboarding/failures.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { type Browser, startTrial, type Trial } from '../../support/trial.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let operator: Browser;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  operator = await trial.staff({ roles: ['operator'], subject: 'op' });
  cast = castOf(trial);
});
afterAll(() => trial.close());

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

async function read(path: string, browser = operator): Promise<string> {
  const html = await (await browser.get(path)).text();
  expect(await htmlFaults(html)).toEqual([]);
  return html;
}

async function failedOf(error: string): Promise<string> {
  const reference = await cast.invited();
  await trial.runtime.store.onboardings.change<void>(reference, async () => ({
    result: undefined,
    change: {
      run: { status: 'failed', failedAt: trial.runtime.clock.now().toISOString(), error },
      event: { type: 'EXECUTION_FAILED', actor: system, data: { run: 1, status: 'FAILED', error } },
    },
  }));
  return reference;
}

it.each([
  ['ThrottlingException', 'service saturé ou hors d’atteinte', 'busy', 'button'],
  ['AccessDeniedException', 'droit ou réglage manquant', 'settings', 'button second'],
] as const)('a run that failed of %s is explained: %s', async (error, label, failure, look) => {
  const reference = await failedOf(error);
  const page = await read(`/operations/${reference}`);
  const { means, next } = failureTexts[failure];
  const text = plain(textOf(page));
  expect(text).toContain(`Exécution en échec : ${label}`);
  expect(text).toContain(plain(means.fr));
  expect(text).toContain(plain(next.fr));
  expect(page).toContain(`href="/operations/failures#${failure}"`);
  expect(page).toMatch(new RegExp(`class="${look}" href="/operations/${reference}/resumption"`));
  // What engineers ask for is under a fold, the name of the error included.
  const fold = page.slice(page.indexOf('<details><summary>Pour l’équipe technique'));
  expect(fold.slice(0, fold.indexOf('</details>'))).toContain(error);
  const earlier = await operator.get('/operations?run=failed');
  expect([earlier.status, earlier.headers.get('location')]).toEqual([303, '/operations?kind=failed_run']);
  const row = (list: string) => list.slice(list.indexOf('<tbody')).includes(`/operations/${reference}"`);
  const own = await read(`/operations?error=${failure}`);
  expect(row(own)).toBe(true);
  expect(plain(textOf(own))).toContain(failureLabels[failure].fr);
  expect(row(await read('/operations?error=stopped'))).toBe(false);
  const sales = await trial.staff({ roles: ['sales'], team: 'state' });
  expect(textOf(await (await sales.get('/sales')).text())).not.toContain(failureLabels[failure].fr);
});

it('every kind is explained on a page of its own, in both languages', async () => {
  expect(await read('/operations')).toContain('href="/operations/failures"');
  for (const language of ['fr', 'en'] as const) {
    const page = await read(`/operations/failures?lang=${language}`);
    for (const failure of failureClasses) {
      expect(page).toContain(`<h2 id="${failure}">`);
      expect(plain(textOf(page))).toContain(failureTexts[failure].cause[language]);
    }
  }
  await operator.get('/operations?lang=fr');
});

it('the page is for operators alone', async () => {
  const sales = await trial.staff({ roles: ['sales'] });
  expect((await sales.get('/operations/failures')).status).toBe(403);
});

it('operators are told of a failure during a review what failed, and not that a review is late', async () => {
  const reference = await cast.inGoNoGo();
  const { store, clock } = trial.runtime;

  const failure = { status: 'FAILED', error: 'ThrottlingException', redriveCount: 0 } as const;
  await recordRunFailure({ store, clock }, reference, 1, failure);
  await clock.settled();
  const mails = (await trial.runtime.mailbox.list()).filter(({ text }) => text.includes(reference));
  const told = mails.find(({ subject }) => subject.includes('intervention attendue'));
  expect(told).toBeDefined();
  expect(plain(told?.text ?? '')).toContain(plain(failureTexts.busy.next.fr));
  expect(mails.some(({ subject }) => subject.includes('revue en retard'))).toBe(false);
});
