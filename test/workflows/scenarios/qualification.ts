import { describe, expect, test } from 'vitest';
import { clearCondition } from '../../../functions/application/clear-condition.ts';
import { ceasedSiren, unlistedSiren } from '../../support/canaries.ts';
import { evidence } from '../../support/evidence.ts';
import { inScenario, operator } from '../../support/scenario.ts';

describe('Qualification', () => {
  test.each([
    ['has ceased', ceasedSiren],
    ['is not listed', unlistedSiren],
  ])(
    'asks an operator about an organisation that %s in the registry, and invites once accepted',
    async (_, siren) =>
      inScenario(async (s) => {
        const reference = await s.start({ siren });
        expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'qualification' });
        await s.review(reference, 'qualification', 'accept');
        expect((await s.state(reference)).stage).toBe('INVITED');

        // The rule holds for the assessment too, and has been settled.
        await s.submit(reference);
        expect((await s.state(reference)).stage).toBe('WAVE_HELD');
        expect(s.statesEntered(reference)).not.toContain('Ask for a readiness review');
      })(),
  );

  test(
    'closes as not eligible what an operator rejects, and never invites',
    inScenario(async (s) => {
      const reference = await s.start({ siren: ceasedSiren });
      await s.review(reference, 'qualification', 'reject');
      expect(await s.state(reference)).toMatchObject({ stage: 'CLOSED', outcome: 'NOT_ELIGIBLE' });
      expect(s.mailed(reference)).toEqual(['review_requested', 'closed']);
      expect(s.statesEntered(reference)).not.toContain('Invite customer');
    }),
  );

  test(
    'recalls a review after 2 working days and raises it as overdue after 5',
    inScenario(
      async (s) => {
        const reference = await s.start({ siren: unlistedSiren });
        await s.jumpTo('2027-02-02', '18:30');
        expect(s.mailed(reference)).toEqual(['review_requested']);
        await s.jumpTo('2027-02-03');
        expect(s.mailed(reference)).toEqual(['review_requested', 'review_requested']);
        await s.jumpTo('2027-02-08');
        expect(s.mailed(reference).slice(2)).toEqual(['review_overdue', 'owner_stuck']);
        const told = s.mails(reference).at(-1)?.text;
        expect(told).toContain('attend une décision de l’équipe d’exploitation');
        expect(told).not.toContain('faute de réponse');
        expect(s.runtime.events.list().map(({ type }) => type)).toContain('OnboardingReviewOverdue');
        await s.review(reference, 'qualification', 'accept');
        expect((await s.state(reference)).stage).toBe('INVITED');
      },
      { from: '2027-02-01' },
    ),
  );

  test.each([
    ['is down', { kind: 'down' }],
    ['is slow', { kind: 'slow' }],
    ['turns requests away', { kind: 'too_many', retryAfter: 0 }],
  ] as const)('goes on unverified while the registry %s, and verifies at the assessment', async (_, fault) =>
    inScenario(async (s) => {
      s.runtime.registry.setFault(fault);
      const reference = await s.start();
      expect(await s.state(reference)).toMatchObject({
        stage: 'INVITED',
        eligibility: 'ELIGIBLE',
        conditions: ['REGISTRY_UNVERIFIED'],
      });
      s.runtime.registry.setFault(undefined);
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'READY', conditions: [] });
    })(),
  );

  test(
    'asks an operator when the registry, back at the assessment, says that the organisation has ceased',
    inScenario(async (s) => {
      s.runtime.registry.setFault({ kind: 'down' });
      const reference = await s.start({ siren: ceasedSiren });
      expect((await s.state(reference)).stage).toBe('INVITED');
      s.runtime.registry.setFault(undefined);
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({ stage: 'IN_REVIEW', reviewKind: 'readiness' });
      expect(s.statesEntered(reference)).not.toContain('Ask for a qualification review');
    }),
  );

  test(
    'lets an operator verify with evidence what the registry never could',
    inScenario(async (s) => {
      s.runtime.registry.setFault({ kind: 'down' });
      const reference = await s.start();
      await s.submit(reference);
      expect(await s.state(reference)).toMatchObject({
        tier: 'CONDITIONAL',
        conditions: ['REGISTRY_UNVERIFIED'],
      });
      await clearCondition(s.runtime, reference, 'REGISTRY_UNVERIFIED', evidence, operator);
      expect(await s.state(reference)).toMatchObject({ stage: 'WAVE_HELD', tier: 'READY' });
      expect((await s.happened(reference)).at(-1)).toBe('CONDITION_CLEARED');
    }),
  );
});
