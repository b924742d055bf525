import { describe, expect, test } from 'vitest';
import { seedPlatform, waveWith } from '../../domain/waves/fixtures.ts';
import { notReady } from '../../support/journeys.ts';
import { inScenario } from '../../support/scenario.ts';

const seats = { customers: 20, points: 0, complex: 0 };
const earliest = { E1: { earliest: '2023-03-01', reason: 'none' } } as const;
/** Preparation open, nothing else. */
const seed = {
  platform: seedPlatform,
  from: '2023-03-01',
  calendar: [
    waveWith({ kind: 'PREPARATION', cutover: '2023-03-20', capacity: seats }),
    waveWith({ cutover: '2023-06-06' }),
    waveWith({ cutover: '2024-02-06' }),
  ],
};

describe('A platform that is not in service yet', () => {
  test(
    'prepares customers and cuts none over before every service is open',
    inScenario(async (s) => {
      const ready = await s.start();
      await s.submit(ready, earliest);
      expect(await s.state(ready)).toMatchObject({
        stage: 'WAVE_HELD',
        tier: 'CONDITIONAL',
        conditions: ['SERVICE_NOT_YET_AVAILABLE'],
        wave: 'paris-2024-02-06',
      });
      expect((await s.now(ready)).preparation?.wave).toBe('prep-paris-2023-03-20');

      const beginner = await s.start();
      await s.submit(beginner, { ...earliest, ...notReady });
      expect((await s.state(beginner)).stage).toBe('PREPARING');
      expect((await s.wave('prep-paris-2023-03-20')).booked.customers).toBe(2);
      expect((await s.wave('paris-2023-06-06')).booked.customers).toBe(0);
    }, seed),
  );

  test(
    'invites and assesses before preparation opens, and books nothing',
    inScenario(
      async (s) => {
        const reference = await s.start();
        await s.submit(reference, earliest);
        expect(await s.state(reference)).toMatchObject({
          stage: 'WAITING_LIST',
          cause: 'PREPARATION_NOT_OPEN',
        });
      },
      { ...seed, from: '2022-11-14' },
    ),
  );
});

describe('A customer that wants a service not open yet', () => {
  test(
    'is booked after the opening and offered a seat in a preparation wave',
    inScenario(async (s) => {
      const reference = await s.start();
      await s.submit(reference, { C1: ['azure_ai'] });
      expect(await s.state(reference)).toMatchObject({
        stage: 'WAVE_HELD',
        tier: 'CONDITIONAL',
        wave: 'paris-2027-06-01',
      });
      expect((await s.now(reference)).preparation?.wave).toBe('prep-paris-2027-02-08');
    }),
  );
});

describe('A member of a group', () => {
  test(
    'waits for its parent’s date, then gets a later one',
    inScenario(async (s) => {
      const parent = await s.start({ group: 'holding' });
      const { siren } = await s.state(parent);
      const member = await s.start({ group: 'holding', parentSiren: siren });
      await s.submit(member);
      expect(await s.state(member)).toMatchObject({ stage: 'WAITING_LIST', cause: 'PARENT_NOT_BOOKED' });
      await s.submit(parent);
      expect(await s.state(parent)).toMatchObject({ stage: 'WAVE_HELD', cutover: '2027-03-09' });
      expect((await s.state(member)).cutover).toBe('2027-04-06');
      await s.answerOffer(member, 'accept');
      expect((await s.state(member)).stage).toBe('WAVE_CONFIRMED');
    }),
  );
});
