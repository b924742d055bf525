import { describe, expect, test } from 'vitest';
import { changeContact, resendInvitation } from '../../../functions/application/change-contact.ts';
import { recordCutover } from '../../../functions/application/record-cutover.ts';
import { waveWith } from '../../domain/waves/fixtures.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario, operator } from '../../support/scenario.ts';

const oneSeat = { customers: 1, points: 60, complex: 1 };

describe('A customer that is ready', () => {
  test(
    'is handed over within 20 transitions and 10 invocations',
    inScenario(async (s) => {
      const reference = await s.start();
      expect(await s.state(reference)).toMatchObject({ stage: 'INVITED', eligibility: 'ELIGIBLE' });
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_HELD',
        tier: 'READY',
        wave: 'paris-2027-03-09',
      });
      await s.confirm(reference);
      await s.until(reference, 'GO_NO_GO');
      expect(s.runtime.clock.now()).toEqual(new Date('2027-03-08T07:00:00Z'));
      await s.review(reference, 'go_no_go', 'go');

      expect(await s.state(reference)).toMatchObject({ stage: 'HANDED_OVER', outcome: 'HANDED_OVER' });
      const counters = s.runtime.stepFunctions.countersOf(s.runtime.executionArnOf(reference, 1));
      expect(counters?.transitions).toBeLessThanOrEqual(20);
      expect(counters?.invocations).toBeLessThanOrEqual(10);
      expect(s.statesEntered(reference)).not.toContain('Close onboarding');
      expect(s.statesEntered(reference)).not.toContain('Wait for a slot');
      const handedOver = s.runtime.events.list().find(({ type }) => type === 'OnboardingHandedOver');
      expect(handedOver?.data).toMatchObject({ wave: 'paris-2027-03-09', users: 83, servers: 4 });
    }),
  );

  test(
    'is closed as handed over a week after its cutover, and keeps the place it has used',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      await s.jumpTo('2027-03-09', '12:00');
      await recordCutover(s.runtime, reference, { result: 'done' }, operator);
      expect(await s.state(reference)).toMatchObject({ stage: 'CUT_OVER', hypercareEnd: '2027-03-16' });
      await s.jumpTo('2027-03-16', '23:00');
      expect((await s.state(reference)).stage).toBe('CUT_OVER');
      expect((await s.wave('paris-2027-03-09')).state).toBe('RUNNING');
      await s.jumpTo('2027-03-17', '08:00');
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'HANDED_OVER' });
      expect((await s.wave('paris-2027-03-09')).state).toBe('DONE');
    }),
  );
});

describe('The hand-over', () => {
  test(
    'leads to another wave when its own was cancelled after the go',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      s.justBefore('HandOver', () =>
        s.changeWave('paris-2027-03-09', { transition: 'cancel', moveBooked: true }),
      );
      await s.review(reference, 'go_no_go', 'go');
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2027-05-04' });
      expect((await s.state(reference)).outcome).toBeUndefined();
      expect(await s.happened(reference)).not.toContain('HANDED_OVER');
      expect(s.mailed(reference)).toContain('wave_moved');
      expect((await s.wave('paris-2027-03-09')).booked.customers).toBe(0);
    }),
  );

  test(
    'puts a customer whose wave was cancelled before others who wait',
    inScenario(
      async (s) => {
        const reference = await journeys.confirmed(s);
        await s.until(reference, 'GO_NO_GO');
        s.justBefore('HandOver', () =>
          s.changeWave('paris-2027-03-09', { transition: 'cancel', moveBooked: true }),
        );
        await s.review(reference, 'go_no_go', 'go');
        expect(await s.state(reference)).toMatchObject({ stage: 'WAITING_LIST', priority: true });
      },
      { calendar: [waveWith({ cutover: '2027-03-09', capacity: oneSeat })] },
    ),
  );
});

describe('A customer who needs the link again', () => {
  test(
    'gets the invitation while answers are awaited, and later a mail that asks for none',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await resendInvitation(s.runtime, reference, 'lost', operator);
      await s.settle();
      expect(s.mailed(reference)).toEqual(['invitation', 'invitation']);
      await s.submit(reference);
      await s.confirm(reference);
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'go');
      await s.jumpTo('2027-03-09');
      await recordCutover(s.runtime, reference, { result: 'done' }, operator);
      await resendInvitation(s.runtime, reference, 'lost', operator);
      await changeContact(s.runtime, reference, { contactName: 'Yan Autre' }, operator);
      await s.settle();
      const [again, moved] = s.mails(reference).slice(-2);
      for (const mail of [again, moved]) {
        expect(mail).toMatchObject({ template: 'own_link', text: expect.stringContaining('/f/') });
        expect(mail?.text).toContain('bascule faite');
        expect(mail?.text).not.toMatch(/70\sjours/);
      }
    }),
  );
});

describe('The go/no-go', () => {
  test(
    'places a customer again after a no-go, before others who wait',
    inScenario(
      async (s) => {
        const turnedAway = await journeys.confirmed(s);
        const holder = await journeys.confirmed(s);
        const waiting = await s.start();
        await s.submit(waiting);
        expect((await s.state(waiting)).stage).toBe('WAITING_LIST');
        await s.until(turnedAway, 'GO_NO_GO');
        await s.review(turnedAway, 'go_no_go', 'no_go');
        expect(await s.state(turnedAway)).toMatchObject({ stage: 'WAITING_LIST', priority: true });
        await s.withdraw(holder);
        expect((await s.state(turnedAway)).wave).toBe('paris-2027-05-04');
        expect((await s.state(waiting)).wave).toBeUndefined();
      },
      {
        calendar: [
          waveWith({ cutover: '2027-03-09', capacity: oneSeat }),
          waveWith({ cutover: '2027-05-04', capacity: oneSeat }),
        ],
      },
    ),
  );

  test(
    'takes silence at 18:00 on its day for a no-go',
    inScenario(async (s) => {
      const reference = await journeys.inGoNoGo(s);
      await s.jumpTo('2027-03-08', '17:59');
      expect((await s.state(reference)).stage).toBe('GO_NO_GO');
      await s.jumpTo('2027-03-08', '18:00');
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave: 'paris-2027-05-04' });
      const events = await s.runtime.store.onboardings.events(reference);
      expect(events.find(({ type }) => type === 'GO_NO_GO_DECIDED')).toMatchObject({
        reason: 'SILENCE',
        actor: { kind: 'system' },
      });
      expect(s.statesEntered(reference)).not.toContain('Hand over to the platform');
    }),
  );

  test(
    'is waited for over months',
    inScenario(
      async (s) => {
        const reference = await journeys.confirmed(s);
        await s.jumpDays(61);
        expect((await s.state(reference)).stage).toBe('WAVE_CONFIRMED');
        await s.until(reference, 'GO_NO_GO');
        await s.review(reference, 'go_no_go', 'go');
        expect((await s.state(reference)).stage).toBe('HANDED_OVER');
      },
      { calendar: [waveWith({ cutover: '2027-04-06' })] },
    ),
  );
});

describe('A cutover that did not take place', () => {
  const failed = { result: 'rolled_back', reason: 'the storage failed' } as const;

  test.each(['rolled_back', 'postponed'] as const)(
    'is %s: a successor run holds another place for the customer, who confirms it',
    async (result) =>
      inScenario(async (s) => {
        const reference = await journeys.handedOver(s);
        await s.jumpTo('2027-03-09', '20:00');
        const record = () => recordCutover(s.runtime, reference, { ...failed, result }, operator);
        // Said twice, it happens once, also when the successor has gone on.
        await Promise.all([record(), record()]);
        await s.settle();
        await record();
        const { run, outcome, ...held } = await s.state(reference);
        expect(held).toMatchObject({ stage: 'WAVE_HELD', submission: 1 });
        expect([held.wave === 'paris-2027-03-09', outcome, run.number]).toEqual([false, undefined, 2]);
        expect((await s.wave('paris-2027-03-09')).booked.customers).toBe(0);
        const events = await s.runtime.store.onboardings.events(reference);
        expect(events.filter(({ type }) => type === 'CUTOVER_RECORDED')).toMatchObject([
          { reason: failed.reason, data: { result, wave: 'paris-2027-03-09', cutover: '2027-03-09' } },
        ]);
        const published = s.runtime.events.list().map(({ type }) => type);
        expect(published.filter((type) => type === 'OnboardingCutoverFailed')).toHaveLength(1);
        for (const template of ['cutover_failed', 'owner_cutover_failed', 'wave_moved'] as const) {
          expect(s.mailed(reference).filter((one) => one === template)).toHaveLength(1);
        }
        await s.confirm(reference);
        await s.until(reference, 'GO_NO_GO');
        await s.review(reference, 'go_no_go', 'go');
        expect((await s.state(reference)).cutoverResult).toBeUndefined();
        expect((await s.state(reference)).stage).toBe('HANDED_OVER');
      })(),
  );

  test(
    'needs a reason',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      const alone = recordCutover(s.runtime, reference, { result: 'postponed' }, operator);
      await expect(alone).rejects.toMatchObject({ problems: [{ field: 'reason', code: 'missing' }] });
      expect((await s.state(reference)).stage).toBe('HANDED_OVER');
    }),
  );

  test(
    'leads on where an earlier release had only recorded it',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      await s.jumpTo('2027-03-10');
      await s.runtime.store.onboardings.change<void>(reference, async () => ({
        result: undefined,
        change: {
          set: { cutoverResult: 'rolled_back' },
          event: { type: 'CUTOVER_RECORDED', actor: operator, data: { result: 'rolled_back' } },
        },
      }));
      await recordCutover(s.runtime, reference, failed, operator);
      await s.until(reference, 'WAVE_HELD');
    }),
  );

  test(
    'puts the customer before others on the waiting list when no wave has room',
    inScenario(
      async (s) => {
        const reference = await journeys.handedOver(s);
        await recordCutover(s.runtime, reference, { ...failed, result: 'postponed' }, operator);
        await s.settle();
        expect(await s.state(reference)).toMatchObject({ stage: 'WAITING_LIST', priority: true });
      },
      { calendar: [waveWith({ cutover: '2027-03-09', capacity: oneSeat })] },
    ),
  );

  test(
    'may be the end: an operator closes the onboarding, and its SIREN is free',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      await s.jumpTo('2027-03-10');
      await s.withdraw(reference, operator);
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' });
      const { siren } = await s.state(reference);
      expect(await s.start({ siren })).not.toBe(reference);
    }),
  );
});
