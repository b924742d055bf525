import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MailTemplate } from '../../../functions/domain/onboarding/messages.ts';
import { CalendarClient, propertyOf } from '../../support/calendar-client.ts';
import { answerCanary } from '../../support/canaries.ts';
import { noDate, notReady } from '../../support/journeys.ts';
import { inScenario, operator, type Scenario } from '../../support/scenario.ts';

const files = [
  'reunion-de-lancement.ics',
  'reunion-d-avancement.ics',
  'decision-go-no-go.ics',
  'bascule.ics',
];

/** The mails of an onboarding, with their files and in their order. */
function mailsOf({ runtime, mails }: Scenario, reference: string) {
  const templates = mails(reference).map(({ template }) => template);
  const own = runtime.mailbox.list().filter(({ id, to }) => {
    return id.startsWith(`${reference}-`) && to.endsWith('@client.example');
  });
  const toCustomer = templates.filter((template) => !/^(?:owner|review)_/.test(template));
  return own.map(({ attachments = [], text }, index) => ({
    template: toCustomer[index],
    text,
    attachments,
  }));
}

/** The files of the last mail of a kind. */
function filesOf(scenario: Scenario, reference: string, template: MailTemplate) {
  const found = mailsOf(scenario, reference).findLast((mail) => mail.template === template);
  return found?.attachments ?? [];
}

/** What the last mail of a kind says of the cutover. */
function cutoverIn(scenario: Scenario, reference: string, template: MailTemplate) {
  const attachments = filesOf(scenario, reference, template);
  expect(attachments.map(({ name }) => name)).toEqual(files);
  const { text = '', type = '' } = attachments.at(-1) ?? {};
  const method = propertyOf(text, 'METHOD');
  expect(type).toBe(`text/calendar; charset=utf-8; method=${method}`);
  return [method, propertyOf(text, 'STATUS'), propertyOf(text, 'DTSTART')];
}

function calendarAfter(scenario: Scenario, reference: string): CalendarClient {
  const client = new CalendarClient();
  for (const { attachments } of mailsOf(scenario, reference)) {
    for (const { text } of attachments) client.receive(text);
  }
  return client;
}

async function held(s: Scenario, number = 0): Promise<string> {
  const reference = await s.start(number === 0 ? {} : { language: 'en' });
  await s.until(reference, 'INVITED');
  await s.submit(reference);
  await s.until(reference, 'WAVE_HELD');
  return reference;
}

describe('the dates that mails carry', () => {
  it(
    'are tentative while a place is held, firm once it is confirmed, moved with their wave and cancelled at the end',
    inScenario(async (s) => {
      const reference = await held(s);
      expect(cutoverIn(s, reference, 'wave_held')).toEqual(['REQUEST', 'TENTATIVE', '20270309']);
      await s.confirm(reference);
      expect(cutoverIn(s, reference, 'wave_confirmed')).toEqual(['REQUEST', 'CONFIRMED', '20270309']);
      await s.changeWave('sud-2027-03-09', { transition: 'cancel' });
      await s.changeWave('paris-2027-03-09', { transition: 'cancel', moveBooked: true });
      await s.until(reference, 'WAVE_HELD');
      const { booking } = await s.now(reference);
      const moved = booking?.cutover.replaceAll('-', '') ?? '';
      expect(moved > '20270309').toBe(true);
      expect(cutoverIn(s, reference, 'wave_moved')).toEqual(['REQUEST', 'TENTATIVE', moved]);
      await s.confirm(reference);
      await s.withdraw(reference);
      expect(cutoverIn(s, reference, 'closed')).toEqual(['CANCEL', 'CANCELLED', moved]);

      const all = mailsOf(s, reference);
      const dated = all.filter(({ attachments }) => attachments.length > 0);
      expect(dated.map(({ template }) => template)).toEqual([
        'wave_held',
        'wave_confirmed',
        'wave_moved',
        'wave_confirmed',
        'closed',
      ]);
      for (const { text } of dated) expect(text).toContain('Pour votre agenda');
      const { entries } = calendarAfter(s, reference);
      expect(entries.size).toBe(files.length);
      expect([...entries.values()].map(({ status }) => status)).toEqual(files.map(() => 'CANCELLED'));

      // Mails come late, twice, and in any order; what is in the calendar is what was said last.
      const texts = dated.flatMap(({ attachments }) => attachments.map(({ text }) => text));
      fc.assert(
        fc.property(
          fc.shuffledSubarray([...texts, ...texts], { minLength: texts.length * 2 }),
          (received) => {
            const client = new CalendarClient();
            for (const text of received) client.receive(text);
            expect(client.entries).toEqual(entries);
          },
        ),
        { numRuns: 100 },
      );
    }),
  );

  it(
    'stay with the new place when the cancelled one is told of late',
    inScenario(async (s) => {
      const reference = await held(s);
      await s.confirm(reference);
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'no_go');
      const refused = filesOf(s, reference, 'go_no_go');
      expect(propertyOf(refused.at(-1)?.text ?? '', 'METHOD')).toBe('CANCEL');
      await s.until(reference, 'WAVE_HELD');
      const { booking } = await s.now(reference);
      const client = calendarAfter(s, reference);
      for (const { text } of refused) client.receive(text);
      const days = [...client.entries.values()].map(({ status, day }) => [status, day]);
      expect(days.at(-1)).toEqual(['TENTATIVE', booking?.cutover.replaceAll('-', '')]);
      expect(days.every(([status]) => status === 'TENTATIVE')).toBe(true);
    }),
  );

  it(
    'are cancelled when a customer does not answer and no place is left for it',
    inScenario(async (s) => {
      const reference = await held(s);
      for (const id of (await waves(s)).filter((id) => id !== 'paris-2027-03-09')) {
        await s.changeWave(id, { transition: 'cancel', moveBooked: true });
      }
      await s.until(reference, 'WAITING_LIST');
      expect(cutoverIn(s, reference, 'place_lost')).toEqual(['CANCEL', 'CANCELLED', '20270309']);
    }),
  );

  it(
    'are in the language of the contact',
    inScenario(async (s) => {
      const reference = await held(s, 1);
      const mail = mailsOf(s, reference).find(({ template }) => template === 'wave_held');
      expect(mail?.text).toContain('For your calendar');
      expect(mail?.attachments.map(({ name }) => name)).toEqual([
        'kick-off-meeting.ics',
        'checkpoint-meeting.ics',
        'go-no-go-decision.ics',
        'cutover.ics',
      ]);
      expect(mail?.attachments.map(({ text }) => propertyOf(text, 'SUMMARY')?.split(' – ')[0])).toEqual([
        'Kick-off meeting',
        'Checkpoint meeting',
        'Go/no-go decision',
        'Cutover',
      ]);
    }),
  );

  it(
    'are in no mail to someone without a date',
    inScenario(async (s) => {
      for (const answers of [noDate, notReady]) {
        const reference = await s.start();
        await s.until(reference, 'INVITED');
        await s.submit(reference, answers);
        await s.withdraw(reference, operator);
        for (const { attachments } of mailsOf(s, reference)) expect(attachments).toEqual([]);
      }
    }),
  );

  it(
    'hold no answer, no link and no one but the contact',
    inScenario(async (s) => {
      const reference = await held(s);
      const attachments = filesOf(s, reference, 'wave_held');
      const token = await s.runtime.links.token(reference, 1);
      for (const { text } of attachments) {
        const whole = text.replaceAll('\r\n ', '');
        expect(whole).not.toMatch(answerCanary);
        expect(whole).not.toContain(token);
        expect(whole).not.toContain('/f/');
        expect(whole).not.toContain('Canaribleu');
        expect(whole.match(/[\w.]+@[\w.]+/g)).toEqual([
          'operations@platform.example',
          'camille.canaribleu@client.example',
        ]);
        expect(propertyOf(text, 'UID')).toMatch(new RegExp(`^onboarding-${reference}-[a-z-]+$`));
      }
    }),
  );
});

async function waves({ runtime: { store } }: Scenario): Promise<readonly string[]> {
  const calendar = await store.waves.calendar(['paris', 'sud']);
  return calendar.flatMap(({ id, kind }) => (kind === 'PREPARATION' ? [] : [id]));
}
