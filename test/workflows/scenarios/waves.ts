import { describe, expect, test } from 'vitest';
import { recordCutover } from '../../../functions/application/record-cutover.ts';
import { WaveNotOpenError } from '../../../functions/domain/errors.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario, operator, type Scenario } from '../../support/scenario.ts';

const theWave = 'paris-2027-03-09';

/** A wave in another state than its bookings admit, as an earlier release could leave it. */
async function forced(s: Scenario, state: 'RUNNING' | 'DONE'): Promise<void> {
  const wave = await s.runtime.store.waves.get('paris', theWave);
  expect(await s.runtime.store.waves.replace(wave, { ...wave, state })).toBe(true);
}

describe('The end of a wave', () => {
  test(
    'does not come before its beginning, and that not before its day',
    inScenario(async (s) => {
      await journeys.confirmed(s);
      await expect(s.changeWave(theWave, { transition: 'start' })).rejects.toThrow('9 March 2027');
      expect((await s.wave(theWave)).state).toBe('OPEN');
    }),
  );

  test(
    'waits, by hand and by the calendar, for the cutovers of all its customers',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      await s.jumpTo('2027-03-09', '12:00');
      await expect(s.changeWave(theWave, { transition: 'finish' })).rejects.toThrow(reference);
      await s.jumpTo('2027-03-20');
      expect((await s.wave(theWave)).state).toBe('RUNNING');
      await recordCutover(
        s.runtime,
        reference,
        { result: 'rolled_back', reason: 'storage failed' },
        operator,
      );
      await s.settle();
      await s.changeWave(theWave, { transition: 'finish' });
      expect((await s.wave(theWave)).state).toBe('DONE');
    }),
  );

  test(
    'that came too early leaves nobody behind: the go/no-go opens all the same, and silence is no-go',
    inScenario(async (s) => {
      const reference = await journeys.confirmed(s);
      await forced(s, 'DONE');
      await s.jumpTo('2027-03-08', '08:00');
      expect((await s.state(reference)).stage).toBe('GO_NO_GO');
      await s.jumpTo('2027-03-08', '18:00');
      const { stage, wave } = await s.state(reference);
      expect([stage, wave === theWave]).toEqual(['WAVE_HELD', false]);
    }),
  );
});

describe('A place in a wave that has begun', () => {
  test(
    'is confirmed no more, and is not kept for want of another date',
    inScenario(async (s) => {
      const reference = await journeys.held(s);
      await forced(s, 'RUNNING');
      await expect(s.confirm(reference)).rejects.toThrow(WaveNotOpenError);
      await s.answerWave(reference, 'another_date');
      expect((await s.state(reference)).wave).not.toBe(theWave);
      expect((await s.wave(theWave)).booked.customers).toBe(0);
    }),
  );
});
