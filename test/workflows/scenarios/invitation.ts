import { describe, expect, test } from 'vitest';
import { journeys } from '../../support/journeys.ts';
import { inScenario } from '../../support/scenario.ts';

describe('An invitation', () => {
  test(
    'is recalled after 14, 28 and 42 days, for the last time after 56, and ends unanswered after 70',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      const days = (template: string) =>
        s
          .mails(reference)
          .filter((mail) => mail.template === template)
          .map(({ at }) => (Date.parse(at) - Date.parse('2027-01-29T08:00:00Z')) / 86_400_000);
      await s.until(reference, 'CLOSED');
      expect(days('invitation')).toEqual([0]);
      expect(days('reminder')).toEqual([14, 28, 42]);
      expect(days('last_notice')).toEqual([56]);
      expect(days('closed')).toEqual([70]);
      expect(await s.state(reference)).toMatchObject({ outcome: 'UNANSWERED' });
      expect(s.statesEntered(reference)).not.toContain('Assign readiness tier');
    }),
  );

  test(
    'counts anew from an accepted page: one on day 10 puts the reminder on day 24',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(10);
      await s.savePage(reference, 'D');
      expect((await s.state(reference)).stage).toBe('ANSWERING');
      expect((await s.now(reference)).wait?.until).toBe('2027-02-22T08:00:00.000Z');
      await s.jumpTo('2027-02-22', '08:59');
      expect(s.mailed(reference)).not.toContain('reminder');
      await s.jumpTo('2027-02-22');
      expect(s.mailed(reference)).toContain('reminder');
    }),
  );

  test(
    'counts anew also after reminders, and tells the new date',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.jumpDays(30);
      await s.savePage(reference, 'D');
      const { wait } = await s.now(reference);
      expect(wait).toMatchObject({ reminders: 0, until: '2027-03-14T08:00:00.000Z' });
      await s.jumpDays(11);
      expect(s.mailed(reference).filter((template) => template === 'reminder')).toHaveLength(2);
      // The fourteenth day is a Sunday: the reminder comes on Friday.
      await s.jumpDays(2);
      expect(s.mailed(reference).filter((template) => template === 'reminder')).toHaveLength(3);
    }),
  );

  test(
    'keeps a page saved at the very moment of a reminder, and the answers that follow wake the run at once',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      s.justBefore('InviteCustomer', (due) => s.savePage(due, 'D'));
      await s.jumpDays(14);
      await s.submit(reference);
      expect((await s.state(reference)).stage).toBe('WAVE_HELD');
    }),
  );

  test(
    'ends when the customer declines',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.declineInvitation(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'DECLINED' });
      expect(s.mailed(reference)).toEqual(['invitation', 'closed']);
    }),
  );

  test(
    'takes the answers that come at the very moment of a reminder, and sends none',
    inScenario(async (s) => {
      const reference = await journeys.inReadinessReview(s);
      await s.review(reference, 'readiness', 'ask_customer', { sections: ['B'] });
      await s.jumpDays(13);
      s.justBefore('InviteCustomer', (due) => s.submit(due));
      await s.jumpDays(1);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', submission: 2 });
      expect(s.mailed(reference)).not.toContain('reminder');
    }),
  );
});
