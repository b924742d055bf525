import { describe, expect, it } from 'vitest';
import { recordCutover } from '../../../functions/application/record-cutover.ts';
import { onboardingView } from '../../../functions/web/shared/onboarding-view.ts';
import { journeys } from '../../support/journeys.ts';
import { inScenario, operator } from '../../support/scenario.ts';
import { openTrial } from '../../support/trial.ts';

const failed = { result: 'rolled_back', reason: 'the storage failed' } as const;

/** The text of a page with its spaces made plain. */
async function textAt(browser: { get(path: string): Promise<Response> }, path: string): Promise<string> {
  const page = await (await browser.get(path)).text();
  return page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('the pages about a cutover', () => {
  it(
    'list it for operators from its day on, until it is recorded, and offer to close it',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      const trial = openTrial(s.runtime);
      const [all, own] = ['/operations?lang=en', '/operations?kind=cutover&lang=en'];
      await s.jumpTo('2027-03-08', '22:00');
      let staff = await trial.staff({ roles: ['operator'] });
      expect(await textAt(staff, all)).not.toContain('Cutover to record');
      expect(await textAt(staff, own)).not.toContain(reference);
      await s.jumpTo('2027-03-09');
      staff = await trial.staff({ roles: ['operator'] });
      expect(await textAt(staff, all)).toContain(reference);
      expect(await textAt(staff, own)).toContain(reference);
      expect(await textAt(staff, `/operations/${reference}?lang=en`)).toContain('Withdraw the onboarding');
      await recordCutover(s.runtime, reference, { result: 'done' }, operator);
      expect(await textAt(staff, own)).not.toContain(reference);
      expect(await textAt(staff, `/operations/${reference}?lang=en`)).not.toContain(
        'Withdraw the onboarding',
      );
    }),
  );

  it(
    'tell the customer how it went, what follows, and no date that is lost',
    inScenario(async (s) => {
      const reference = await journeys.handedOver(s);
      await s.jumpTo('2027-03-09', '20:00');
      const trial = openTrial(s.runtime);
      const browser = trial.browser();
      await browser.post(await trial.linkOf(reference));
      expect(await textAt(browser, '/status?lang=fr')).toContain(
        'Bascule le 9 mars 2027 Date confirmée. Site : Paris.',
      );
      await recordCutover(s.runtime, reference, failed, operator);
      const seeking = await textAt(browser, '/status?lang=fr');
      expect(seeking).toContain('nous cherchons votre prochaine place en priorité');
      expect(seeking).not.toContain('Bascule le 9 mars 2027 Date confirmée. Site : Paris.');
      expect(seeking).toContain('Bascule enregistrée (annulée, retour arrière, bascule le 9 mars 2027)');
      expect(seeking).not.toContain(failed.reason);
      await s.settle();
      expect(await textAt(browser, '/status?lang=en')).toContain('A place is held for you');
    }),
  );

  it(
    'tell the customer and operators that a missing derogation ended with the cutover',
    inScenario(async (s) => {
      const reference = await journeys.invited(s);
      await s.submit(reference, {
        ...{ A3: 'state_administration', B4: ['foreign_policy'], B6: ['public_order'] },
        B8: { answer: 'yes_without_derogation' },
      });
      await s.until(reference, 'IN_REVIEW');
      await s.review(reference, 'readiness', 'accept');
      await s.until(reference, 'WAVE_HELD');
      await s.confirm(reference);
      await s.until(reference, 'GO_NO_GO');
      await s.review(reference, 'go_no_go', 'go');
      await s.until(reference, 'HANDED_OVER');
      const { cutover = '' } = await s.state(reference);
      await s.jumpTo(cutover, '20:00');
      const trial = openTrial(s.runtime);
      const browser = trial.browser();
      await browser.post(await trial.linkOf(reference));
      const open = 'Derogation to be obtained';
      expect(await textAt(browser, '/status?lang=en')).toMatch(
        new RegExp(`${open}.{0,120}Still open at the hand-over`),
      );
      await recordCutover(s.runtime, reference, { result: 'done' }, operator);
      const status = await textAt(browser, '/status?lang=en');
      expect(status).toMatch(new RegExp(`${open}.{0,120}Cleared`));
      expect(status).not.toContain('Still open at the hand-over');
      expect(status).toMatch(
        /Condition cleared.{0,200}Cutover recorded|Cutover recorded.{0,200}Condition cleared/,
      );
      const staff = await trial.staff({ roles: ['operator'] });
      const page = await textAt(staff, `/operations/${reference}?lang=en`);
      expect(page).toContain(`Condition: ${open}`);
      expect(page).toContain('at the cutover');
      const view = await onboardingView(s.runtime, reference, 'en');
      expect(view.tasks).toEqual([]);
      expect(view.result?.conditions).toContainEqual({ code: 'DEROGATION_MISSING', cleared: true });
    }),
  );
});
