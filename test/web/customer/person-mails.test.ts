import { afterAll, beforeAll, expect, it } from 'vitest';
import { minute } from '../../../functions/domain/time.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { nameMember } from '../../support/people.ts';
import { startTrial, type Trial } from '../../support/trial.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

it('a link that the contact has just had sent to a person is possible again when the page says', async () => {
  const reference = await trial.start('999000102');
  const browser = trial.browser();
  await browser.post(await trial.linkOf(reference));
  const { id } = await nameMember(trial, reference, 'dpo');
  const page = `/questionnaire/people/${id}`;
  const resend = () => browser.post(`${page}/link`, {}, page);
  const events = async () => (await trial.runtime.store.onboardings.events(reference)).length;
  await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + minute));
  expect((await resend()).status).toBe(303);
  const before = await events();
  const refused = await resend();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  const html = await refused.text();
  expect([textOf(html), await htmlFaults(html)]).toEqual([
    expect.stringContaining('Attendez 60 s, puis recommencez.'),
    [],
  ]);
  expect(await events()).toBe(before);
  await trial.runtime.clock.jumpTo(new Date(trial.runtime.clock.now().getTime() + minute));
  expect((await resend()).status).toBe(303);
});
