import { describe, expect, test } from 'vitest';
import { changeContact } from '../../../functions/application/change-contact.ts';
import { askToTalk, recordTalk } from '../../../functions/application/talk.ts';
import { expectedBy } from '../../../functions/domain/onboarding/expected-by.ts';
import type { MailTemplate } from '../../../functions/domain/onboarding/messages.ts';
import { whoseTurn } from '../../../functions/domain/onboarding/whose-turn.ts';
import { journeys } from '../../support/journeys.ts';
import { customer, inScenario, operator, type Scenario, sales } from '../../support/scenario.ts';

const matter = 'Nous hésitons à cause du contrat en cours';

async function ask(s: Scenario, reference: string, about: string | undefined = matter): Promise<void> {
  await askToTalk(s.runtime, reference, about, customer);
  await s.settle();
}

/** The text of the one mail of a kind, with plain spaces. */
function mailText(s: Scenario, reference: string, template: MailTemplate): string {
  const texts = s.mails(reference).flatMap((mail) => (mail.template === template ? [mail.text] : []));
  expect(texts).toHaveLength(1);
  return (texts[0] ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');
}

async function standing(s: Scenario, reference: string) {
  const now = await s.now(reference);
  return {
    turn: whoseTurn(now.state, now.wait),
    by: expectedBy(now),
    reminders: s.mailed(reference).filter((template) => template === 'reminder').length,
    talking: now.state.talk !== undefined,
    matter: await s.runtime.store.dossiers.matter(reference),
  };
}

/** The invitations of these scenarios go out on 29 January 2027: seventy days later is 9 April. */
describe('A customer that wants to talk first', () => {
  test(
    'passes the turn to sales, who hear of it at once and have two working days',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(3);
      await ask(s, reference);
      expect(await standing(s, reference)).toEqual({
        turn: 'sales',
        by: '2027-02-03T17:00:00.000Z',
        reminders: 0,
        talking: true,
        matter,
      });
      const mail = mailText(s, reference, 'owner_talk_asked');
      expect(mail).toContain('À faire au plus tard le 3 février 2027 à 18 h');
      expect(mail).toContain('en pause jusqu’au 2 avril 2027 au plus tard');
      expect(mail).not.toContain(matter);
      const events = JSON.stringify(await s.runtime.store.onboardings.events(reference));
      expect(events).not.toContain(matter);
    }),
  );

  test(
    'is not reminded meanwhile, and has as many days more once it answers',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(10);
      await ask(s, reference);
      await s.jumpDays(10);
      expect((await standing(s, reference)).reminders).toBe(0);
      await s.savePage(reference, 'D');
      const after = await standing(s, reference);
      // Seventy days from the page.
      expect(after).toMatchObject({ turn: 'customer', by: '2027-04-29T08:00:00.000Z', talking: false });
      expect(after.matter).toBeUndefined();
      expect(await s.happened(reference)).toEqual(
        expect.arrayContaining(['TALK_ASKED', 'TALK_ENDED', 'FIRST_PAGE_SAVED']),
      );
      expect(s.mailed(reference)).not.toContain('talk_ended');
    }),
  );

  test(
    'gets the turn back by itself at the end of the pause, with the days that were left',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(20);
      expect((await standing(s, reference)).reminders).toBe(1);
      await ask(s, reference);
      // Sixty days later is 19 April 2027.
      await s.jumpTo('2027-04-19', '13:59');
      expect(await standing(s, reference)).toMatchObject({ talking: true, reminders: 1 });
      await s.jumpTo('2027-04-19', '14:00');
      await s.settle();
      expect(await standing(s, reference)).toMatchObject({
        ...{ turn: 'customer', talking: false, matter: undefined, reminders: 1 },
        by: '2027-06-08T08:00:00.000Z',
      });
      expect(mailText(s, reference, 'talk_ended')).toContain('au plus tard le 8 juin 2027 à 10 h');
      await s.until(reference, 'CLOSED');
      expect(await s.state(reference)).toMatchObject({ outcome: 'UNANSWERED' });
      expect(s.mailed(reference).filter((template) => template === 'reminder')).toHaveLength(3);
      expect((await s.state(reference)).stageSince.slice(0, 10)).toBe('2027-06-08');
    }),
  );

  test(
    'ends its pause on the working day before when the sixtieth day is none',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(1);
      await ask(s, reference);
      expect((await s.state(reference)).talk?.until).toBe('2027-03-31T12:00:00.000Z');
      await s.jumpTo('2027-02-01');
      await recordTalk(s.runtime, reference, { outcome: 'goes_on' }, sales);
      await s.jumpTo('2027-02-02');
      await ask(s, reference, undefined);
      // Saturday 3 April comes after Friday 2 April.
      expect((await s.state(reference)).talk?.until).toBe('2027-04-02T12:00:00.000Z');
    }),
  );

  test(
    'may ask twice, not a third time',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      for (const _ of [1, 2]) {
        await s.jumpDays(1);
        await ask(s, reference);
        await s.jumpDays(1);
        await recordTalk(s.runtime, reference, { outcome: 'goes_on' }, sales);
        await s.settle();
      }
      expect(await standing(s, reference)).toMatchObject({ by: '2027-04-11T08:00:00.000Z' });
      await expect(ask(s, reference)).rejects.toMatchObject({ code: 'talks_used_up' });
    }),
  );

  test(
    'asks once when it sends the form twice, and keeps what it has said first',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await Promise.all([ask(s, reference), ask(s, reference)]);
      await ask(s, reference);
      await ask(s, reference, undefined);
      const happened = await s.happened(reference);
      expect(happened.filter((type) => type === 'TALK_ASKED')).toHaveLength(1);
      expect(s.mailed(reference).filter((template) => template === 'owner_talk_asked')).toHaveLength(1);
      await expect(ask(s, reference, 'Autre chose')).rejects.toMatchObject({ code: 'already_talking' });
      expect(await standing(s, reference)).toMatchObject({ matter });
    }),
  );

  test(
    'ends the pause with a page saved on the day on which it asked',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(5);
      await s.savePage(reference, 'D');
      await ask(s, reference);
      await s.savePage(reference, 'C');
      expect(await standing(s, reference)).toMatchObject({
        talking: false,
        by: '2027-04-14T08:00:00.000Z',
      });
    }),
  );

  test(
    'keeps the pause to its end when it needs more time, and it is its own turn',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await ask(s, reference);
      await s.jumpDays(2);
      await recordTalk(s.runtime, reference, { outcome: 'needs_more_time' }, operator);
      await recordTalk(s.runtime, reference, { outcome: 'needs_more_time' }, sales);
      expect(await standing(s, reference)).toMatchObject({
        ...{ turn: 'customer', talking: true, by: '2027-03-30T12:00:00.000Z' },
      });
      await s.jumpDays(40);
      expect((await standing(s, reference)).reminders).toBe(0);
      const happened = await s.happened(reference);
      expect(happened.filter((type) => type === 'TALK_HELD')).toHaveLength(1);
    }),
  );

  test(
    'is closed as declined when it stops after the talk',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await ask(s, reference);
      await expect(recordTalk(s.runtime, reference, { outcome: 'stops' }, sales)).rejects.toMatchObject({
        code: 'invalid_input',
      });
      await recordTalk(s.runtime, reference, { outcome: 'stops', reason: 'no budget' }, sales);
      await s.settle();
      const { stage, outcome, talk } = await s.state(reference);
      expect({ stage, outcome, talk }).toEqual({ stage: 'CLOSED', outcome: 'DECLINED', talk: undefined });
      expect(await s.runtime.store.dossiers.matter(reference)).toBeUndefined();
    }),
  );

  test.each([
    ['answers all at once', (s: Scenario, reference: string) => s.submit(reference)],
    ['declines', (s: Scenario, reference: string) => s.declineInvitation(reference)],
    ['withdraws', (s: Scenario, reference: string) => s.withdraw(reference)],
    [
      'has another contact',
      (s: Scenario, reference: string) =>
        changeContact(s.runtime, reference, { contactEmail: 'autre@client.example' }, sales),
    ],
  ] as const)('waits for no talk any more when it %s', async (_, act) => {
    await inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(10);
      await ask(s, reference);
      await s.jumpDays(10);
      await act(s, reference);
      await s.settle();
      const { talk, stage } = await s.state(reference);
      expect(talk).toBeUndefined();
      expect(await s.runtime.store.dossiers.matter(reference)).toBeUndefined();
      const happened = await s.happened(reference);
      expect(happened.filter((type) => type === 'TALK_ENDED')).toHaveLength(1);
      if (stage !== 'INVITED') return;
      // The new contact has the sixty days that were left.
      expect(await standing(s, reference)).toMatchObject({ by: '2027-04-19T08:00:00.000Z' });
    })();
  });

  test(
    'stays paused when its run goes on in another one',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await ask(s, reference);
      await s.jumpDays(5);
      await s.resume(reference);
      await s.jumpDays(20);
      expect(await standing(s, reference)).toMatchObject({ turn: 'sales', talking: true, reminders: 0 });
      await s.jumpTo('2027-03-30', '14:00');
      expect(await standing(s, reference)).toMatchObject({ turn: 'customer', talking: false });
    }),
  );

  test(
    'ends the pause with a page saved at the very moment at which its wait is called',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(1);
      await ask(s, reference);
      s.justBefore('InviteCustomer', (due) => s.savePage(due, 'D'));
      await s.jumpTo('2027-02-12');
      expect(await standing(s, reference)).toMatchObject({
        ...{ turn: 'customer', talking: false, by: '2027-04-23T08:00:00.000Z' },
      });
      expect((await s.now(reference)).wait?.until).toBe('2027-02-26T08:00:00.000Z');
    }),
  );

  test(
    'is refused once operators have asked it to answer again',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await s.review(reference, 'readiness', 'ask_customer', { questions: ['A5'], message: 'Précisez' });
      expect((await s.state(reference)).stage).toBe('INVITED');
      await expect(ask(s, reference)).rejects.toMatchObject({ code: 'not_expected_now' });
    }),
  );
});
