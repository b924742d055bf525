import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWave } from '../../../functions/application/answer-wave.ts';
import { CalendarClient, eventsIn, propertyOf } from '../../support/calendar-client.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { members, openMember } from '../../support/people.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { openLink } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
let cast: ReturnType<typeof castOf>;
beforeAll(async () => {
  trial = await startTrial();
  cast = castOf(trial);
});
afterAll(() => trial.close());

const path = '/status/invitation.ics';
const customer = { kind: 'customer', id: 'the-contact' } as const;

describe('the dates for the customer’s calendar', () => {
  it('are a file beside the date, tentative until it is confirmed, without anyone’s name or a secret', async () => {
    const reference = await cast.answered();
    const { browser, page } = await openLink(trial, reference);
    const status = await page('/status');
    expect(status).toContain(`<a href="${path}">Ajouter à mon agenda</a>`);
    expect(await htmlFaults(status)).toEqual([]);
    const answer = await browser.get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${reference}.ics"`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const file = await answer.text();
    expect(
      eventsIn(file).map((event) => [propertyOf(event, 'DTSTART'), propertyOf(event, 'STATUS')]),
    ).toEqual([
      ['20270209', 'TENTATIVE'],
      ['20270223', 'TENTATIVE'],
      ['20270308T080000', 'TENTATIVE'],
      ['20270309', 'TENTATIVE'],
    ]);
    const whole = file.replaceAll('\r\n ', '');
    expect(whole.match(/[\w.]+@[\w.]+/g)).toEqual(Array(4).fill('operations@platform.example'));
    expect(whole).not.toContain(await trial.runtime.links.token(reference, 1));
    await answerWave(trial.runtime, reference, 'confirm', customer);
    await trial.runtime.clock.settled();
    const confirmed = await (await browser.get(path)).text();
    expect(eventsIn(confirmed).map((event) => propertyOf(event, 'STATUS'))).toEqual(
      Array(4).fill('CONFIRMED'),
    );
  });

  it('are the same entries as in the mails, which keep them up to date', async () => {
    const reference = await cast.answered();
    const { browser } = await openLink(trial, reference);
    const client = new CalendarClient();
    client.receive(await (await browser.get(path)).text());
    await answerWave(trial.runtime, reference, 'confirm', customer);
    await trial.runtime.clock.settled();
    const mails = trial.runtime.mailbox.list().filter(({ id }) => id.startsWith(`${reference}-`));
    for (const { attachments = [] } of mails) for (const { text } of attachments) client.receive(text);
    expect([...client.entries.values()].map(({ status }) => status)).toEqual(Array(4).fill('CONFIRMED'));
  });

  it('are for everyone who sees the dates, in their language', async () => {
    const reference = await cast.answered();
    for (const member of members) {
      const { browser } = await openMember(trial, reference, member);
      expect(await (await browser.get('/status?lang=en')).text()).toContain('Add to my calendar');
      const answer = await browser.get(path);
      expect([member, answer.status]).toEqual([member, 200]);
      expect(await answer.text()).toContain('SUMMARY:Kick-off meeting');
    }
  });

  it('are explained where there is no date, and closed to whoever has no link', async () => {
    const reference = await cast.invited();
    const { browser, page } = await openLink(trial, reference);
    expect(await page('/status')).not.toContain(path);
    const answer = await browser.get(path);
    expect(answer.status).toBe(409);
    expect(textOf(await answer.text())).toContain('Ajouter la date à votre agenda n’est pas possible');
    expect((await trial.browser().get(path)).status).toBe(401);
  });
});
