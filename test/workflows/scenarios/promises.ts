import { describe, expect, test } from 'vitest';
import { clearCondition } from '../../../functions/application/clear-condition.ts';
import { declareCondition } from '../../../functions/application/declare-condition.ts';
import { HoldExpiredError } from '../../../functions/domain/errors.ts';
import { silenceAboutPlace, silenceEndOf } from '../../../functions/domain/onboarding/silence.ts';
import { typeset } from '../../../functions/domain/text.ts';
import { waveWith } from '../../domain/waves/fixtures.ts';
import { evidence } from '../../support/evidence.ts';
import { journeys } from '../../support/journeys.ts';
import { customer, inScenario, operator, type Scenario } from '../../support/scenario.ts';

const oneSeat = { customers: 1, points: 60, complex: 1 };
const april = waveWith({ cutover: '2027-04-06', capacity: oneSeat });
const june = waveWith({ cutover: '2027-06-01' });
const minutes = 60_000;
const reminders = (s: Scenario, reference: string) =>
  s.mailed(reference).filter((template) => template === 'place_reminder');

/** The last mail to the customer, and until when its place is held. */
async function lastPromise(s: Scenario, reference: string) {
  const now = await s.now(reference);
  const limit = now.booking?.holdUntil ?? '';
  const end = silenceEndOf(now) ?? 'reviewed';
  const mail = s.mails(reference).findLast(({ text }) => text.includes('cette place sera rendue'));
  expect(mail?.text).toContain(typeset(silenceAboutPlace(limit, end, undefined).fr, 'fr'));
  return { limit: new Date(limit), wave: now.booking?.wave ?? '', template: mail?.template };
}

async function jumpTo(s: Scenario, at: number): Promise<void> {
  await s.runtime.clock.jumpTo(new Date(at));
}

describe('What a mail says about silence', () => {
  test(
    'is what happens to a held place: reminder, another place once, then a person',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      const first = await lastPromise(s, reference);
      expect(first.template).toBe('wave_held');
      await jumpTo(s, first.limit.getTime() - 3 * 86_400_000 - minutes);
      expect(reminders(s, reference)).toEqual([]);
      await jumpTo(s, first.limit.getTime() - 3 * 86_400_000 + minutes);
      expect(reminders(s, reference)).toHaveLength(1);
      expect((await lastPromise(s, reference)).template).toBe('place_reminder');
      await jumpTo(s, first.limit.getTime() - minutes);
      expect((await s.now(reference)).booking?.wave).toBe(first.wave);
      await jumpTo(s, first.limit.getTime());
      expect((await s.wave(first.wave)).booked.customers).toBe(0);
      const second = await lastPromise(s, reference);
      expect(second.template).toBe('place_lost');
      await jumpTo(s, second.limit.getTime());
      expect(reminders(s, reference)).toHaveLength(2);
      expect((await s.wave(second.wave)).booked.customers).toBe(0);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', cause: 'CONFIRMATION_TIMED_OUT' });
      const last = s.mails(reference).findLast(({ template }) => template === 'place_lost');
      expect(last?.text).toContain('Une personne de l’équipe examine maintenant votre dossier');
      expect(s.mailed(reference)).not.toContain('wave_moved');
    }),
  );

  test(
    'is no move when the place is still free and is held again',
    inScenario(
      async (s) => {
        const reference = await journeys.held(s);
        const { limit, wave } = await lastPromise(s, reference);
        await jumpTo(s, limit.getTime());
        expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', wave });
        expect(s.mailed(reference)).not.toContain('wave_moved');
        expect(await s.happened(reference)).not.toContain('WAVE_MOVED');
        const mail = s.mails(reference).findLast(({ template }) => template === 'place_lost');
        expect(mail?.text).toContain('nous vous la réservons de nouveau');
      },
      { calendar: [june] },
    ),
  );

  test(
    'gives the place to those who wait for it',
    inScenario(
      async (s) => {
        const silent = await journeys.held(s);
        const waiting = await s.start();
        await s.submit(waiting, { D1: 4, D2: 4, D3: 4, D4: 4, D5: 4, D6: 4, D7: 4, D8: 4, D9: 4 });
        expect((await s.state(waiting)).stage).toBe('WAITING_LIST');
        const { limit } = await lastPromise(s, silent);
        await jumpTo(s, limit.getTime());
        const stages = await Promise.all([silent, waiting].map((each) => s.state(each)));
        expect(stages.map(({ stage }) => stage)).toEqual(['WAITING_LIST', 'WAITING_LIST']);
        expect(stages.filter(({ wave }) => wave === 'paris-2027-04-06')).toHaveLength(1);
        const mail = s.mails(silent).find(({ template }) => template === 'place_lost');
        expect(mail?.text).toContain('sur la liste d’attente');
        expect(s.mailed(silent)).not.toContain('waiting_list');
      },
      { calendar: [april] },
    ),
  );

  test(
    'holds for a place that was moved: it does not stay without an answer',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      await s.changeWave('paris-2027-03-09', { transition: 'cancel', moveBooked: true });
      const { limit, wave, template } = await lastPromise(s, reference);
      expect(template).toBe('wave_moved');
      await jumpTo(s, limit.getTime());
      expect((await s.now(reference)).booking?.wave).not.toBe(wave);
      expect((await s.wave(wave)).booked.customers).toBe(0);
    }),
  );

  test(
    'holds when another run takes over in between',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      const { limit, wave } = await lastPromise(s, reference);
      await s.jumpDays(6);
      await s.resume(reference);
      await jumpTo(s, limit.getTime() + 16 * minutes);
      expect((await s.wave(wave)).booked.customers).toBe(0);
      expect(await s.happened(reference)).toContain('HOLD_EXPIRED');
      expect(reminders(s, reference)).toHaveLength(1);
    }),
  );

  test(
    'does not come after an answer',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await s.confirm(reference);
      await s.jumpDays(9);
      expect(reminders(s, reference)).toEqual([]);
    }),
  );
});

/** A customer that prepares, with its seat. */
async function withSeat(s: Scenario) {
  const reference = await journeys.preparing(s);
  const seat = (await s.now(reference)).preparation?.wave ?? '';
  expect((await s.wave(seat)).booked.customers).toBe(1);
  return { reference, seat };
}

const ready = { D1: 4, D2: 4, D3: 4, D4: 4, D5: 4, D6: 4, D7: 4, D8: 4, D9: 4 } as const;

describe('A seat in a preparation wave', () => {
  test(
    'is given back by a customer that is ready and has its date',
    inScenario(async (s) => {
      const { reference, seat } = await withSeat(s);
      await s.submit(reference, ready);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'READY' });
      expect((await s.now(reference)).preparation).toBeUndefined();
      expect((await s.wave(seat)).booked.customers).toBe(0);
    }),
  );

  test(
    'is kept by a customer that has conditions to meet',
    inScenario(async (s) => {
      const { reference, seat } = await withSeat(s);
      await s.submit(reference, { ...ready, D9: 1 });
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'CONDITIONAL' });
      expect((await s.wave(seat)).booked.customers).toBe(1);
    }),
  );

  for (const [act, become] of [
    [
      'a declaration',
      (s: Scenario, reference: string) =>
        declareCondition(s.runtime, reference, 'DPIA_MISSING', { B11: 'done' }, customer),
    ],
    [
      'evidence',
      (s: Scenario, reference: string) =>
        clearCondition(s.runtime, reference, 'DPIA_MISSING', evidence, operator),
    ],
  ] as const) {
    test(
      `is given back by a customer with a date that becomes ready by ${act}, with it`,
      inScenario(async (s) => {
        const { reference, seat } = await withSeat(s);
        await s.submit(reference, { ...ready, B9: ['art9'], B9b: 'under_10k', B11: 'not_done' });
        expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'CONDITIONAL' });
        expect((await s.wave(seat)).booked.customers).toBe(1);
        await become(s, reference);
        expect((await s.state(reference)).tier).toBe('READY');
        expect((await s.now(reference)).preparation).toBeUndefined();
        expect((await s.wave(seat)).booked.customers).toBe(0);
      }),
    );
  }

  test(
    'is given back when the service opens that a customer has waited for',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, {
        C1: ['azure_iaas', 'azure_ai'],
        E1: { earliest: '2027-06-15', reason: 'none' },
      });
      const seat = (await s.now(reference)).preparation?.wave ?? '';
      expect((await s.wave(seat)).booked.customers).toBe(1);
      await s.confirm(reference);
      await s.jumpTo('2027-05-31');
      expect((await s.wave(seat)).booked.customers).toBe(1);
      await s.jumpTo('2027-06-01');
      expect(await s.state(reference)).toMatchObject({ tier: 'READY' });
      expect((await s.now(reference)).preparation).toBeUndefined();
      expect((await s.wave(seat)).booked.customers).toBe(0);
    }),
  );

  test(
    'is kept by a customer that becomes ready while a wanted service is not open',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, { C1: ['azure_iaas', 'azure_ai'] });
      const seat = (await s.now(reference)).preparation?.wave ?? '';
      await clearCondition(s.runtime, reference, 'SERVICE_NOT_YET_AVAILABLE', evidence, operator);
      expect((await s.state(reference)).tier).toBe('READY');
      expect((await s.wave(seat)).booked.customers).toBe(1);
    }),
  );

  test(
    'is given back with a place accepted from the waiting list, not before',
    inScenario(
      async (s) => {
        const holder = await journeys.confirmed(s);
        const { reference, seat } = await withSeat(s);
        await s.submit(reference, ready);
        expect((await s.state(reference)).stage).toBe('WAITING_LIST');
        expect((await s.wave(seat)).booked.customers).toBe(1);
        await s.withdraw(holder);
        await s.answerOffer(reference, 'accept');
        expect((await s.now(reference)).preparation).toBeUndefined();
        expect((await s.wave(seat)).booked.customers).toBe(0);
      },
      { calendar: [april, waveWith({ kind: 'PREPARATION', cutover: '2027-02-08' })] },
    ),
  );
});

/** One customer has the only place until it withdraws; the other is offered it. */
async function offered(s: Scenario, deadline?: string): Promise<string> {
  const holder = await journeys.confirmed(s);
  const reference = await s.start();
  await s.submit(
    reference,
    deadline === undefined
      ? {}
      : { E1: { earliest: '2027-01-01', latest: deadline, reason: 'contract_end' } },
  );
  await s.withdraw(holder);
  expect((await s.state(reference)).wave).toBe('paris-2027-04-06');
  return reference;
}

describe('An offer that is let pass', () => {
  test(
    'is reminded of once, and ends when the mail says: the place is free at that time',
    inScenario(
      async (s) => {
        const reference = await offered(s);
        const { limit, wave, template } = await lastPromise(s, reference);
        expect(template).toBe('wave_offer');
        await jumpTo(s, limit.getTime() - minutes);
        expect(reminders(s, reference)).toHaveLength(1);
        expect((await s.wave(wave)).booked.customers).toBe(1);
        const rank = (await s.state(reference)).waitingRank;
        await jumpTo(s, limit.getTime());
        await expect(s.answerOffer(reference, 'accept')).rejects.toThrow(HoldExpiredError);
        await jumpTo(s, limit.getTime() + minutes);
        expect((await s.wave(wave)).booked.customers).toBe(0);
        expect(await s.state(reference)).toMatchObject({
          stage: 'WAITING_LIST',
          cause: 'OFFER_LAPSED',
          letPass: '2027-04-06',
          waitingRank: rank,
        });
        const mail = s.mails(reference).at(-1);
        expect(mail?.template).toBe('place_lost');
        expect(mail?.text).toContain('laissé passer la proposition du 6\u00a0avril 2027');
        await s.jumpDays(7);
        expect((await s.state(reference)).cause).toBe('OFFER_LAPSED');
      },
      { calendar: [april] },
    ),
  );

  test(
    'goes to the next customer at once',
    inScenario(
      async (s) => {
        const reference = await offered(s);
        const next = await s.start();
        await s.submit(next);
        expect((await s.state(next)).wave).toBeUndefined();
        const { limit } = await lastPromise(s, reference);
        await jumpTo(s, limit.getTime() + minutes);
        expect(await s.state(next)).toMatchObject({ stage: 'WAITING_LIST', wave: 'paris-2027-04-06' });
        expect((await s.state(reference)).wave).toBeUndefined();
      },
      { calendar: [april] },
    ),
  );

  test(
    'is the reason that an operator and the customer read, not the deadline that it would have met',
    inScenario(
      async (s) => {
        const reference = await offered(s, '2027-04-30');
        await s.jumpDays(13);
        expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', cause: 'OFFER_LAPSED' });
        expect((await s.wave('paris-2027-04-06')).state).toBe('OPEN');
      },
      { calendar: [april, june] },
    ),
  );

  test(
    'that was refused is not said to have missed the deadline either',
    inScenario(
      async (s) => {
        const reference = await offered(s, '2027-04-30');
        await s.answerOffer(reference, 'refuse');
        await s.jumpDays(7);
        expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', cause: 'ALREADY_OFFERED' });
      },
      { calendar: [april, june] },
    ),
  );

  test(
    'can be accepted to the last moment',
    inScenario(
      async (s) => {
        const reference = await offered(s);
        const { limit } = await lastPromise(s, reference);
        expect(new HoldExpiredError().text.fr).not.toContain('Une autre date');
        await jumpTo(s, limit.getTime() - 1);
        await s.answerOffer(reference, 'accept');
        expect((await s.state(reference)).stage).toBe('WAVE_CONFIRMED');
      },
      { calendar: [april] },
    ),
  );

  test(
    'in a wave that is cancelled is told to the customer who was about to answer',
    inScenario(
      async (s) => {
        const reference = await offered(s);
        await s.changeWave('paris-2027-04-06', { transition: 'cancel', moveBooked: true });
        const mail = s.mails(reference).at(-1);
        expect(mail?.template).toBe('place_lost');
        expect(mail?.text).toContain('Ce changement vient de nous');
      },
      { calendar: [april] },
    ),
  );
});
