import { describe, expect, test } from 'vitest';
import { inScenario } from '../../support/scenario.ts';

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
    }),
  );
});
