import { afterAll, beforeAll, expect, it } from 'vitest';
import { calendarDateOf } from '../../../functions/domain/calendar-date.ts';
import { mayReminderLeave } from '../../../functions/domain/onboarding/reminder-time.ts';
import { nameMember, openMember, personLink, team } from '../../support/people.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { startTrial, type Trial } from '../../support/trial.ts';
import { fieldsFor } from '../../support/visitor.ts';
import { castOf } from '../staff/cast.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

const day = 86_400_000;

/** Lets days pass as a calendar does: each job runs at its hour. */
async function pass(days: number): Promise<void> {
  const { clock } = trial.runtime;
  await clock.jumpTo(new Date(clock.now().getTime() + days * day));
  await clock.settled();
}

const remindersTo = (address: string) =>
  trial.runtime.mailbox
    .list()
    .filter(({ to, subject }) => to === address && /vos réponses sont attendues|your answers/.test(subject));

it('mails those who have not completed their part their own link, in the hours of reminders', async () => {
  const reference = await castOf(trial).invited();
  const dpo = await openMember(trial, reference, 'dpo');
  const ciso = await nameMember(trial, reference, 'ciso');
  for (const id of ['B9', 'B10', 'B11'] as const) {
    const saved = await dpo.browser.post(
      `/questionnaire/${id}`,
      Object.fromEntries(fieldsFor(id, plainAnswers)),
    );
    expect([id, saved.status]).toEqual([id, 303]);
  }
  await pass(30);
  expect(remindersTo(team.dpo.email)).toEqual([]);
  const mails = remindersTo(team.ciso.email);
  expect(mails).toHaveLength(2);
  expect(new Set(mails.map(({ at }) => calendarDateOf(new Date(at)))).size).toBe(2);
  for (const { at, text } of mails) {
    expect(mayReminderLeave(new Date(at))).toBe(true);
    expect(text).toContain(`Bonjour ${team.ciso.name},`);
    expect(text).toContain(await personLink(trial, reference, ciso));
    expect(text).toContain('parce que');
  }
});
